"""Decide a batch: items that go back to their agent first, then the rest in the order of work,
each to a preferred agent where one is there."""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from routing.engine.assign.batch import Batch, Chosen
from routing.engine.assign.best_match import best_match
from routing.engine.assign.together import Match, together
from routing.engine.assign.want import is_for_them_alone, waits, want
from routing.engine.configuration import CompiledConfiguration, Queue
from routing.engine.decisions import BatchDecision, GroupBlockers, Proposal
from routing.engine.facts import AgentFacts, ItemFacts, Membership
from routing.engine.order import Group, affinity_first, each_alone, in_order, into_groups
from routing.engine.preferred import chosen, waits_for_them
from routing.engine.seats import Place
from routing.engine.staff import Staff
from routing.engine.steps import finished
from routing.terms import How
from workstreams.terms import DistributionMode

# Asked with how many proposals there are.
IsEnough = Callable[[int], bool]

LIMIT: Final = 1000
NO_QUEUE: Final = "queue_is_unknown"
NO_WORKSTREAM: Final = "workstream_is_unknown"
PICK: Final = "workstream_is_to_pick_from"
KEPT: Final = "waits_for_preferred_agent"
BASIC: Final = "queue_is_to_pick_from"


def decide(
    configuration: CompiledConfiguration,
    items: Iterable[ItemFacts],
    agents: Staff | Iterable[AgentFacts],
    *,
    now: datetime,
    limit: int = LIMIT,
    maximum_declines: int | None = None,
    counts: bool = True,
) -> BatchDecision:
    """Match waiting items to agents. Pass all members of the queues, for the counts of blockers;
    without ``counts`` it is not said why what nobody takes goes on waiting.

    An affinity item whose agent cannot have it (unknown, disabled, has declined it) is ordinary.
    One for which no preferred agent is there is ordinary too, unless it waits for one.
    """
    steps = decide_in_steps(
        configuration,
        items,
        agents,
        now=now,
        limit=limit,
        maximum_declines=maximum_declines,
        counts=counts,
    )
    return finished(steps)


def decide_in_steps(
    configuration: CompiledConfiguration,
    items: Iterable[ItemFacts],
    agents: Staff | Iterable[AgentFacts],
    *,
    now: datetime,
    limit: int = LIMIT,
    maximum_declines: int | None = None,
    counts: bool = True,
    is_enough: IsEnough = lambda given: False,
) -> Generator[None, None, BatchDecision]:
    """As ``decide``, a step for each proposal and each group that finds nobody, for whoever has
    other things to look after meanwhile; nobody may look at the agents before the last one.

    ``is_enough`` is asked in turn whether so many proposals will do: what comes after them is left
    to another batch, as behind the ``limit``. What is matched at once is not parted."""
    staff = agents if isinstance(agents, Staff) else Staff(agents)
    most = maximum_declines or configuration.service.maximum_declines
    batch = Batch(configuration, staff, now=now, maximum_declines=most)
    try:
        return (
            yield from _decide(batch, items, now, limit=limit, counts=counts, is_enough=is_enough)
        )
    finally:
        batch.give_back()


def _decide(
    batch: Batch,
    items: Iterable[ItemFacts],
    now: datetime,
    *,
    limit: int,
    counts: bool,
    is_enough: IsEnough,
) -> Generator[None, None, BatchDecision]:
    configuration = batch.configuration
    returning, others = _split(batch, items)
    assignments = [_give_back(batch, item) for item in returning[:limit]]
    wanted, ordinary, kept = _prefer(batch, others)
    yield
    groups = into_groups(ordinary, configuration, now)
    apart = list(each_alone(wanted, configuration, now))
    yield
    work = [
        (queue, group) for group in (*groups, *apart) if (queue := _queue(configuration, group))
    ]
    is_cut_off = False

    def stops() -> bool:
        nonlocal is_cut_off
        is_cut_off = len(assignments) >= limit or is_enough(len(assignments))
        return is_cut_off

    for proposal in _assign(batch, work, limit - len(assignments), stops):
        if proposal is not None:
            assignments.append(proposal)
        yield
    unmatched: tuple[GroupBlockers, ...] = ()
    if counts:
        kept += [group.first for group in apart if group.is_blocked and waits(batch, group.first)]
        left = [group for group in apart if not is_for_them_alone(batch, group.first)]
        unmatched = (*_unmatched(batch, [*groups, *left]), *(_kept(batch, each) for each in kept))
    return BatchDecision(
        configuration_version=configuration.number,
        assignments=tuple(assignments),
        unmatched=unmatched,
        is_cut_off=is_cut_off or len(assignments) >= limit,
        blocked=tuple(_blocked(configuration, groups)),
    )


def reason_not_routed(configuration: CompiledConfiguration, item: ItemFacts) -> str | None:
    """Why no agent is even looked at for the item."""
    queue = configuration.queues.get(item.queue_id or 0)
    if queue is None:
        return NO_QUEUE
    workstream = configuration.workstreams.get(item.workstream_id)
    if workstream is None:
        return NO_WORKSTREAM
    if workstream.distribution_mode is DistributionMode.PICK:
        return PICK
    return None if queue.distributes else BASIC


def _split(batch: Batch, items: Iterable[ItemFacts]) -> tuple[list[ItemFacts], list[ItemFacts]]:
    returning: list[ItemFacts] = []
    ordinary: list[ItemFacts] = []
    for item in items:
        goes_back = item.affinity_agent_id is not None and _takes_back(batch, item)
        (returning if goes_back else ordinary).append(item)
    return affinity_first(returning, dict(batch.configuration.queues)), ordinary


def _takes_back(batch: Batch, item: ItemFacts) -> bool:
    seat = batch.seat(item.affinity_agent_id or 0)
    if seat is None or not seat.is_enabled or seat.id in (*item.declined, *item.cooling_down):
        return False
    return reason_not_routed(batch.configuration, item) is None


def _give_back(batch: Batch, item: ItemFacts) -> Proposal:
    """To the agent who had it, whatever his room and presence, a member of the queue or not."""
    seat = batch.seat(item.affinity_agent_id or 0)
    assert seat is not None
    mine = (place for place in batch.members(item) if place.seat is seat)
    place = next(mine, None) or Place(seat, Membership())
    return batch.propose(item, place, How.AFFINITY)


def _prefer(
    batch: Batch, items: list[ItemFacts]
) -> tuple[list[ItemFacts], list[ItemFacts], list[ItemFacts]]:
    """Items that a preferred agent may have, ordinary ones, and those that wait for one alone."""
    wanted: list[ItemFacts] = []
    ordinary: list[ItemFacts] = []
    kept: list[ItemFacts] = []
    configuration = batch.configuration
    for item in items:
        if not item.preferred or reason_not_routed(configuration, item) is not None:
            ordinary.append(item)
        elif chosen(item, batch.wishes(item)) is not None:
            wanted.append(item)
        elif waits_for_them(configuration, item):
            kept.append(item)
        elif not item.is_ahead:
            ordinary.append(item)
    return wanted, ordinary, kept


def _kept(batch: Batch, item: ItemFacts) -> GroupBlockers:
    return GroupBlockers(
        queue_id=item.queue_id,
        requirement_key=item.requirement_key,
        first_item_id=item.id,
        waiting=1,
        members=len(batch.members(item)),
        reason=KEPT,
        wishes=tuple(batch.wishes(item)),
    )


def _queue(configuration: CompiledConfiguration, group: Group) -> Queue | None:
    if reason_not_routed(configuration, group.first):
        group.is_blocked = True
        return None
    return configuration.queues[group.first.queue_id or 0]


def _assign(
    batch: Batch, work: list[tuple[Queue, Group]], limit: int, stops: Callable[[], bool]
) -> Iterator[Proposal | None]:
    """None for each group that finds nobody, or is done, and between steps that take long.
    Asked before each turn, it ``stops`` where enough is assigned."""
    benches: dict[int, Chosen] = {}
    matches = together(batch, work)
    for group in in_order(work):
        if stops():
            return
        if group.is_apart:
            for proposal in _apart(batch, matches, group, limit):
                yield proposal
                limit -= proposal is not None
            yield None
            continue
        bench = benches.get(id(group))
        if bench is None:
            bench = benches[id(group)] = batch.bench(group.first)
        place = bench.first()
        if place is None:
            group.is_blocked = True
            yield None
            continue
        item = group.due
        yield batch.propose(item, place, How.PUSH, bench.said(item, place))
        limit -= 1


def _apart(
    batch: Batch, matches: Mapping[int, Match], group: Group, limit: int
) -> Iterator[Proposal | None]:
    """What a preferred agent may have by itself; all groups of a match at once: those that come up
    later are settled then."""
    if group.is_wanted:
        yield from want(batch, group)
    elif not group.is_settled:
        yield from best_match(batch, matches[group.first.queue_id or 0], limit)


def _blocked(
    configuration: CompiledConfiguration, groups: list[Group]
) -> Iterator[tuple[int, str]]:
    """Not where time alone may change it: cool-downs, and what custom methods ask."""
    for group in groups:
        # A best match leaves only what it could not place: a group may be empty.
        if not group.is_blocked:
            continue
        item = group.first
        is_steady = not item.declined and not item.cooling_down
        if is_steady and configuration.method_of(item.queue_id) is None:
            yield item.queue_id or 0, item.requirement_key


def _unmatched(batch: Batch, groups: list[Group]) -> Iterator[GroupBlockers]:
    for group in groups:
        if group.is_blocked:
            yield _blockers(batch, group)


def _blockers(batch: Batch, group: Group) -> GroupBlockers:
    first = group.due
    reason = reason_not_routed(batch.configuration, first)
    return GroupBlockers(
        queue_id=first.queue_id,
        requirement_key=first.requirement_key,
        first_item_id=first.id,
        waiting=len(group.turns) - group.next,
        members=len(batch.members(first)),
        counts={} if reason else _counts(batch, first),
        reason=reason,
    )


def _counts(batch: Batch, item: ItemFacts) -> dict[str, int]:
    failed = Counter(batch.failures(item))
    return {name: count for name, count in failed.items() if name is not None}
