"""Keep a list of agents by column: what is the same of all is written once.

Most of the bytes that a batch writes are such lists, and the server takes as long for a byte as for
anything else of an assignment. Nothing is lost: unpacked, a list is as it was.
"""

from collections.abc import Mapping, Sequence
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
    if not isinstance(kept, Mapping):
        return document
    count = kept["count"]
    agents = _rows(kept["all"], kept["each"], count)
    if "all_numbers" in kept:
        numbers = _rows(kept["all_numbers"], kept["each_number"], count)
        agents = [{**agent, NUMBERS: said} for agent, said in zip(agents, numbers, strict=True)]
    return {**document, LIST: agents}


def _are_alike(agents: Sequence[Document]) -> bool:
    """Whether all are told of in the same terms."""
    terms = agents[0].keys()
    if any(agent.keys() != terms for agent in agents):
        return False
    if NUMBERS not in terms:
        return True
    numbers = [agent[NUMBERS] for agent in agents]
    names = numbers[0].keys() if isinstance(numbers[0], Mapping) else None
    return names is not None and all(
        isinstance(each, Mapping) and each.keys() == names for each in numbers
    )


def _columns(rows: Sequence[Document], names: Any) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    every: dict[str, Any] = {}
    each: dict[str, list[Any]] = {}
    for name in names:
        values = [row[name] for row in rows]
        first = values[0]
        if all(value is first or _is_same(value, first) for value in values):
            every[name] = first
        else:
            each[name] = values
    return every, each


def _is_same(one: Any, other: Any) -> bool:
    """As JSON tells them: 1, 1.0 and true are three."""
    return type(one) is type(other) is not dict and one == other


def _rows(every: Document, each: Mapping[str, Sequence[Any]], count: int) -> list[dict[str, Any]]:
    return [
        {**every, **{name: values[place] for name, values in each.items()}}
        for place in range(count)
    ]
