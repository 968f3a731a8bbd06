"""Read the situation of a cycle: waiting items and the agents of their queues."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Generator, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from routing import configuration
from routing.dispatcher.candidates import Candidates
from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import Proposal
from routing.engine.facts import AgentFacts, ItemFacts, changed
from routing.engine.methods.items import lot_of
from routing.engine.order import OLDEST_FIRST
from routing.engine.staff import Staff
from routing.queries.agent_facts import load_agents
from routing.queries.blocked_groups import Arrays
from routing.queries.waiting_items import Waiting, load_items

# Queue, requirement, and what a custom method tells items apart by.
Group = tuple[int | None, str, Hashable]

# More is read than one batch assigns, because some groups find no agent.
ITEMS_READ_PER_ASSIGNED: Final = 2


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Everything a batch decides on, read at one moment.

    ``read`` are the items, others of their group behind them. ``shares`` says how many of each
    group these are; of the ``unread`` groups more may wait that were not read. ``lots`` are of the
    items that custom methods look at.
    """

    read: list[ItemFacts]
    staff: Staff
    lots: dict[int, Hashable]
    shares: Counter[Group]
    unread: Collection[Group] = ()

    @property
    def agents(self) -> list[AgentFacts]:
        """All of the staff, by id."""
        return sorted(self.staff, key=lambda each: each.id)

    @property
    def items(self) -> list[ItemFacts]:
        """All items, each alone, the oldest first."""
        return sorted((one for each in self.read for one in each.one_by_one()), key=OLDEST_FIRST)

    def group_of(self, proposal: Proposal) -> Group:
        """The group that the proposed item was read with."""
        return proposal.queue_id, proposal.requirement_key, self.lots.get(proposal.item_id)

    def is_used_up(self, given: Iterable[Proposal]) -> bool:
        """Whether these are all that was read of a group of which more may wait unread: that would
        be overtaken."""
        many = Counter(self.group_of(each) for each in given)
        return any(group in self.unread and self.shares[group] <= many[group] for group in many)

    def without(self, given: Iterable[Proposal]) -> Generator[None, None, "Situation"]:
        """What is left of it for the next batch when this one has what it decided; in steps."""
        gone: defaultdict[Group, set[int]] = defaultdict(set)
        for each in given:
            gone[self.group_of(each)].add(each.item_id)
        yield
        read: list[ItemFacts] = []
        for item in self.read:
            ids = gone.get((item.queue_id, item.requirement_key, self.lots.get(item.id)))
            left = _without(item, ids) if ids else item
            if left is not None:
                read.append(left)
            if ids:
                yield
        shares = self.shares.copy()
        for group, ids in gone.items():
            shares[group] -= len(ids)
        return replace(self, read=read, shares=shares)


def _without(item: ItemFacts, ids: Collection[int]) -> ItemFacts | None:
    """The first of its group that is left, and those behind it."""
    if not item.behind:
        return None if item.id in ids else item
    turns = [turn for turn in ((item.waiting_since, item.id), *item.behind) if turn[1] not in ids]
    if not turns:
        return None
    (since, id), *behind = turns
    return changed(item, {"waiting_since": since, "id": id, "behind": tuple(behind)})


def load(
    *,
    published: configuration.Published,
    queue_ids: Sequence[int] | None,
    now: datetime,
    limit: int,
    candidates: Candidates | None = None,
    so_far: Callable[[], Sequence[int] | None] | None = None,
) -> Situation:
    """The first waiting items of each (queue, requirement) and all members of those queues, and
    what preferred agents who are there may have.

    Eight statements at most, however many items wait: a group nobody can take costs
    one look. ``queue_ids`` None means all queues. A router's ``candidates`` are in its memory;
    once they are as they are now, it says which queues it was told of ``so_far``.
    """
    staff = candidates.refresh(published) if candidates else None
    if so_far:
        queue_ids = so_far()
    waiting = load_items(
        published=published,
        queue_ids=queue_ids,
        now=now,
        limit=limit * ITEMS_READ_PER_ASSIGNED,
        blocked=candidates.blocked.arrays() if candidates else Arrays(),
        staff=staff,
    )
    items = waiting.items
    if staff is None:
        staff = _staff_for(items, published)
    lots = lots_of(items, published.compiled, now)
    shares: Counter[Group] = Counter()
    for item in items:
        if not item.is_ahead:
            group = item.queue_id, item.requirement_key, lots.get(item.id)
            shares[group] += 1 + len(item.behind)
    unread = set(_unread(waiting, shares))
    return Situation(read=items, staff=staff, lots=lots, shares=shares, unread=unread)


def _unread(waiting: Waiting, shares: Counter[Group]) -> Iterator[Group]:
    """Of queues that are looked at item by item it is known; else whatever has its whole share
    may go on."""
    yield from waiting.unread
    for group, many in shares.items():
        if group[0] not in waiting.looked_at and many >= waiting.share:
            yield group


def _staff_for(items: Sequence[ItemFacts], published: configuration.Published) -> Staff:
    if not items:
        return Staff()
    queues = {item.queue_id for item in items if item.queue_id is not None}
    keepers = {item.affinity_agent_id for item in items if item.affinity_agent_id is not None}
    return Staff(
        load_agents(published=published, queue_ids=sorted(queues), agent_ids=sorted(keepers))
    )


def lots_of(
    items: Iterable[ItemFacts], compiled: CompiledConfiguration, now: datetime
) -> dict[int, Hashable]:
    """By item, what its queue's method tells it apart by from others of its requirement."""
    methods = ((item, compiled.method_of(item.queue_id)) for item in items)
    return {item.id: lot_of(method, item, now) for item, method in methods if method}
