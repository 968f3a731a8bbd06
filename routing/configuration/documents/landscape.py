"""The organisation as it is, and as a document would make it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from routing.configuration.documents.schema import FIELDS, REQUIRED, SECTIONS, in_order
from routing.configuration.rows.pieces import pieces_of_rows

Document = dict[str, Any]
# Kind, then name in lower case: names differ by more than case.
ByName = dict[str, dict[str, Document]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Landscape:
    """Entries by kind and name: what is there, and that with the document laid over it."""

    present: ByName
    ids: Mapping[tuple[str, str], int]
    wanted: ByName = field(default_factory=dict)

    def after(self, kind: str) -> dict[str, Document]:
        """All entries of a kind once the document is imported."""
        return self.present.get(kind, {}) | self.wanted.get(kind, {})


def landscape(document: Mapping[str, Any]) -> Landscape:
    """Fields that the document leaves out stay as they are, or get their defaults."""
    present: ByName = {kind: {} for kind in SECTIONS}
    ids: dict[tuple[str, str], int] = {}
    for (kind, object_id), piece in pieces_of_rows().items():
        name = piece.name.lower()
        ids[kind, name] = object_id
        is_intake = kind == "intake"
        present[kind][name] = piece.document if is_intake else in_order(kind, piece.document)
    wanted = {kind: _completed(kind, document, present[kind]) for kind in FIELDS}
    return Landscape(present=present, ids=ids, wanted=wanted)


def entries(document: Mapping[str, Any], kind: str) -> list[tuple[int, Document]]:
    """The section's entries that can be looked at, with their places."""
    section = document.get(SECTIONS[kind])
    if not isinstance(section, list):
        return []
    return [(index, entry) for index, entry in enumerate(section) if isinstance(entry, dict)]


def _completed(
    kind: str, document: Mapping[str, Any], present: Mapping[str, Document]
) -> dict[str, Document]:
    defaults = {
        key: each.default for key, each in FIELDS[kind].items() if each.default is not REQUIRED
    }
    return {
        entry["name"].lower(): defaults | present.get(entry["name"].lower(), {}) | entry
        for _, entry in entries(document, kind)
        if isinstance(entry.get("name"), str)
    }
