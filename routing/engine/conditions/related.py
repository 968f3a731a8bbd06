"""Related records that conditions reach: which, how deep, and how often."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

# From each record to those it is linked with. A conversation is linked with contact, account and
# case; a record that is routed is itself where its conditions begin.
RELATED: Final[Mapping[str, tuple[str, ...]]] = {
    "record": ("contact", "account"),
    "case": ("contact", "account"),
    "contact": ("account",),
    "account": (),
}
ROOT: Final = "record"


def related_record(path: str) -> tuple[str, ...]:
    """The records on the way to a field: `case.contact.name` is of ("case", "contact")."""
    steps = path.split(".")
    if steps[0] not in RELATED:
        return ()
    way = [steps[0]]
    for step in steps[1:-1]:
        if step not in RELATED[way[-1]]:
            break
        way.append(step)
    return tuple(way)


def levels(path: str) -> int:
    """How many related records deep a field lies; the routed record's own fields lie at 0."""
    way = related_record(path)
    return len(way) - (way[:1] == (ROOT,))


def number_of_links(condition: Mapping[str, Any]) -> int:
    """How often a well-formed condition goes to a related record; rows of one group about the
    same record go there together."""
    return sum(len(links) for links in _links_of_groups(condition))


def _links_of_groups(condition: Mapping[str, Any]) -> Iterator[set[tuple[str, ...]]]:
    rows: list[Mapping[str, Any]] = []
    for child in _children(condition):
        if "field" in child:
            rows.append(child)
        else:
            yield from _links_of_groups(child)
    yield {link for row in rows for link in _links(row["field"])}


def _children(condition: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if "field" in condition:
        return [condition]
    [inside] = condition.values() or [[]]
    return [inside] if isinstance(inside, Mapping) else list(inside)


def _links(path: str) -> Iterator[tuple[str, ...]]:
    way = related_record(path)
    first = 2 if way[:1] == (ROOT,) else 1
    yield from (way[:length] for length in range(first, len(way) + 1))
