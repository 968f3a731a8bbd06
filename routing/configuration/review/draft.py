"""What is edited and not published yet, in plain words."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from routing.configuration.changes import Change, changes_of_rows
from routing.configuration.documents.diff import (
    KIND_ORDER,
    Difference,
    differences,
    documents_before,
)
from routing.configuration.edited import TEXTS
from routing.configuration.load import Entry, Snapshot, newest_snapshot
from routing.configuration.piece import Key
from routing.configuration.published import Published, publishable
from routing.engine.configuration import compile_piece
from routing.models import DraftChange

# Kinds that desks, channels, people's limits and predictions read from their rows.
READ_FROM_ROWS: Final = (
    *TEXTS,
    "presence",
    "capacity_profile",
    "record_type",
    "identification",
    "learned_model",
)
# The same of a workstream, by the words of the difference.
READ_FROM_WORKSTREAM: Final = (
    "bot",
    "assist bots",
    "session template",
    "context variables",
    "identification",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftEntry:
    """One object: what would change, who edited it last, and when."""

    kind: str
    object_id: int
    name: str
    hash: str
    differences: list[Difference]
    by: str = ""
    at: datetime | None = None

    @property
    def key(self) -> str:
        """As addresses and forms name it."""
        return f"{self.kind}:{self.object_id}"

    @property
    def kind_words(self) -> str:
        return self.differences[0].kind_words if self.differences else self.kind

    @property
    def acts_already(self) -> bool:
        """Whether all of it is read from the rows, so that publishing only writes it down."""
        if self.kind in READ_FROM_ROWS:
            return True
        return bool(self.differences) and all(acts for _, acts in self.lines)

    @property
    def lines(self) -> list[tuple[Difference, bool]]:
        """What differs, each with whether it is read from the rows."""
        is_read = self.kind in READ_FROM_ROWS
        fields = READ_FROM_WORKSTREAM if self.kind == "workstream" else ()
        return [(each, is_read or each.field.startswith(fields)) for each in self.differences]


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """All of it, against the version it would follow. ``state`` is another after each edit."""

    base: int
    state: str
    entries: list[DraftEntry]

    @property
    def people(self) -> list[str]:
        return sorted({entry.by for entry in self.entries if entry.by})

    @property
    def seen(self) -> str:
        """What somebody who looks at it has seen of each object."""
        return " ".join(f"{entry.key}:{entry.hash[:12]}" for entry in self.entries)


def draft() -> Draft:
    """The draft as the rows stand now."""
    newest = newest_snapshot()
    changes = changes_of_rows(newest)
    keys = [change.key for change in changes]
    before = documents_before(keys, newest.number)
    rows = {(row.kind, row.object_id): row for row in DraftChange.objects.all()}
    entries = [_entry(change, before.get(change.key), rows.get(change.key)) for change in changes]
    return Draft(
        base=newest.number,
        state=state_of(changes),
        entries=sorted(entries, key=lambda each: (KIND_ORDER.get(each.kind, 99), each.name)),
    )


def state_of(changes: Iterable[Change]) -> str:
    """The same for the same edits."""
    return _digest((change.key, change.piece.hash if change.piece else "") for change in changes)


def state_of_rows() -> str:
    """The same without reading more than the draft's own rows."""
    rows = DraftChange.objects.values_list("kind", "object_id", "hash")
    return _digest(((kind, object_id), hash_) for kind, object_id, hash_ in rows)


def changed_since(seen: str) -> list[DraftEntry]:
    """What was edited after somebody saw the draft so."""
    known = dict(part.rsplit(":", 1) for part in seen.split() if part.count(":") == 2)
    return [each for each in draft().entries if known.get(each.key) != each.hash[:12]]


def drafted() -> Published:
    """The draft compiled, as if it were published; only what differs is compiled."""
    newest = newest_snapshot()
    return with_changes(newest, changes_of_rows(newest))


def with_changes(newest: Snapshot, changes: Sequence[Change]) -> Published:
    """A version with changes laid over it."""
    entries = dict(newest.entries)
    for change in changes:
        if change.piece is None:
            entries.pop(change.key, None)
            continue
        kind, object_id = change.key
        compiled = compile_piece(kind, change.piece.document, id=object_id)
        entries[change.key] = Entry(name=change.name, hash=change.piece.hash, compiled=compiled)
    return publishable(newest.number, [entry.compiled for entry in entries.values()])


def _entry(change: Change, before: object, row: DraftChange | None) -> DraftEntry:
    kind, object_id = change.key
    after = change.piece.document if change.piece else None
    known = before if isinstance(before, dict) else None
    return DraftEntry(
        kind=kind,
        object_id=object_id,
        name=change.name,
        hash=change.piece.hash if change.piece else "",
        differences=list(differences(kind, known, after)),
        by=row.by if row else "",
        at=row.at if row else None,
    )


def _digest(pairs: Iterable[tuple[Key, str]]) -> str:
    lines = sorted(f"{kind} {object_id} {hash_}" for (kind, object_id), hash_ in pairs)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
