"""Capacity of advisers, where the service says that advice is not free (A 13, B 15.6)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from agents.actions.follow_capacity import follow_capacity
from agents.actions.set_presence import lock_presences
from agents.models import Agent
from routing.actions.hold_capacity import lock_load
from routing.actions.room import excess_of
from routing.actions.wake_up import wake_up
from routing.exceptions import NoCapacityLeft
from routing.models import AgentLoad, ConsultReceipt, ProfileLoad
from routing.terms import WakeUpKind
from workstreams.models import Consult, WorkItem
from workstreams.queries.service_configuration import service_configuration


def hold_for_advice(*, item: WorkItem, consult: Consult, now: datetime) -> None:
    """Hold what the work item needs as its adviser begins; nothing where advice is free, and for
    supervisors who join. A turn in a queue is not used up by it, and no chosen presence ends with
    it: advice is neither accepted nor closed as work is (A 14). Refuses NoCapacityLeft: nobody is
    advised past a limit."""
    agent = consult.agent
    if agent is None or consult.by_supervisor or not holds_capacity(consult):
        return
    excess = excess_of(item, agent)
    if excess:
        passed = "; ".join(each.sentence for each in excess)
        raise NoCapacityLeft(agent=str(agent), excess=passed)

    ConsultReceipt.objects.create(
        consult=consult,
        agent=agent,
        units=item.required_units,
        profiles=item.required_profiles,
        held_at=now,
    )
    _count(agent.pk, units=item.required_units, profiles=item.required_profiles, by=1)
    follow_capacity(agent=agent, now=now, ends_choice=False)


def holds_capacity(consult: Consult) -> bool:
    """Whether the service says that this advice is not free."""
    service = service_configuration()
    if consult.queue_id is not None:
        return service.queue_consults_hold_capacity
    return service.agent_consults_hold_capacity


def release_advice(*, receipt: ConsultReceipt, now: datetime) -> None:
    """Give back what a locked receipt holds, once; wakes the router."""
    if receipt.capacity_released_at is not None:
        return
    lock_load(receipt.agent_id)
    loads = ProfileLoad.objects.filter(agent=receipt.agent_id, profile__in=receipt.profiles)
    # Only counters that are there: those of a deleted profile went with it.
    list(loads.order_by("id").select_for_update())
    _count(receipt.agent_id, units=receipt.units, profiles=receipt.profiles, by=-1)
    # Advice may have begun after the time was read, while the item was waited for.
    receipt.capacity_released_at = max(now, receipt.held_at)
    receipt.save(update_fields=["capacity_released_at"])
    agent = Agent.objects.select_related("user").get(pk=receipt.agent_id)
    follow_capacity(agent=agent, now=now, ends_choice=False)
    wake_up(WakeUpKind.CAPACITY, agent_ids=[receipt.agent_id])


def release_advice_of(
    *, item: WorkItem, agent: Agent, involved: Iterable[int], now: datetime
) -> None:
    """What the agent holds for advice on the item becomes free as he gets the item himself.

    The loads of all who are ``involved`` in that are locked already, so that a receipt which the
    sweep has is left to it; their presences are, where any changes here.
    """
    receipts = ConsultReceipt.objects.select_for_update(skip_locked=True).filter(
        consult__item=item, agent=agent, capacity_released_at__isnull=True
    )
    found = list(receipts)
    if found:
        lock_presences(involved, now)
    for receipt in found:
        release_advice(receipt=receipt, now=now)


def _count(agent_id: int, *, units: int, profiles: list[int], by: int) -> None:
    AgentLoad.objects.filter(agent_id=agent_id).update(
        units_used=F("units_used") + by * units, items_held=F("items_held") + by
    )
    ProfileLoad.objects.filter(agent_id=agent_id, profile_id__in=profiles).update(
        used=F("used") + by
    )
