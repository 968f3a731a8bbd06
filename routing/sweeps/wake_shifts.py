"""Work that waits for people of a shift is looked at as the shift begins (A 10.1)."""

from datetime import datetime
from typing import Final

from django.db import transaction

from agents.models import Agent
from routing import configuration
from routing.actions.wake_up import wake_up
from routing.engine.hours import is_open
from routing.models import ShiftState
from routing.sweeps.each import Turns, count_changed
from routing.terms import WakeUpKind

_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Note up to ``limit`` shifts that began or ended; those that began wake the router.

    What is known stands in rows, so a router that takes over misses no beginning. Hours that
    nobody was given are not looked at.
    """
    known = dict(ShiftState.objects.values_list("hours_id", "is_open"))
    hours = configuration.current().compiled.hours.values()
    states = {each.id: is_open(each, now) for each in hours}
    changed = [id for id, is_now in states.items() if known.get(id) != is_now]
    if not changed:
        return 0
    used = Agent.objects.filter(operating_hours__in=changed).order_by("operating_hours")
    due = used.values_list("operating_hours", flat=True).distinct()
    ids = _turns.first(due, limit)
    return count_changed(ids, lambda pk: _note(pk, is_now=states[pk], now=now), _turns)


def _note(hours_id: int, *, is_now: bool, now: datetime) -> bool:
    """False when another router noted it meanwhile."""
    with transaction.atomic():
        ShiftState.objects.bulk_create(
            [ShiftState(hours_id=hours_id, is_open=not is_now, since=now)], ignore_conflicts=True
        )
        row = ShiftState.objects.filter(hours_id=hours_id, is_open=not is_now)
        if not row.update(is_open=is_now, since=now):
            return False
        if is_now:
            agents = Agent.objects.filter(operating_hours=hours_id, is_enabled=True)
            agent_ids = list(agents.order_by("pk").values_list("pk", flat=True))
            if agent_ids:
                wake_up(WakeUpKind.SHIFT, agent_ids=agent_ids)
    return True
