"""A supervisor works on what keeps work waiting."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from agents.models import User
from agents.queries.person_names import person_names
from config.models import Event
from routing.exceptions import BlockerGone, BlockerTaken
from routing.models import Blocker

ACKNOWLEDGED = "blocker-acknowledged"


@transaction.atomic
def acknowledge_blocker(
    *, blocker_id: int, minutes: int, by: User, now: datetime, seen: str | None = None
) -> Blocker:
    """Keep it off the alarms for so long; who comes later says so anew, in his own name.

    Refuses BlockerGone, and BlockerTaken where ``seen``, the username shown as working on it or
    none, is not who does.
    """
    blocker = Blocker.objects.select_for_update().filter(pk=blocker_id).first()
    if blocker is None:
        raise BlockerGone
    worker = blocker.worked_on_by(now)
    if seen is not None and worker not in (seen, "", by.username):
        name = person_names([worker]).get(worker, worker)
        until = timezone.localtime(blocker.acknowledged_until)
        raise BlockerTaken(name=name, until=f"{until:%H:%M %Z}")

    blocker.acknowledged_by = by.username
    blocker.acknowledged_at = now
    blocker.acknowledged_until = now + timedelta(minutes=minutes)
    blocker.save(update_fields=["acknowledged_by", "acknowledged_at", "acknowledged_until"])

    Event.objects.create(
        at=now,
        kind=ACKNOWLEDGED,
        queue_id=blocker.queue_id,
        data={"blocker": blocker.pk, "cause": blocker.cause, "by": by.username},
    )
    return blocker
