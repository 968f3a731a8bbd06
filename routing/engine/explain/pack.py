"""Keep a list of agents by column: what is the same of all is written once.

Most of the bytes that a batch writes are such lists, and the server takes as long for a byte as for
anything else of an assignment. Nothing is lost: unpacked, a list is as it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

Document = Mapping[str, Any]

LIST: Final = "agents_considered"
NUMBERS: Final = "numbers"


def packed(document: Document) -> Document:
    """The document with its agents by column; as it is where they are not all alike.

    ``{"count": 2, "all": {"eligible": true}, "each": {"agent": ["amira", "ben"]}}``; of the
    numbers ``all_numbers`` and ``each_number`` tell in the same way.
    """
    agents = document.get(LIST)
    if not agents or not isinstance(agents, list) or not _are_alike(agents):
        return document
    every, each = _columns(agents, [name for name in agents[0] if name != NUMBERS])
    found: dict[str, Any] = {"count": len(agents), "all": every, "each": each}
    if NUMBERS in agents[0]:
        numbers = [agent[NUMBERS] for agent in agents]
        found["all_numbers"], found["each_number"] = _columns(numbers, numbers[0])
    return {**document, LIST: found}


def unpacked(document: Document) -> Document:
    """The document with its agents one by one, however they were kept."""
    kept = document.get(LIST)
    if not isinstance(kept, dict):
        return document
    count = kept["count"]
    agents = _rows(kept["all"], kept["each"], count)
    if "all_numbers" in kept:
        numbers = _rows(kept["all_numbers"], kept["each_number"], count)
        agents = [{**agent, NUMBERS: said} for agent, said in zip(agents, numbers, strict=True)]
    return {**document, LIST: agents}


def _are_alike(agents: Sequence[Document]) -> bool:
    """Whether all are told of in the same terms, in the same order."""
    if len({tuple(agent) for agent in agents}) > 1:
        return False
    if NUMBERS not in agents[0]:
        return True
    numbers = [agent[NUMBERS] for agent in agents]
    return {type(each) for each in numbers} == {dict} and len(
        {tuple(each) for each in numbers}
    ) == 1


def _columns(
    rows: Sequence[Document], names: Iterable[str]
) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    every: dict[str, Any] = {}
    each: dict[str, list[Any]] = {}
    for name in names:
        values = [row[name] for row in rows]
        if _is_one(values):
            every[name] = values[0]
        else:
            each[name] = values
    return every, each


def _is_one(values: list[Any]) -> bool:
    """Whether all are one single value as JSON tells them: 1, 1.0 and true are three."""
    first = values[0]
    if isinstance(first, list | dict) or values.count(first) < len(values):
        return False
    return len(set(map(type, values))) == 1


def _rows(every: Document, each: Mapping[str, Sequence[Any]], count: int) -> list[dict[str, Any]]:
    return [
        {**every, **{name: values[place] for name, values in each.items()}}
        for place in range(count)
    ]
