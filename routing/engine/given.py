"""What a batch had given before it came to an item, and what of that in vain."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

# More lost proposals than these are only counted.
MOST_LOST: Final = 8
MOST_ROWS_OF_LOST: Final = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """Work that the same batch had given before, in turn."""

    agent_id: int
    queue_id: int
    units: int
    profiles: tuple[str, ...] = ()


# To somebody who was not looked at: only the turn that it took counts.
ELSEWHERE: Final = Given(agent_id=0, queue_id=0, units=0)


def lost_of(own: Mapping[str, Any]) -> tuple[tuple[int, Given], ...]:
    """What ``rows_of`` kept of what was given in vain."""
    found: list[tuple[int, Given]] = []
    for at, *row in own.get("lost", ()):
        if len(row) == 1:
            found += [(at, ELSEWHERE)] * row[0]
        else:
            agent, queue, units, held = row
            given = Given(agent_id=agent, queue_id=queue, units=units, profiles=tuple(held))
            found.append((at, given))
    return tuple(found)


def rows_of(lost: Sequence[tuple[int, Given]]) -> list[list[Any]] | int:
    """Of what went elsewhere only how many in a row; all of it as their number where there are
    too many."""
    rows: list[list[Any]] = []
    named = 0
    for at, given in lost:
        if given is not ELSEWHERE:
            named += 1
            rows.append([at, given.agent_id, given.queue_id, given.units, list(given.profiles)])
        elif rows and len(rows[-1]) == 2 and rows[-1][0] == at:
            rows[-1][1] += 1
        else:
            rows.append([at, 1])
    is_short = named <= MOST_LOST and len(rows) <= MOST_ROWS_OF_LOST
    return rows if is_short else len(lost)


def in_turn(kept: Sequence[Given], lost: Sequence[tuple[int, Given]]) -> Iterator[Given]:
    """What was kept, with what was lost in its places between."""
    for index, given in enumerate(kept):
        yield from (each for after, each in lost if after == index)
        yield given
    yield from (each for after, each in lost if after >= len(kept))
