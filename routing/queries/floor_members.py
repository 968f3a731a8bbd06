"""How many members of each queue there are, and in a presence in which they could be given work."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from agents.terms import MOST_SESSIONS, BasePresence
from routing.engine.configuration import CompiledConfiguration
from routing.engine.presence import presence_in_use
from routing.queries.floor_presences import (
    USUAL,
    allowed_presences,
    expected_presences,
    together,
)
from routing.sql import statement

BASES: Final = list(BasePresence)


@dataclass(frozen=True, kw_only=True)
class Members:
    """By queue, the enabled members, those of them who are signed in, and those in a presence in
    which they could be given something."""

    all: Counter[int] = field(default_factory=Counter)
    signed_in: Counter[int] = field(default_factory=Counter)
    taking: Counter[int] = field(default_factory=Counter)


def members(waiting: Mapping[int, Collection[int]], compiled: CompiledConfiguration) -> Members:
    """``waiting`` are the workstreams whose work waits, by queue; where nothing waits it goes by
    what may come there. 1 query."""
    wanted = expected_presences(compiled) | {
        queue: together(allowed_presences(compiled, queue, each) for each in workstreams)
        for queue, workstreams in waiting.items()
    }
    found = Members()
    for queue, base, presence, number in _presences():
        found.all[queue] += number
        if base is None:
            continue
        found.signed_in[queue] += number * (base != BasePresence.OFFLINE)
        found.taking[queue] += number * (presence in wanted.get(queue, USUAL))
    return found


def _presences() -> Iterator[tuple[int, BasePresence | None, BasePresence | None, int]]:
    """Of each queue the presences that members chose or got, those that routing goes by, and how
    many members are in them."""
    with connection.cursor() as cursor:
        names: dict[str, Any] = {"bases": BASES, "most": MOST_SESSIONS}
        cursor.execute(statement("presences_by_queue"), names)
        rows: list[tuple[int, int, int]] = cursor.fetchall()
    known = {number: _presence(number) for _, number, _ in rows}
    for queue, number, count in rows:
        yield queue, *known[number], count


def _presence(number: int) -> tuple[BasePresence | None, BasePresence | None]:
    """What the statement put into one number."""
    place, rest = divmod(number, 8)
    if not place:
        return None, None
    base = BASES[place - 1]
    in_use = presence_in_use(
        base,
        follows=not rest & 4,
        is_in_use=bool(rest & 2),
        items_held=MOST_SESSIONS if rest & 1 else 0,
    )
    return base, in_use
