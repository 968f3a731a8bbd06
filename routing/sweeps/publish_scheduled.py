"""Publications whose moment has come, also those it came for while nobody ran."""

from datetime import datetime
from typing import Final

from routing import configuration
from routing.models import ScheduledPublication
from routing.sweeps.each import Turns, count_changed
from routing.terms import ScheduleState

_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Publish what is due; each acts once, whoever else looks at it."""
    due = ScheduledPublication.objects.filter(state=ScheduleState.WAITING, due_at__lte=now)
    ids = _turns.first(due.order_by("due_at").values_list("pk", flat=True), limit)
    return count_changed(
        ids,
        lambda pk: configuration.activate_publication(publication_id=pk, now=now) is not None,
        _turns,
    )
