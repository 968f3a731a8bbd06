"""The order of work (A 9.1): queues by priority number; of one number first those that go by age,
as one list, then those with an order of their own, by name."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import heapify, heappop, heapreplace
from operator import attrgetter, itemgetter
from typing import Any, Final

from routing.engine.configuration import CompiledConfiguration, Queue
from routing.engine.facts import ItemFacts
from routing.engine.methods.items import Place, lot_of, place_of
from routing.engine.methods.shapes import CustomMethod
from workstreams.terms import MethodKind

OLDEST_FIRST: Final = attrgetter("waiting_since", "id")
WAITING_LONGEST: Final = itemgetter(0, 1)

Turn = tuple[datetime, int, ItemFacts]

GroupKey = tuple[Any, ...]


class Group:
    """Waiting items of one queue that the same agents may take; once blocked, for all of them.

    ``turns`` say since when each waits, its id, and the facts that speak for it; ``places`` where
    it stands in a queue that does not go by age alone. ``is_whole`` says that the queue matches
    all its items at once, ``is_settled`` that it has; ``is_wanted`` that it is one item which a
    preferred agent may have. Either ``is_apart`` from groups that go item by item. ``stands_at`` is
    what it stands by instead of its queue's name, where several queues are matched at once.
    """

    __slots__ = (
        "is_apart",
        "is_blocked",
        "is_settled",
        "is_wanted",
        "is_whole",
        "next",
        "places",
        "stands_at",
        "turns",
    )

    def __init__(self, *, is_whole: bool = False) -> None:
        self.turns: list[Turn] = []
        self.places: list[Place] = []
        self.next = 0
        self.is_blocked = False
        self.is_whole = self.is_apart = is_whole
        self.is_wanted = False
        self.is_settled = False
        self.stands_at: tuple[Any, ...] | None = None

    @property
    def first(self) -> ItemFacts:
        """Any item speaks for all; the first one does."""
        return self.turns[0][2]

    @property
    def due(self) -> ItemFacts:
        """The item whose turn it is."""
        return _facts(self.turns[self.next])

    @property
    def left(self) -> list[ItemFacts]:
        """The items that have not had their turn."""
        return [_facts(turn) for turn in self.turns[self.next :]]

    def add(self, item: ItemFacts) -> None:
        """Take it up with those behind it."""
        self.turns.append((item.waiting_since, item.id, item))
        self.turns += [(since, id, item) for since, id in item.behind]

    def keep(self, items: Iterable[ItemFacts]) -> None:
        """Begin anew with these."""
        self.turns = [(item.waiting_since, item.id, item) for item in items]
        self.next = 0


def _facts(turn: Turn) -> ItemFacts:
    since, id, item = turn
    return item if item.id == id else item.like(since, id)


def into_groups(
    items: Iterable[ItemFacts], configuration: CompiledConfiguration, now: datetime
) -> list[Group]:
    """Interchangeable items together, in their queue's order; one that was declined is alone."""
    groups: dict[GroupKey, Group] = {}
    for item in items:
        method = configuration.method_of(item.queue_id)
        alone = item.id if item.declined or item.cooling_down else None
        key = item.queue_id, item.requirement_key, alone, lot_of(method, item, now)
        group = groups.get(key)
        if group is None:
            is_whole = method is not None and method.kind is MethodKind.BEST_MATCH
            group = groups[key] = Group(is_whole=is_whole)
        group.add(item)
    for group in groups.values():
        group.turns.sort(key=WAITING_LONGEST)
        method = configuration.method_of(group.first.queue_id)
        if method is not None and method.prioritization:
            _prioritize(group, method, now)
    return list(groups.values())


def each_alone(
    items: Iterable[ItemFacts], configuration: CompiledConfiguration, now: datetime
) -> Iterator[Group]:
    """Items that a preferred agent may have, each where it stands in its own queue."""
    for item in items:
        [group] = into_groups([item], configuration, now)
        group.is_wanted = group.is_apart = True
        yield group


def in_order(work: Iterable[tuple[Queue, Group]]) -> Iterator[Group]:
    """The group whose next item is due, again and again; `next` says which item that is.

    The caller sets `is_blocked` on a group that nobody can take: it is not looked at again.
    """
    due = [_due(queue, group) for queue, group in work]
    heapify(due)
    while due:
        *_, queue, group = due[0]
        yield group
        group.next += not group.is_blocked
        if group.is_blocked or group.next >= len(group.turns):
            heappop(due)
        else:
            heapreplace(due, _due(queue, group))


def place_by_name(queue: Queue) -> tuple[str, int]:
    """Where a queue with an order of its own stands among those of its number."""
    return queue.name.casefold(), queue.id


def affinity_first(items: Iterable[ItemFacts], queues: dict[int, Queue]) -> list[ItemFacts]:
    """Items that go back to their agent, in the order of work among themselves."""
    return sorted(items, key=lambda item: (_priority(item, queues), item.waiting_since, item.id))


def _priority(item: ItemFacts, queues: dict[int, Queue]) -> int:
    queue = queues.get(item.queue_id or 0)
    return queue.priority if queue else 0


def _prioritize(group: Group, method: CustomMethod, now: datetime) -> None:
    """By bucket and its order; of equals the oldest first, as they stand."""
    placed = [
        (turn[2].place or place_of(method, turn[2].fields, now), turn) for turn in group.turns
    ]
    placed.sort(key=itemgetter(0))
    group.places = [place for place, _ in placed]
    group.turns = [turn for _, turn in placed]


def _due(queue: Queue, group: Group) -> tuple[Any, ...]:
    since, id, _ = group.turns[group.next]
    if not group.places and not group.is_whole:
        return queue.priority, 0, "", (), since, id, queue, group
    place = group.places[group.next] if group.places else ()
    name = group.stands_at or place_by_name(queue)
    return queue.priority, 1, name, place, since, id, queue, group
