"""A piece: one configured object as a document that can be stored, compared and compiled."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Kind and row id: a renamed object stays the same object.
Key = tuple[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """One object's document as text, with the hash of its content."""

    kind: str
    object_id: int
    name: str
    text: str
    hash: str

    @property
    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.text)
        return document


def make_piece(kind: str, object_id: int, document: Mapping[str, Any]) -> Piece:
    """The piece of a document; its name is the document's own."""
    text = canonical(document)
    return Piece(
        kind=kind,
        object_id=object_id,
        name=document["name"],
        text=text,
        # Equal content of two kinds is two pieces.
        hash=hashlib.sha256(f"{kind}\n{text}".encode()).hexdigest(),
    )


def canonical(document: Any) -> str:
    """JSON with sorted keys and without blanks: the same for equal content."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
