"""What a presence stands for changed: it reaches the agents who have it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from agents.actions.record_event import record_event
from agents.models import AgentPresence
from agents.signals import presence_changed


def of_other_bases() -> "QuerySet[AgentPresence]":
    """Those who have another base than their presence: they came while it was changed. Bases of
    built-in presences never do, and most agents are in one: they are not even looked at."""
    others = AgentPresence.objects.filter(presence__is_built_in=False)
    return others.exclude(base=F("presence__base"))


@transaction.atomic
def carry_bases_over(*, presence_ids: Iterable[int], now: datetime) -> None:
    """Routing reads the base from the agents' own rows: make them say that of their presence.

    Who left with one of them may be coming back to it, with the base of before: he is waited for,
    and has it then.
    """
    ids = list(presence_ids)
    theirs = of_other_bases().filter(presence__in=ids).order_by("agent_id")
    to_lock = AgentPresence.objects.filter(Q(before__in=ids) | Q(pk__in=theirs.values("pk")))
    list(to_lock.order_by("agent_id").select_for_update(of=("self",)).values_list("agent_id"))
    _carry_over(theirs, now)


@transaction.atomic
def carry_base_over(*, agent_id: int, now: datetime) -> int:
    """The same for one agent: whether there was anything to carry over."""
    own = AgentPresence.objects.select_for_update().filter(agent=agent_id)
    list(own.values_list("agent_id"))
    return _carry_over(of_other_bases().filter(agent=agent_id), now)


def _carry_over(rows: "QuerySet[AgentPresence]", now: datetime) -> int:
    found = list(rows.select_related("agent", "presence"))
    for row in found:
        row.base = row.presence.base
        row.save(update_fields=["base"])
        facts = {"presence": row.presence.name, "base": row.base}
        record_event(kind="presence-changed", agent_id=row.agent_id, now=now, **facts)
        presence_changed.send(sender=AgentPresence, agent_ids=[row.agent_id], now=now)
    return len(found)
