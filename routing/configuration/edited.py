"""What becomes of an edit: published at once, or kept in the draft while review is on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from agents.models import User
from routing.configuration.changes import Change, changes_of_rows, refuse_what_does_not_compile
from routing.configuration.documents.words import KIND_WORDS
from routing.configuration.load import Snapshot, documents_of, newest_snapshot
from routing.configuration.named_by import naming
from routing.configuration.piece import Key
from routing.configuration.publish import lock_versions, store_version
from routing.configuration.scheduled import scheduled_documents, without_rows
from routing.exceptions import StillPublished, UnpublishedChanges
from routing.models import ConfigurationVersion, DraftChange

# Whether edits wait for a review, and whether some do.
STATE: Final = """
SELECT COALESCE((SELECT reviews_before_publishing FROM workstreams_serviceconfiguration), false),
       EXISTS (SELECT FROM routing_draftchange)
       OR EXISTS (SELECT FROM routing_scheduledpublication WHERE state = 'waiting')
"""
DELETED: Final = "Deleted."
SWITCHED: Final = "Switches of the service."
# Kinds of one piece that is a list of rules: an empty list is no deletion.
LISTS: Final = ("intake", "identification")
# Shown at customers or desks, and not read by routing: what is said there acts at once.
TEXTS: Final = (
    "session_template",
    "bot",
    "channel_instance",
    "automated_message",
    "message_template",
    "quick_reply",
)

_gathering: ContextVar[bool] = ContextVar("gathering", default=False)


@contextmanager
def gathered_edits() -> Iterator[None]:
    """Edits inside publish nothing: whoever makes them all publishes them as one."""
    token = _gathering.set(True)
    try:
        yield
    finally:
        _gathering.reset(token)


def gathers_edits() -> bool:
    """Whether somebody above publishes what is done here."""
    return _gathering.get()


def edited(*, by: User | None, now: datetime, note: str = "") -> ConfigurationVersion | None:
    """Rows were edited in this transaction. None when nothing is published by it.

    While review is on, edits wait; the service's switches and deletions are published at once.
    Refuses rules that the engine cannot read (InvalidRules), to delete what the published rules
    still name (StillPublished), and to switch review off over a draft (UnpublishedChanges).
    """
    if _gathering.get():
        return None
    with transaction.atomic():
        lock_versions()

        newest = newest_snapshot()
        reviews, has_draft = _state()
        changes = changes_of_rows(newest)
        refuse_what_does_not_compile(changes)
        if reviews and newest.stamp is not None:
            return _keep(newest, changes, by=by, now=now)
        if has_draft and not reviews:
            raise UnpublishedChanges(count=DraftChange.objects.count())

        if not changes and newest.stamp is not None:
            return None
        return store_version(changes, number=newest.number + 1, by=by, now=now, note=note)


def keep_draft(changes: Iterable[Change], *, by: str, now: datetime) -> None:
    """The draft is these changes; who edited what keeps his name until it is edited again."""
    present = {(row.kind, row.object_id): row for row in DraftChange.objects.all()}
    edits = []
    for change in changes:
        row, hash_ = present.pop(change.key, None), change.piece.hash if change.piece else ""
        if row is None or row.hash != hash_:
            kind, object_id = change.key
            edits.append(
                DraftChange(
                    kind=kind, object_id=object_id, name=change.name, hash=hash_, by=by, at=now
                )
            )
    DraftChange.objects.filter(pk__in=[row.pk for row in present.values()]).delete()
    DraftChange.objects.bulk_create(
        edits,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["name", "hash", "by", "at"],
    )


def _state() -> tuple[bool, bool]:
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        reviews, has_draft = cursor.fetchone()
    return bool(reviews), bool(has_draft)


def _keep(
    newest: Snapshot, changes: Sequence[Change], *, by: User | None, now: datetime
) -> ConfigurationVersion | None:
    gone = [each for each in changes if each.piece is None and each.key[0] not in LISTS]
    switches = [each for each in changes if each.key[0] == "service"]
    texts = _without(newest, gone, changes)
    at_once = [*gone, *switches, *texts]
    version = None
    if at_once:
        note = DELETED if gone else SWITCHED
        version = store_version(at_once, number=newest.number + 1, by=by, now=now, note=note)
    keys = {each.key for each in at_once}
    waiting = [each for each in changes if each.key not in keys]
    keep_draft(waiting, by=by.username if by else "", now=now)
    return version


def _without(newest: Snapshot, gone: list[Change], changes: Sequence[Change]) -> list[Change]:
    """What is published together with a deletion: texts that no longer name what is gone."""
    scheduled = scheduled_documents()
    keys = {change.key for change in gone}
    lost = without_rows(scheduled) - keys
    if not gone and not lost:
        return []
    published = documents_of(newest.number)
    names = {change.key: change.name for change in gone}
    naming_it = {key for key in _naming(published, names) if key not in keys}
    texts = [each for each in changes if each.key in naming_it and each.key[0] in TEXTS]
    # What is scheduled says names of its own, also of what no version has yet.
    names |= {key: str(scheduled[key]["name"]) for key in keys | lost if key in scheduled}
    later = {key for key in _naming(scheduled, names) if key not in keys | lost}
    still = naming_it - {each.key for each in texts} | later
    if still:
        said = sorted(
            f"{KIND_WORDS[key[0]].lower()} {(published.get(key) or scheduled[key])['name']}"
            for key in still
        )
        raise StillPublished(name=next(iter(names.values())), named_by=", ".join(said[:5]))
    return texts


def _naming(documents: Mapping[Key, Any], names: Mapping[Key, str]) -> Iterator[Key]:
    return naming(documents, {(key[0], name) for key, name in names.items()})
