"""Change the times after which conversations are closed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.lock_service import lock_service
from workstreams.actions.refusals import InvalidSettings
from workstreams.auto_close import DEFAULTS, MAXIMUM_MINUTES, Times
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import AutoCloseTime, ServiceConfiguration
from workstreams.queries.auto_close_times import auto_close_times

Cell = tuple[str, str, int | None]
MINUTES: Final = "Choose a time between 1 minute and 365 days, or never."


@transaction.atomic
def save_auto_close(
    *, times: Times, by: User | None, now: datetime, revision: int | None = None
) -> ServiceConfiguration:
    """Change the given times; the others stay. They count for work that is there already.

    The service's row is the lock, and its revision that of the table. Refuses times that
    cannot be (InvalidSettings), and a save over somebody else's (SavedMeanwhile) where a
    ``revision`` is given.
    """
    service = lock_service()
    if revision not in (None, service.revision):
        raise SavedMeanwhile
    cells = [
        (channel, state, times[channel][state]) for channel in times for state in times[channel]
    ]
    if errors := {f"{channel}-{state}": MINUTES for channel, state, _ in _wrong(cells)}:
        raise InvalidSettings(errors)

    write_auto_close(times)
    service.revision += 1
    service.save(update_fields=["revision"])

    announce_configuration(sender=AutoCloseTime, by=by, now=now)
    return service


def write_auto_close(times: Times) -> None:
    """Write the times that differ from those in force, behind the lock of the service."""
    present = auto_close_times()
    AutoCloseTime.objects.bulk_create(
        [
            AutoCloseTime(channel=channel, state=state, minutes=minutes)
            for channel, row in times.items()
            for state, minutes in row.items()
            if minutes != present[channel][state]
        ],
        update_conflicts=True,
        unique_fields=["channel", "state"],
        update_fields=["minutes"],
    )


def _wrong(cells: Iterable[Cell]) -> list[Cell]:
    return [
        (channel, state, minutes)
        for channel, state, minutes in cells
        if state not in DEFAULTS.get(channel, {})
        or (minutes is not None and not 1 <= minutes <= MAXIMUM_MINUTES)
    ]
