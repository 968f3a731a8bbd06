"""Tell supervisors of a failure."""

from datetime import datetime
from pathlib import Path
from traceback import extract_tb
from typing import Final

from django.conf import settings

from config.models import Event
from routing.models import Alarm
from routing.terms import MOST_OPEN_ALARMS, AlarmKind
from workstreams.models import Queue, WorkItem

RAISED: Final = "alarm-raised"


def raise_alarm(
    *,
    kind: AlarmKind,
    error: Exception,
    now: datetime,
    item: WorkItem | None = None,
    queue: Queue | None = None,
) -> Alarm | None:
    """Open an alarm in the caller's transaction; None where enough of its sort are open."""
    workstream_id = item.workstream_id if item else None
    queue_id = queue.pk if queue else None
    alike = Alarm.objects.filter(
        kind=kind, workstream_id=workstream_id, queue_id=queue_id, acknowledged_at=None
    )
    if alike.order_by()[MOST_OPEN_ALARMS - 1 : MOST_OPEN_ALARMS].exists():
        return None

    alarm = Alarm.objects.create(
        kind=kind,
        at=now,
        workstream_id=workstream_id,
        workstream_name=item.workstream.name if item else "",
        queue_id=queue_id,
        queue_name=queue.name if queue else "",
        work_item_id=item.pk if item else None,
        detail=where(error),
    )
    Event.objects.create(
        at=now,
        kind=RAISED,
        workstream_id=workstream_id,
        queue_id=queue_id,
        data={"alarm": alarm.pk, "kind": kind.value, "item": alarm.work_item_id},
    )
    return alarm


def where(error: Exception) -> str:
    """The sort of error and its place; its text may quote a customer, so that stays in the log."""
    name, frames = type(error).__name__, extract_tb(error.__traceback__)
    own = [each for each in frames if Path(each.filename).is_relative_to(settings.BASE_DIR)]
    if not own:
        return name
    path = Path(own[-1].filename).relative_to(settings.BASE_DIR)
    return f"{name} in {path}, line {own[-1].lineno}"[:300]
