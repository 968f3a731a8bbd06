"""Which waiting items a cycle looks at, and the facts of those."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from agents.terms import BasePresence
from routing import configuration
from routing.engine.facts import AgentFacts, ItemFacts
from routing.engine.staff import Staff
from routing.queries.blocked_groups import Arrays
from routing.queries.fields_of_waiting import (
    Firsts,
    Sort,
    fields_of,
    first_of_each_sort,
    methods_by_queue,
    places_of,
)
from routing.queries.item_facts import AHEAD, KEY, PREFERRED, facts_of, read_named
from routing.sql import array_of, statement

# However many groups wait, this many items of each are read.
LEAST_OF_GROUP: Final = 10
# Items with declines or an agent to go back to are looked at one by one: the oldest of them, and
# where there are more as many of the others in turn, and of the latest those that go back.
MOST_PERSONAL: Final = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """Items that somebody might take, and how much of each group was read: at most ``share`` of
    it. In the ``looked_at`` queues, whose method looks at each item, ``unread`` says exactly which
    sorts have more.
    """

    items: list[ItemFacts]
    share: int
    looked_at: Collection[int]
    unread: Collection[Sort]


def load_items(
    *,
    published: configuration.Published,
    queue_ids: Sequence[int] | None,
    now: datetime,
    limit: int,
    blocked: Arrays,
    staff: Staff | None = None,
) -> Waiting:
    """Waiting pushed items that somebody might take, the oldest of each group, others behind it.

    Groups that are known to be ``blocked``, by queue and requirement, are not read, nor are
    queues where none of the ``staff`` is ready; without staff the tables are asked. About
    ``limit`` in all, and half as many more of the queues that are worked through first.
    """
    names = {
        "queue_ids": None if queue_ids is None else list(queue_ids),
        "limit": limit,
        "least": LEAST_OF_GROUP,
        "most_personal": MOST_PERSONAL,
        "turn": int(now.timestamp()),
        "staffed": None if staff is None else _staffed(staff, published),
        "presences": _allowed_anywhere(published),
        "is_weightless": _is_weightless_anywhere(published),
        "prefers": published.compiled.service.preferred_agents,
        "waits": _waits_for_preferred(published),
        "blocked_queues": blocked.queues,
        "blocked_keys": blocked.keys,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("waiting_items"), names)
        rows = cursor.fetchall()
    share = rows[0][-1] if rows else 0
    read = [row[:-1] for row in rows]
    methods = methods_by_queue(published)
    looked_at = {row[2] for row in read if row[2] in methods}
    unread: Collection[Sort] = ()
    if looked_at:
        firsts = first_of_each_sort(
            published=published,
            queue_ids=looked_at,
            share=share,
            more=limit // 2,
            waits=_waits_for_preferred(published),
            now=now,
        )
        read = _by_method(read, looked_at, firsts, published)
        unread = firsts.unread
    fields = fields_of({row[0]: row[2] for row in read}, published, as_remembered=True)
    items = facts_of(read, fields, published, now, places_of(looked_at, published))
    return Waiting(items=items, share=share, looked_at=looked_at, unread=unread)


def _by_method(
    rows: list[tuple[Any, ...]],
    queues: Collection[int],
    firsts: Firsts,
    published: configuration.Published,
) -> list[tuple[Any, ...]]:
    """The same, with what comes first where the queue's method looks at each item, in place of
    the oldest. Items with a history, and those read out of turn, stay; and so do the oldest whose
    customers prefer somebody: where they come later, they are out of turn here."""
    wanted = set(firsts.ids)
    rows = [
        (*row[:AHEAD], row[AHEAD] or _is_for_somebody(row), None, None) if row[2] in queues else row
        for row in rows
    ]
    stay = [row for row in rows if row[2] not in queues or row[0] in wanted or _is_apart(row)]
    there = {row[0] for row in stay}
    # What stood apart keeps its turn; what is among the chosen is nobody's alone.
    stay = [(*row[:AHEAD], False, None, None) if row[0] in wanted else row for row in stay]
    return stay + read_named(published, [id for id in firsts.ids if id not in there])


def _is_for_somebody(row: tuple[Any, ...]) -> bool:
    """Whether its customer prefers somebody; what has a history has a turn of its own."""
    return bool(row[PREFERRED]) and ":" not in row[KEY]


def _is_apart(row: tuple[Any, ...]) -> bool:
    return ":" in row[KEY] or bool(row[AHEAD])


def _allowed_anywhere(published: configuration.Published) -> list[str]:
    if published.compiled.methods:
        # Their rules say which presences they want; anybody who is there may be meant.
        return sorted(BasePresence)
    workstreams = published.compiled.workstreams.values()
    return sorted({presence for each in workstreams for presence in each.allowed_presences})


def _staffed(staff: Staff, published: configuration.Published) -> str:
    """The queues with a member who is there and has any room, as an array."""
    presences = frozenset(_allowed_anywhere(published))
    spare = 0 if _is_weightless_anywhere(published) else 1

    def is_ready(agent: AgentFacts) -> bool:
        return (
            agent.is_enabled
            and agent.base_presence in presences
            and (agent.units_used + spare <= (agent.units_limit or 0) or bool(agent.profiles))
        )

    return array_of(staff.ready_queues((presences, spare), is_ready))


def _is_weightless_anywhere(published: configuration.Published) -> bool:
    """Whether some work needs no room at all, so that agents who are full may take it."""
    capacities = [each.capacity for each in published.compiled.workstreams.values()]
    return any(each is None or not (each.units or each.profiles) for each in capacities)


def _waits_for_preferred(published: configuration.Published) -> bool:
    service = published.compiled.service
    return service.preferred_agents and service.waits_for_preferred_agent
