"""Publish the draft that was reviewed, and no other."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from agents.models import User
from routing.configuration.changes import Change, changes_of_rows, refuse_what_does_not_compile
from routing.configuration.checks.check import errors_of
from routing.configuration.edited import keep_draft
from routing.configuration.load import Snapshot, newest_snapshot
from routing.configuration.publish import lock_versions, store_version
from routing.configuration.review.draft import state_of, with_changes
from routing.exceptions import AlreadyScheduled, ChecksFailed, DraftChanged, NothingToPublish
from routing.models import ConfigurationVersion, ScheduledPublication
from routing.terms import ScheduleState


@transaction.atomic
def publish_draft(
    *, by: User, now: datetime, base: int, state: str, note: str = ""
) -> ConfigurationVersion:
    """Publish all edits. ``base`` and ``state`` say which version and draft were looked at.

    Refuses DraftChanged if either is another by now, AlreadyScheduled, NothingToPublish, and
    errors of the checks (ChecksFailed).
    """
    newest, changes = reviewed(base=base, state=state)

    version = store_version(changes, number=newest.number + 1, by=by, now=now, note=note)
    keep_draft([], by=by.username, now=now)
    return version


def reviewed(*, base: int, state: str) -> tuple[Snapshot, Sequence[Change]]:
    """The draft that was looked at, with versions locked; the same refusals."""
    lock_versions()
    newest = newest_snapshot()
    changes = changes_of_rows(newest)
    if newest.number != base or state_of(changes) != state:
        raise DraftChanged
    if ScheduledPublication.objects.filter(state=ScheduleState.WAITING).exists():
        raise AlreadyScheduled
    if not changes:
        raise NothingToPublish
    refuse_what_does_not_compile(changes)
    if errors := errors_of(with_changes(newest, changes).compiled):
        raise ChecksFailed(findings=errors)
    return newest, changes
