"""One workstream and everything that it names, as a document that another organisation can read."""

from collections.abc import Iterator
from typing import Any

from routing.configuration.documents.built_in import built_in_keys
from routing.configuration.documents.document import as_text
from routing.configuration.documents.readable import readable
from routing.configuration.documents.references import COMPARED_KINDS, renamed
from routing.configuration.documents.schema import FORMAT, SECTIONS, WORKSTREAM, in_order
from routing.configuration.piece import Piece
from routing.configuration.rows.pieces import pieces_of_rows
from workstreams.models import Workstream

Document = dict[str, Any]
ByKey = dict[tuple[str, str], Piece]


def export_workstream(workstream_id: int) -> str:
    """The same as text; equal configuration is equal text, byte for byte."""
    return as_text(workstream_document(workstream_id))


def workstream_document(workstream_id: int) -> Document:
    """Built-in templates, presences and record types stay out: every organisation has them.

    Of replies and models that are for several workstreams it says only this one. Raises
    Workstream.DoesNotExist, for deleted ones too.
    """
    pieces = pieces_of_rows()
    found = pieces.get(("workstream", workstream_id))
    if found is None:
        raise Workstream.DoesNotExist(f"workstream {workstream_id}")
    named = _named(found, pieces={_key(piece): piece for piece in pieces.values()})
    replies = _replies(found.name, pieces.values())
    chosen = sorted((*named, *replies), key=lambda one: (one[1].name.casefold(), one[1].name))
    whole: Document = {"format": FORMAT, "scope": WORKSTREAM}
    for kind, section in SECTIONS.items():
        rows = [readable(in_order(kind, entry)) for own, _, entry in chosen if own == kind]
        if rows:
            whole[section] = rows
    return whole


def _key(piece: Piece) -> tuple[str, str]:
    return piece.kind, piece.name.lower()


def _named(start: Piece, *, pieces: ByKey) -> Iterator[tuple[str, Piece, Document]]:
    """The workstream, what it names, what that names, and so on; each once."""
    built_in, waiting, seen = built_in_keys(), [start], {_key(start)}

    def follow(kind: str, name: str, path: str) -> str:
        key = (COMPARED_KINDS.get(kind, kind), name.lower())
        piece = pieces.get(key)
        if piece and key not in seen and key[1] not in built_in.get(key[0], ()):
            seen.add(key)
            waiting.append(piece)
        return name

    while waiting:
        piece = waiting.pop()
        entry = piece.document
        if piece.kind == "learned_model" and entry["workstreams"]:
            entry = entry | {"workstreams": [start.name]}
        yield piece.kind, piece, entry
        renamed(piece.kind, entry, follow)


def _replies(workstream: str, pieces: Any) -> Iterator[tuple[str, Piece, Document]]:
    for piece in pieces:
        if piece.kind == "quick_reply":
            entry = piece.document
            if workstream in entry["workstreams"]:
                yield piece.kind, piece, entry | {"workstreams": [workstream]}
