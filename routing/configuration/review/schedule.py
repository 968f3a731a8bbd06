"""Publish a reviewed draft at a later moment, exactly once."""

from datetime import UTC, datetime
from typing import Final

from django.db import transaction

from agents.models import User
from config.clock import YEARS
from config.models import Event
from config.patience import think_as_long_as_jobs
from routing.configuration.changes import Change, changes_of_rows
from routing.configuration.edited import keep_draft
from routing.configuration.load import newest_snapshot
from routing.configuration.piece import Piece, canonical
from routing.configuration.publish import lock_versions, store_pieces, store_version
from routing.configuration.review.publish_draft import reviewed
from routing.configuration.scheduled import without_rows
from routing.exceptions import NothingScheduled, NotInTheFuture, TooFarAway
from routing.models import ConfigurationVersion, ScheduledChange, ScheduledPublication
from routing.terms import ScheduleState

CHANGED: Final = (
    "{name} was published otherwise meanwhile (version {number}). Review the draft again."
)
GONE: Final = "{name} was deleted meanwhile. Review the draft again."
SCHEDULED: Final = "configuration-scheduled"


@transaction.atomic
def schedule_publication(
    *, by: User, now: datetime, due_at: datetime, base: int, state: str, note: str = ""
) -> ScheduledPublication:
    """Keep the reviewed draft as it is, for the router to publish it at that moment.

    Edits go on meanwhile and are not part of it. Refuses as ``publish_draft`` does,
    NotInTheFuture and TooFarAway.
    """
    if due_at <= now:
        raise NotInTheFuture
    if not _can_be_told(due_at):
        raise TooFarAway
    # The database refuses offsets that Python takes.
    due_at = due_at.astimezone(UTC)
    _, changes = reviewed(base=base, state=state)

    publication = ScheduledPublication.objects.create(
        by=by.username, at=now, due_at=due_at, note=note[:500], base=base
    )
    store_pieces([change.piece for change in changes if change.piece])
    ScheduledChange.objects.bulk_create(
        ScheduledChange(
            publication=publication,
            kind=change.key[0],
            object_id=change.key[1],
            name=change.name,
            piece_id=change.piece.hash if change.piece else None,
        )
        for change in changes
    )
    Event.objects.create(at=now, kind=SCHEDULED, data={"due_at": due_at.isoformat()})
    return publication


@transaction.atomic
def cancel_publication(*, publication_id: int, by: User, now: datetime) -> ScheduledPublication:
    """Take it back; the draft stays. Refuses NothingScheduled when it has acted already."""
    publication = _lock(publication_id)
    if publication is None or publication.state != ScheduleState.WAITING:
        raise NothingScheduled
    return _decide(publication, ScheduleState.CANCELLED, by=by.username, now=now)


@transaction.atomic
def activate_publication(*, publication_id: int, now: datetime) -> ConfigurationVersion | None:
    """Publish what was scheduled, once; None when it does not wait or was overtaken."""
    # Very many rules are compiled for longer than the router pauses in a transaction elsewhere.
    think_as_long_as_jobs()
    publication = _lock(publication_id)
    if publication is None or publication.state != ScheduleState.WAITING:
        return None
    lock_versions()
    newest = newest_snapshot()
    changes = _changes(publication)
    if reason := _overtaken(publication, changes) or _gone(changes):
        _decide(publication, ScheduleState.FAILED, by="", now=now, reason=reason)
        return None

    _decide(publication, ScheduleState.PUBLISHED, by="", now=now)
    version = store_version(
        changes,
        number=newest.number + 1,
        by=publication.by,
        now=now,
        note=publication.note,
        schedule=publication,
    )
    # Rows may have been edited since: what they say beyond it is the new draft.
    keep_draft(changes_of_rows(newest_snapshot()), by=publication.by, now=now)
    return version


def _can_be_told(moment: datetime) -> bool:
    """Whether every reader can tell it by the clock of his own; the database stores later ones."""
    try:
        return moment.astimezone(UTC).year in YEARS
    except OverflowError:
        return False


def _lock(publication_id: int) -> ScheduledPublication | None:
    rows = ScheduledPublication.objects.select_for_update()
    return rows.filter(pk=publication_id).first()


def _changes(publication: ScheduledPublication) -> list[Change]:
    return [
        Change(
            key=(row.kind, row.object_id),
            name=row.name,
            piece=_piece(row) if row.piece else None,
        )
        for row in publication.changes.select_related("piece")
    ]


def _piece(row: ScheduledChange) -> Piece:
    assert row.piece is not None
    return Piece(
        kind=row.kind,
        object_id=row.object_id,
        name=row.name,
        text=canonical(row.piece.document),
        hash=row.piece.hash,
    )


def _overtaken(publication: ScheduledPublication, changes: list[Change]) -> str:
    """A sentence where a version after the reviewed one changed an object too."""
    keys = {change.key for change in changes}
    later = ConfigurationVersion.objects.filter(number__gt=publication.base)
    for kind, object_id, name, number in later.values_list(
        "changes__kind", "changes__object_id", "changes__name", "number"
    ):
        if (kind, object_id) in keys:
            return CHANGED.format(name=name, number=number)
    return ""


def _gone(changes: list[Change]) -> str:
    """A sentence where the row of something that is to be published is gone."""
    names = {change.key: change.name for change in changes if change.piece}
    gone = sorted(names[key] for key in without_rows(names))
    return GONE.format(name=gone[0]) if gone else ""


def _decide(
    publication: ScheduledPublication,
    state: ScheduleState,
    *,
    by: str,
    now: datetime,
    reason: str = "",
) -> ScheduledPublication:
    publication.state, publication.decided_at = state, now
    publication.decided_by, publication.reason = by, reason
    publication.save()
    return publication
