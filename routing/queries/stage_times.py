"""How long a work item was in each stage, and how often somebody was tried for it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from django.db.models import Count, Max

from routing.models import Assignment
from routing.queries.item_timeline import NOT_SHOWN
from workstreams.models import WorkItem, WorkItemEvent
from workstreams.terms import ItemState, Reason

WITH_BOT: Final = "With a bot"
OFFERED: Final = "Offered"
WORDS: Final[dict[str, str]] = {
    ItemState.OPEN: "Waiting in a queue",
    ItemState.ACTIVE: "With an agent",
    ItemState.WAITING: "Waiting for the customer",
    ItemState.WRAP_UP: "In wrap-up",
}


def stage_times(item: WorkItem, *, now: datetime) -> list[dict[str, Any]]:
    """Each stage once, in the order they were first reached, in whole seconds; 1 query."""
    events = WorkItemEvent.objects.filter(work_item_id=item.pk).exclude(state="")
    moves = events.exclude(kind__in=NOT_SHOWN).order_by("id")
    until = item.closed_at or now
    times = _times(moves.values_list("at", "state", "reason"), until=until)
    last = "" if item.state == ItemState.CLOSED else _stage(item.state, item.reason)
    return [
        {"stage": stage, "seconds": int(time.total_seconds()), "is_now": stage == last}
        for stage, time in times.items()
    ]


def attempts(item: WorkItem) -> dict[str, Any]:
    """How often it was offered, picked or assigned, and when last; 1 query."""
    found = Assignment.objects.filter(item=item).aggregate(
        total=Count("pk"), last_at=Max("offered_at")
    )
    return dict(found)


def _times(moves: Iterable[tuple[datetime, str, str]], *, until: datetime) -> dict[str, timedelta]:
    times: dict[str, timedelta] = {}
    for (at, state, reason), (end, *_) in pairwise([*moves, (until, "", "")]):
        if state != ItemState.CLOSED:
            stage = _stage(state, reason)
            times[stage] = times.get(stage, timedelta()) + max(end - at, timedelta())
    return times


def _stage(state: str, reason: str) -> str:
    if reason == Reason.WITH_BOT:
        return WITH_BOT
    if reason == Reason.AWAITING_AGENT_ACCEPTANCE:
        return OFFERED
    return WORDS.get(state, state)
