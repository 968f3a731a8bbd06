"""Old rows of the feed and of explanations go, so the tables stay small.

Work that is not finished keeps all of its own, however old: they tell how it stands.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from agents.models import AgentSession
from config.models import Event
from routing.models import Alarm, RecordBatch, RoutingDecision
from workstreams.models import WorkItem
from workstreams.terms import ItemState

EVENTS_KEPT_FOR: Final = timedelta(days=90)
DECISIONS_KEPT_FOR: Final = timedelta(days=90)
ALARMS_KEPT_FOR: Final = timedelta(days=90)
BATCHES_KEPT_FOR: Final = timedelta(days=30)


def sweep(*, now: datetime, limit: int) -> int:
    """Delete up to ``limit`` old rows of each table; the largest of the counts."""
    unfinished = WorkItem.objects.exclude(state=ItemState.CLOSED).values("pk")
    events = Event.objects.filter(at__lt=now - EVENTS_KEPT_FOR)
    events = events.exclude(work_item_id__in=unfinished)
    decisions = RoutingDecision.objects.filter(at__lt=now - DECISIONS_KEPT_FOR)
    decisions = decisions.exclude(work_item_id__in=unfinished)
    alarms = Alarm.objects.filter(at__lt=now - ALARMS_KEPT_FOR, acknowledged_at__isnull=False)
    batches = RecordBatch.objects.filter(created_at__lt=now - BATCHES_KEPT_FOR)
    # A batch takes all its rows with it.
    _delete(batches, 1)
    sessions = AgentSession.objects.over(now)
    return max(_delete(rows, limit) for rows in (events, decisions, alarms, sessions))


def _delete(old: QuerySet[Any], limit: int) -> int:
    ids = list(old.order_by("pk").values_list("pk", flat=True)[:limit])
    return old.filter(pk__in=ids).delete()[0] if ids else 0
