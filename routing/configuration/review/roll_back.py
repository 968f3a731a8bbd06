"""Take edits back: some or all of the draft, or everything to an earlier version."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from agents.models import User
from routing.configuration.changes import changes_of_rows, refuse_what_does_not_compile
from routing.configuration.edited import keep_draft
from routing.configuration.load import documents_of, newest_snapshot
from routing.configuration.piece import Key
from routing.configuration.publish import lock_versions, store_version
from routing.configuration.review.draft import state_of, state_of_rows
from routing.configuration.review.lost_names import refuse_lost_names
from routing.configuration.review.put_back import put_back
from routing.configuration.rows.pieces import pieces_of_rows
from routing.configuration.scheduled import scheduled_documents, without_rows
from routing.exceptions import AlreadyScheduled, DraftChanged, NothingToPublish
from routing.models import ConfigurationVersion, ScheduledPublication
from routing.terms import ScheduleState


@dataclass(frozen=True, kw_only=True)
class RollBack:
    """What rolling back did, or would do: the new version, and what could not be put back."""

    notes: list[str] = field(default_factory=list)
    version: int | None = None


@transaction.atomic
def discard_draft(
    *, by: User, now: datetime, base: int, state: str, keys: Collection[Key] | None = None
) -> list[str]:
    """Rows of the draft, or of some of its objects, say again what is published.

    Answers a sentence for everything that could not be put back. Refuses DraftChanged.
    """
    lost = without_rows(scheduled_documents())
    mark = _looked_at(base, state)

    notes = put_back(documents_of(base), by=by, now=now, keys=keys)

    lock_versions()
    _check(base, mark)
    if without_rows(scheduled_documents()) - lost:
        raise DraftChanged
    keep_draft(changes_of_rows(newest_snapshot()), by=by.username, now=now)
    return notes


@transaction.atomic
def roll_back(
    *, to: int, by: User, now: datetime, base: int, state: str, note: str = "", check: bool = False
) -> RollBack:
    """A new version that says what version ``to`` said; the draft is lost.

    Runs at once, also while review is on. With ``check`` nothing stays done. Refuses
    DraftChanged, AlreadyScheduled, NothingToPublish, rules that the engine cannot read
    (InvalidRules) or that compare with lost names (NamesLost); ConfigurationVersion.DoesNotExist.
    """
    ConfigurationVersion.objects.get(pk=to)
    mark = _looked_at(base, state)
    _check_schedule()

    wanted = documents_of(to)
    notes = put_back(wanted, by=by, now=now)
    if not check:
        lock_versions()
        _check(base, mark)
        _check_schedule()
    newest = newest_snapshot()
    changes = changes_of_rows(newest)
    refuse_what_does_not_compile(changes)
    refuse_lost_names(
        newest=documents_of(newest.number),
        wanted=wanted,
        here=pieces_of_rows(),
        changed={change.key for change in changes},
    )
    if check:
        transaction.set_rollback(True)
        return RollBack(notes=notes)

    if not changes:
        raise NothingToPublish
    version = store_version(
        changes, number=newest.number + 1, by=by, now=now, note=note, rolled_back_to=to
    )
    keep_draft([], by=by.username, now=now)
    return RollBack(notes=notes, version=version.number)


def _looked_at(base: int, state: str) -> str:
    """What was looked at is what is here; the mark that another edit changes."""
    mark = state_of_rows()
    newest = newest_snapshot()
    if newest.number != base or state_of(changes_of_rows(newest)) != state:
        raise DraftChanged
    return mark


def _check(base: int, mark: str) -> None:
    """Once versions are locked; rows are put back by now, so they say nothing of edits."""
    if newest_snapshot().number != base or state_of_rows() != mark:
        raise DraftChanged


def _check_schedule() -> None:
    if ScheduledPublication.objects.filter(state=ScheduleState.WAITING).exists():
        raise AlreadyScheduled
