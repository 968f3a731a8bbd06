"""What a presence stands for changed: it reaches the agents who have it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from agents.actions.record_event import record_event
from agents.models import AgentPresence
from agents.signals import presence_changed


@transaction.atomic
def carry_bases_over(*, presence_ids: Iterable[int], now: datetime) -> None:
    """Routing reads the base from the agents' own rows: make them say that of their presence."""
    rows = AgentPresence.objects.filter(presence__in=list(presence_ids))
    rows = rows.exclude(base=F("presence__base")).select_related("agent", "presence")
    for row in rows.select_for_update(of=("self",)).order_by("agent_id"):
        row.base = row.presence.base
        row.save(update_fields=["base"])
        facts = {"presence": row.presence.name, "base": row.base}
        record_event(kind="presence-changed", agent_id=row.agent_id, now=now, **facts)
        presence_changed.send(sender=AgentPresence, agent_ids=[row.agent_id], now=now)
