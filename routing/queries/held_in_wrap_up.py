"""Capacity that ended conversations still hold, as people read it (A 18, wrap-up by time)."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format

from routing.models import Assignment


def held_in_wrap_up(agent_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """What each agent holds until a moment, also of work that is closed: 1 query, none without
    agents."""
    rows = (
        Assignment.objects.filter(
            agent__in=list(agent_ids),
            capacity_released_at__isnull=True,
            capacity_release_due_at__isnull=False,
        )
        .select_related("item")
        .only("agent", "units", "profiles", "capacity_release_due_at", "item__title")
        .order_by("capacity_release_due_at", "pk")
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        if row.units or row.profiles:
            found[row.agent_id] = (*found.get(row.agent_id, ()), _sentence(row))
    return found


def _sentence(row: Assignment) -> str:
    assert row.capacity_release_due_at is not None
    until = date_format(timezone.localtime(row.capacity_release_due_at), "H:i T")
    parts = ((row.units, "unit"), (len(row.profiles), "profile"))
    what = " and ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts if n)
    return f"{what} until {until}, after work of {row.item.title}"
