"""Let invented customers and agents come to work, or send them home."""

from contextlib import suppress
from datetime import datetime
from typing import Final

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from agents.models import User
from config.jobs import defer
from config.models import Event
from routing.exceptions import NoDemo
from routing.models import DemoTraffic

# The job of routing.tasks, by name: tasks lie above actions.
JOB: Final = "routing.tasks.flow_demo_traffic"
LOCK: Final = "demo-traffic"


@transaction.atomic
def switch_demo_traffic(*, is_on: bool, by: User, now: datetime) -> DemoTraffic:
    """Switch it on or off; the same again changes nothing.

    Refuses where the demo organisation was never created (NoDemo).
    """
    switch = DemoTraffic.objects.select_for_update().first()

    if switch is None:
        raise NoDemo
    if switch.is_on == is_on:
        return switch

    switch.is_on = is_on
    switch.changed_at = now
    switch.save()

    Event.objects.create(
        at=now, kind="demo-traffic-switched", data={"is_on": is_on, "by": by.username}
    )
    if is_on:
        _start(now)
    return switch


def _start(now: datetime) -> None:
    """Traffic flows at once, not at the next full minute."""
    job = app.configure_task(JOB, queueing_lock=LOCK, lock=LOCK, queue="demo")
    with suppress(AlreadyEnqueued), transaction.atomic():
        defer(job, timestamp=int(now.timestamp()))
