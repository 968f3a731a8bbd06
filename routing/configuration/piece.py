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
    """One object's document with the hash of its content."""

    kind: str
    object_id: int
    name: str
    document: Mapping[str, Any]
    hash: str


def make_piece(kind: str, object_id: int, document: Mapping[str, Any]) -> Piece:
    """The piece of a document; its name is the document's own."""
    return Piece(
        kind=kind,
        object_id=object_id,
        name=document["name"],
        document=document,
        hash=content_hash(kind, document),
    )


def content_hash(kind: str, document: Mapping[str, Any]) -> str:
    """The same for equal content, whatever the order of its keys."""
    return hashlib.sha256(f"{kind}\n{canonical(document)}".encode()).hexdigest()


def canonical(document: Any) -> str:
    """JSON with sorted keys and without blanks."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
