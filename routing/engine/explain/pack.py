"""Keep a list of agents by column: what is the same of all is written once.

Most of the bytes that a batch writes are such lists, and the server takes as long for a byte as for
anything else of an assignment. Nothing is lost: unpacked, a list is as it was.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

Document = Mapping[str, Any]
# Values of agents by their names, one of each agent.
Table = Mapping[str, Sequence[Any]]

LIST: Final = "agents_considered"
NUMBERS: Final = "numbers"
NESTED: Final = (list, dict)


def packed(document: Document) -> Document:
    """The document with its agents by column; as it is where they are not all alike.

    ``{"count": 2, "all": {"eligible": true}, "each": {"agent": ["amira", "ben"]}}``; of the
    numbers ``all_numbers`` and ``each_number`` tell in the same way.
    """
    agents = document.get(LIST)
    if not agents or not isinstance(agents, list) or not _are_alike(agents):
        return document
    numbers = table_of([agent[NUMBERS] for agent in agents]) if NUMBERS in agents[0] else None
    columns = {name: values for name, values in table_of(agents).items() if name != NUMBERS}
    return {**document, LIST: by_column(len(agents), *_split(columns), numbers)}


def by_column(count: int, every: Document, each: Table, numbers: Table | None) -> dict[str, Any]:
    """So many agents as they are kept: what is said of ``every`` one, what of ``each`` in turn."""
    found: dict[str, Any] = {"count": count, "all": every, "each": each}
    if numbers is not None:
        found["all_numbers"], found["each_number"] = _split(numbers)
    return found


def table_of(rows: Sequence[Document]) -> dict[str, Sequence[Any]]:
    """The values of rows that are all alike, by their names."""
    if not rows:
        return {}
    columns = zip(*[row.values() for row in rows], strict=True)
    return dict(zip(rows[0], map(list, columns), strict=True))


def rows_of(table: Table) -> list[dict[str, Any]]:
    """The rows of such a table."""
    return [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]


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


def _split(columns: Table) -> tuple[dict[str, Any], dict[str, Sequence[Any]]]:
    every: dict[str, Any] = {}
    each: dict[str, Sequence[Any]] = {}
    for name, values in columns.items():
        if _is_one(values):
            every[name] = values[0]
        else:
            each[name] = values
    return every, each


def _is_one(values: Sequence[Any]) -> bool:
    """Whether all are one single value as JSON tells them: 1, 1.0 and true are three."""
    first = values[0]
    if values[-1] != first or isinstance(first, NESTED) or values.count(first) < len(values):
        return False
    return len(set(map(type, values))) == 1


def _rows(every: Document, each: Mapping[str, Sequence[Any]], count: int) -> list[dict[str, Any]]:
    return [
        {**every, **{name: values[place] for name, values in each.items()}}
        for place in range(count)
    ]
