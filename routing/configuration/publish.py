"""Rows into a new version: only what changed is stored."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from agents.models import User
from config.models import Event
from routing.configuration.changes import (
    Change,
    Only,
    changes_of_rows,
    refuse_what_does_not_compile,
)
from routing.configuration.load import newest_snapshot
from routing.configuration.piece import Piece
from routing.models import (
    ConfigurationChange,
    ConfigurationPiece,
    ConfigurationVersion,
    WakeUp,
)
from routing.terms import WakeUpKind

PUBLISHED: Final = "configuration-published"
# One publisher at a time; readers go on.
LOCK: Final = "LOCK TABLE routing_configurationversion IN SHARE ROW EXCLUSIVE MODE"


def publish(
    *,
    by: User | None,
    now: datetime,
    note: str = "",
    only: Only | None = None,
    takes_all: bool = False,
) -> ConfigurationVersion | None:
    """Publish the rows as they stand in this transaction; None when nothing changed.

    ``only`` names a kind and the rows that changed, so that nothing else is read.
    Refuses rules that the engine cannot read with InvalidRules, unless it ``takes_all``: then
    their workstreams go on without rules, and each item of theirs raises an alarm.
    """
    with transaction.atomic():
        lock_versions()

        newest = newest_snapshot()
        changes = changes_of_rows(newest, only)
        if not changes and newest.stamp is not None:
            return None
        if not takes_all:
            refuse_what_does_not_compile(changes)

        return store_version(changes, number=newest.number + 1, by=by, now=now, note=note)


def lock_versions() -> None:
    """Nobody else publishes, and nobody keeps a draft, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)


def store_version(
    changes: Sequence[Change],
    *,
    number: int,
    by: User | str | None,
    now: datetime,
    note: str = "",
    **facts: Any,
) -> ConfigurationVersion:
    """The next version with its changes, its event and its wake-up; versions are locked."""
    name = by.username if isinstance(by, User) else by or ""
    version = ConfigurationVersion.objects.create(
        number=number, by=name, at=now, note=note[:500], **facts
    )
    store_pieces([change.piece for change in changes if change.piece])
    ConfigurationChange.objects.bulk_create(
        ConfigurationChange(
            version=version,
            kind=change.key[0],
            object_id=change.key[1],
            name=change.name,
            piece_id=change.piece.hash if change.piece else None,
        )
        for change in changes
    )

    Event.objects.create(at=now, kind=PUBLISHED, data={"number": number, "changed": len(changes)})
    WakeUp.objects.create(kind=WakeUpKind.CONFIGURATION)
    return version


def store_pieces(pieces: Sequence[Piece]) -> None:
    """Each once by its content."""
    ConfigurationPiece.objects.bulk_create(
        [
            ConfigurationPiece(hash=piece.hash, kind=piece.kind, document=piece.document)
            for piece in pieces
        ],
        ignore_conflicts=True,
    )
