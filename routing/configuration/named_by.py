"""Which documents name an object."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from routing.configuration.documents.references import COMPARED_KINDS, renamed, renamed_intake
from routing.configuration.documents.schema import FIELDS
from routing.configuration.piece import Key

Named = tuple[str, str]


def naming(documents: Mapping[Key, Any], names: Set[Named]) -> Iterator[Key]:
    """The keys of documents that name one of the objects (kind and name)."""
    wanted = {(kind, name.lower()) for kind, name in names}
    for said, of in COMPARED_KINDS.items():
        wanted |= {(said, name) for kind, name in wanted if kind == of}
    for key, document in documents.items():
        if any(name in wanted for name in names_in(key[0], document)):
            yield key


def names_in(kind: str, document: Mapping[str, Any]) -> list[Named]:
    """All that one document names, in lower case."""
    found: list[Named] = []

    def collect(named: str, name: str, path: str) -> str:
        found.append((named, name.lower()))
        return name

    if kind == "intake":
        renamed_intake(document["rules"], collect)
    elif kind in FIELDS:
        renamed(kind, document, collect)
    return found
