"""What a presence stands for changed: it reaches the agents who have it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from agents.actions.record_event import record_event
from agents.models import AgentPresence
from agents.signals import presence_changed


@transaction.atomic
def carry_bases_over(*, presence_ids: Iterable[int], now: datetime) -> None:
    """Routing reads the base from the agents' own rows: make them say that of their presence.

    Who left with one of them may be coming back to it, with the base of before: he is waited for,
    and has it then.
    """
    ids, differs = list(presence_ids), ~Q(base=F("presence__base"))
    rows = AgentPresence.objects.order_by("agent_id")
    to_lock = rows.filter(Q(before__in=ids) | (Q(presence__in=ids) & differs))
    list(to_lock.select_for_update(of=("self",)).values_list("agent_id"))

    for row in rows.filter(differs, presence__in=ids).select_related("agent", "presence"):
        row.base = row.presence.base
        row.save(update_fields=["base"])
        facts = {"presence": row.presence.name, "base": row.base}
        record_event(kind="presence-changed", agent_id=row.agent_id, now=now, **facts)
        presence_changed.send(sender=AgentPresence, agent_ids=[row.agent_id], now=now)
