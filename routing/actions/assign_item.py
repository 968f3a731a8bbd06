"""A supervisor gives an open item, or one that a bot has, to an agent."""

from datetime import datetime

from django.db import transaction

from agents.actions.lock_agent import hold_agent
from agents.models import Agent, AgentPresence, User
from agents.terms import LABELS, BasePresence
from routing.actions.check_seen import check_seen
from routing.actions.check_supervision import ASSIGN, check_supervision
from routing.actions.hold_capacity import lock_load
from routing.actions.lock_item import lock_item
from routing.actions.needed_capacity import renew_need
from routing.actions.offer_item import offer_item
from routing.actions.room import excess_of
from routing.exceptions import (
    AgentDisabled,
    AlreadyTaken,
    NoCapacityLeft,
    PresenceNotAllowed,
)
from routing.models import Assignment
from routing.queries.in_force import offered_until, presences_of
from routing.terms import How
from workstreams.exceptions import IllegalMove
from workstreams.models import WorkItem
from workstreams.terms import LABELS as WORK_LABELS
from workstreams.terms import ItemState


def assign_item(
    *, item_id: int, agent: Agent, by: User, override: bool, seen: str | None, now: datetime
) -> Assignment:
    """Offer an open, unassigned item to the agent (A 21), or take it over from its bot.

    Presence and capacity are asked unless ``override``, which the receipt then names.
    Refuses AlreadyTaken, IllegalMove, DefinitionGone, AgentDisabled, PresenceNotAllowed,
    NoCapacityLeft, NotForSupervisors, and MovedMeanwhile where it waits otherwise than ``seen``.
    """
    with transaction.atomic():
        check_supervision(ASSIGN)
        item = lock_item(item_id)
        _check_free(item)
        check_seen(item, seen)
        hold_agent(agent)
        lock_load(agent.pk)
        renew_need(item)
        check_enabled(agent)
        if not override:
            check_presence(item, agent)
            check_room(item, agent, How.SUPERVISOR, now)

        # What people moved is not looked at for overflow any more (A 8.2).
        item.overflow_checked_at = item.overflow_checked_at or now
        return offer_item(item=item, to=agent, how=How.SUPERVISOR, by=by.username, now=now)


def _check_free(item: WorkItem) -> None:
    """Refuse what somebody has, and what waits for its customer or is over, by what it is."""
    if item.state == ItemState.OPEN or item.is_with_bot:
        return
    if item.state == ItemState.ACTIVE:
        raise AlreadyTaken
    raise IllegalMove(state=WORK_LABELS[ItemState(item.state)].lower(), to="assigned")


def check_enabled(agent: Agent) -> None:
    """Refuse an agent who gets no work any more, whatever the workstream allows."""
    if not Agent.objects.filter(pk=agent.pk, is_enabled=True).exists():
        raise AgentDisabled(agent=str(agent))


def check_presence(item: WorkItem, agent: Agent) -> None:
    """Refuse an agent whose presence the workstream does not allow; unknown is not allowed."""
    known = AgentPresence.objects.filter(agent=agent, agent__is_enabled=True)
    base = known.values_list("base", flat=True).first() or BasePresence.OFFLINE.value
    if base not in presences_of(item):
        raise PresenceNotAllowed(agent=str(agent), presence=LABELS[BasePresence(base)])


def check_room(item: WorkItem, agent: Agent, how: How, now: datetime) -> None:
    """Refuse an agent whose limit the offer would pass, and name every such limit."""
    excess = excess_of(item, agent, taken_at=offered_until(item, how, now))
    if excess:
        passed = "; ".join(each.sentence for each in excess)
        raise NoCapacityLeft(agent=str(agent), excess=passed)
