"""A supervisor has seen an alarm."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from config.models import Event
from routing.exceptions import AlarmSeen
from routing.models import Alarm

ACKNOWLEDGED = "alarm-acknowledged"


@transaction.atomic
def acknowledge_alarm(*, alarm: Alarm, by: User, now: datetime) -> int:
    """Close it with the earlier ones of its sort; how many. What came later stays open.

    Refuses AlarmSeen.
    """
    alike = Alarm.objects.filter(
        kind=alarm.kind,
        workstream_id=alarm.workstream_id,
        queue_id=alarm.queue_id,
        acknowledged_at=None,
        pk__lte=alarm.pk,
    )
    ids = list(alike.select_for_update().order_by("pk").values_list("pk", flat=True))
    if alarm.pk not in ids:
        raise AlarmSeen

    Alarm.objects.filter(pk__in=ids).update(acknowledged_at=now, acknowledged_by=by.username)

    Event.objects.create(
        at=now,
        kind=ACKNOWLEDGED,
        workstream_id=alarm.workstream_id,
        queue_id=alarm.queue_id,
        data={"alarm": alarm.pk, "kind": alarm.kind, "count": len(ids), "by": by.username},
    )
    return len(ids)
