"""Capacity that ended work still holds, as people read it (A 13, A 18, wrap-up by time)."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.formats import date_format

from agents.models import Agent, CapacityProfile
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
            day_profiles="day_profiles",
            until="capacity_release_due_at",
            title="item__title",
        )
    )
)
NAMES: Final = (
    CapacityProfile.objects.annotate(
        of_the_day=ExpressionWrapper(
            OuterRef("day_profiles"), output_field=ArrayField(BigIntegerField())
        )
    )
    .filter(Q(of_the_day__contains=[F("pk")]))
    .order_by()
    .values("name")
)
OF_THE_DAY: Final = (
    Assignment.objects.filter(
        agent=OuterRef("pk"),
        ended_at__isnull=False,
        day_ends_at__isnull=False,
        day_released_at__isnull=True,
    )
    .order_by()
    .values(receipt=JSONObject(names=ArraySubquery(NAMES), until="day_ends_at"))
)


def with_held(agents: QuerySet[Agent]) -> QuerySet[Agent]:
    """Agents with what ``held_of`` reads, in the same statement."""
    return agents.annotate(
        receipts_in_wrap_up=ArraySubquery(RECEIPTS), receipts_of_the_day=ArraySubquery(OF_THE_DAY)
    )


def held_of(agent: Any) -> tuple[str, ...]:
    """What the agent holds until a moment, also of work that is closed."""
    return (*_in_wrap_up(agent.receipts_in_wrap_up), *_of_the_day(agent.receipts_of_the_day))


def held_by_ended_work(agent_id: int) -> tuple[str, ...]:
    """The same of one agent; 1 query."""
    return held_of(with_held(Agent.objects.filter(pk=agent_id)).get())


def _in_wrap_up(receipts: list[dict[str, Any]]) -> Iterator[str]:
    """Without the profiles of the day, which stay when wrap-up ends."""
    for receipt in receipts:
        profiles = set(receipt["profiles"]).difference(receipt["day_profiles"] or ())
        parts = ((receipt["units"], "unit"), (len(profiles), "profile"))
        what = " and ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts if n)
        if what:
            yield f"{what} until {_clock(receipt['until'])}, after work of {receipt['title']}"


def _of_the_day(receipts: list[dict[str, Any]]) -> Iterator[str]:
    """One line a profile, however much work it was."""
    held = Counter((each["until"], name) for each in receipts for name in each["names"])
    for (until, name), number in sorted(held.items()):
        yield f"{number} of {name} until {_clock(until)}, the end of the day"


def _clock(moment: str) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(moment)), "H:i T")
