"""What is different between two versions, in plain words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from routing.configuration.documents.schema import FIELDS, key_of
from routing.configuration.documents.words import KIND_WORDS, NOTHING, facts
from routing.configuration.load import documents_of
from routing.configuration.piece import Key

# What some objects said in one version.
BEFORE: Final = """
SELECT DISTINCT ON (change.kind, change.object_id)
       change.kind, change.object_id, piece.document::text
FROM unnest(%s::text[], %s::bigint[]) AS wanted (kind, object_id)
JOIN routing_configurationchange change USING (kind, object_id)
LEFT JOIN routing_configurationpiece piece ON piece.hash = change.piece_id
WHERE change.version_id <= %s
ORDER BY change.kind, change.object_id, change.version_id DESC
"""
# Kind, and what an object said before and after; nothing where it was not there.
Pair = tuple[str, Any, Any]
KIND_ORDER: Final = {kind: index for index, kind in enumerate(KIND_WORDS)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One field that differs; a whole object that came or went has no field."""

    kind: str
    name: str
    field: str
    before: str
    after: str

    @property
    def kind_words(self) -> str:
        return KIND_WORDS.get(self.kind, self.kind)

    @property
    def sentence(self) -> str:
        who = f"{self.kind_words} “{self.name}”"
        if not self.field:
            return f"{who} was {self.after or self.before}."
        return f"{who}: {self.field} changed from {self.before} to {self.after}."


def diff(a: int, b: int, *, by_name: bool = False) -> list[Difference]:
    """What to change in version ``a`` to get version ``b``; costs as much as the changes.

    ``by_name`` takes what was made again under the same name for the same object.
    """
    low, high = sorted((a, b))
    later = documents_of(high, after=low) if low else documents_of(high)
    earlier = documents_before(list(later), low)
    pairs = [(key[0], earlier.get(key), document) for key, document in later.items()]
    found = [
        difference
        for kind, before, after in (_made_again(pairs) if by_name else pairs)
        for difference in differences(kind, *((before, after) if a <= b else (after, before)))
    ]
    return sorted(found, key=lambda one: (KIND_ORDER.get(one.kind, 99), one.name.casefold()))


def _made_again(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """What went and what came under the same name, as one; an empty list of rules has no name."""
    came = {
        (kind, key_of(kind, after)): after
        for kind, before, after in pairs
        if before is None and after is not None and kind in FIELDS
    }
    went = {
        (kind, key_of(kind, before)): before
        for kind, before, after in pairs
        if before is not None and after is None and kind in FIELDS
    }
    both = came.keys() & went.keys()
    yield from ((kind, went[kind, name], came[kind, name]) for kind, name in both)
    for kind, before, after in pairs:
        whole = before if after is None else after if before is None else None
        if whole is None or kind not in FIELDS or (kind, key_of(kind, whole)) not in both:
            yield kind, before, after


def differences(
    kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> Iterator[Difference]:
    """What differs between two documents of one object, field by field."""
    if before is None or after is None:
        whole = after or before
        if whole is not None:
            verb = "added" if after else "removed"
            yield Difference(kind=kind, name=whole["name"], field="", before="", after=verb)
        return
    old, new = facts(_authored(kind, before)), facts(_authored(kind, after))
    for label in {**new, **old}:
        said, says = old.get(label, NOTHING), new.get(label, NOTHING)
        if said != says:
            yield Difference(kind=kind, name=after["name"], field=label, before=said, after=says)


def _authored(kind: str, document: Mapping[str, Any]) -> Mapping[str, Any]:
    """In the reading order; what a template says of offers is kept, for it decides."""
    order = [*FIELDS.get(kind, {}), *document]
    return {key: document[key] for key in dict.fromkeys(order) if key in document}


def documents_before(keys: list[Key], number: int) -> dict[Key, Any]:
    """The documents of these objects as that version had them, None of such as were gone; 1 query.

    Without compiling a version, which takes as long as it is large.
    """
    if not keys or not number:
        return {}
    kinds, ids = zip(*keys, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(BEFORE, [list(kinds), list(ids), number])
        return {(kind, pk): text and json.loads(text) for kind, pk, text in cursor.fetchall()}
