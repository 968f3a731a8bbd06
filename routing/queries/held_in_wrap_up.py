"""Capacity that ended conversations still hold, as people read it (A 18, wrap-up by time)."""

from datetime import datetime
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.formats import date_format

from agents.models import Agent
from routing.models import Assignment

RECEIPTS: Final = (
    Assignment.objects.filter(
        agent=OuterRef("pk"),
        capacity_released_at__isnull=True,
        capacity_release_due_at__isnull=False,
    )
    .order_by("capacity_release_due_at", "pk")
    .values(
        receipt=JSONObject(
            units="units",
            profiles="profiles",
            until="capacity_release_due_at",
            title="item__title",
        )
    )
)


def with_held(agents: QuerySet[Agent]) -> QuerySet[Agent]:
    """Agents with what ``held_of`` reads, in the same statement."""
    return agents.annotate(receipts_in_wrap_up=ArraySubquery(RECEIPTS))


def held_of(agent: Any) -> tuple[str, ...]:
    """What the agent holds until a moment, also of work that is closed."""
    receipts = agent.receipts_in_wrap_up
    return tuple(_sentence(each) for each in receipts if each["units"] or each["profiles"])


def held_in_wrap_up(agent_id: int) -> tuple[str, ...]:
    """The same of one agent; 1 query."""
    return held_of(with_held(Agent.objects.filter(pk=agent_id)).get())


def _sentence(receipt: dict[str, Any]) -> str:
    until = date_format(timezone.localtime(datetime.fromisoformat(receipt["until"])), "H:i T")
    parts = ((receipt["units"], "unit"), (len(receipt["profiles"]), "profile"))
    what = " and ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts if n)
    return f"{what} until {until}, after work of {receipt['title']}"
