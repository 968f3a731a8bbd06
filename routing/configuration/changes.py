"""How the rows differ from the newest version, object by object."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from config.collector import collector_paused
from routing.configuration.load import Snapshot
from routing.configuration.piece import Key, Piece
from routing.configuration.rows.pieces import pieces_of, pieces_of_rows
from routing.engine.conditions import ConditionError
from routing.engine.configuration import compile_piece
from routing.exceptions import InvalidRules

# Kind and row ids that a caller knows to be all it changed.
Only = tuple[str, Collection[int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """An object that differs from the newest version; no piece when its row is gone."""

    key: Key
    name: str
    piece: Piece | None


def changes_of_rows(newest: Snapshot, only: Only | None = None) -> list[Change]:
    """What differs; a new name reaches all that say the name, so then everything is read."""
    if only is None or newest.stamp is None:
        return _differences(newest, newest.entries, pieces_of_rows())
    kind, ids = only
    known = [(kind, object_id) for object_id in ids if (kind, object_id) in newest.entries]
    changes = _differences(newest, known, pieces_of(kind, ids))
    if all(_keeps_its_name(newest, change) for change in changes):
        return changes
    return _differences(newest, newest.entries, pieces_of_rows())


def refuse_what_does_not_compile(changes: Iterable[Change]) -> None:
    """Refuses rules that the engine cannot read with InvalidRules."""
    with collector_paused():
        findings = [
            finding for change in changes if change.piece for finding in _findings(change.piece)
        ]
    if findings:
        raise InvalidRules(findings=findings)


def _differences(newest: Snapshot, known: Iterable[Key], pieces: dict[Key, Piece]) -> list[Change]:
    gone = [
        Change(key=key, name=newest.entries[key].name, piece=None)
        for key in known
        if key not in pieces
    ]
    return gone + [
        Change(key=key, name=piece.name, piece=piece)
        for key, piece in pieces.items()
        if key not in newest.entries or newest.entries[key].hash != piece.hash
    ]


def _keeps_its_name(newest: Snapshot, change: Change) -> bool:
    """False also for templates, whose values stand in workstreams."""
    if change.key[0] == "notification_template":
        return False
    known = newest.entries.get(change.key)
    return known is None or change.piece is None or known.name == change.name


def _findings(piece: Piece) -> list[dict[str, str]]:
    path = f"{piece.kind}.{piece.name}"
    try:
        compile_piece(piece.kind, piece.document, id=piece.object_id)
    except ConditionError as error:
        return [{"path": f"{path}.{error.path}", "message": error.message}]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [{"path": path, "message": f"Routing cannot read this: {error}"}]
    return []
