"""The order of work: queues by priority number, and oldest first across queues of one number."""

from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heapreplace
from operator import attrgetter
from typing import Final

from routing.engine.configuration import Queue
from routing.engine.facts import ItemFacts

OLDEST_FIRST: Final = attrgetter("waiting_since", "id")

GroupKey = tuple[int | None, str, int | None]


class Group:
    """Waiting items of one queue that the same agents may take; once blocked, for all of them."""

    __slots__ = ("is_blocked", "items", "next")

    def __init__(self) -> None:
        self.items: list[ItemFacts] = []
        self.next = 0
        self.is_blocked = False

    @property
    def first(self) -> ItemFacts:
        """Any item speaks for all; the first one does."""
        return self.items[0]


def into_groups(items: Iterable[ItemFacts]) -> list[Group]:
    """Interchangeable items together, oldest first; one that was declined stands alone."""
    groups: dict[GroupKey, Group] = {}
    for item in items:
        alone = item.id if item.declined or item.cooling_down else None
        key = item.queue_id, item.requirement_key, alone
        group = groups.get(key)
        if group is None:
            group = groups[key] = Group()
        group.items.append(item)
    for group in groups.values():
        group.items.sort(key=OLDEST_FIRST)
    return list(groups.values())


def in_order(work: Iterable[tuple[Queue, Group]]) -> Iterator[Group]:
    """The group whose next item is due, again and again; `next` says which item that is.

    The caller sets `is_blocked` on a group that nobody can take: it is not looked at again.
    """
    due = [_due(queue, group) for queue, group in work]
    heapify(due)
    while due:
        _, _, _, queue, group = due[0]
        yield group
        group.next += not group.is_blocked
        if group.is_blocked or group.next >= len(group.items):
            heappop(due)
        else:
            heapreplace(due, _due(queue, group))


def affinity_first(items: Iterable[ItemFacts], queues: dict[int, Queue]) -> list[ItemFacts]:
    """Items that go back to their agent, in the order of work among themselves."""
    return sorted(items, key=lambda item: (_priority(item, queues), item.waiting_since, item.id))


def _priority(item: ItemFacts, queues: dict[int, Queue]) -> int:
    queue = queues.get(item.queue_id or 0)
    return queue.priority if queue else 0


def _due(queue: Queue, group: Group) -> tuple[int, object, int, Queue, Group]:
    item = group.items[group.next]
    return queue.priority, item.waiting_since, item.id, queue, group
