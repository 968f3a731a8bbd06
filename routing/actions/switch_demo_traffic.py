"""Let invented customers and agents come to work, or send them home."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from config.models import Event
from routing.exceptions import NoDemo
from routing.models import DemoTraffic


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
    return switch
