"""Which queues a best overall match takes at once.

Queues of one number whose methods weigh alike and that stand side by side in the order of work
(A 9.1), as far as they share agents: whoever serves two of them goes where he does most good, not
to the queue whose name comes first. A queue with an order of its own, with other weights or with
work that needs other capacity keeps its turn between them: rounds of unlike needs would give fewer
items an agent than queue by queue. What finds nobody parts no queues. Queues that share nobody have
nothing to weigh, so each goes by itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from routing.engine.configuration import CompiledConfiguration, Queue
from routing.engine.eligible import has_not_declined_too_often, has_room, presence_is_allowed
from routing.engine.facts import ItemFacts
from routing.engine.methods.shapes import Weights
from routing.engine.order import Group, place_by_name
from workstreams.terms import MethodKind

if TYPE_CHECKING:
    from routing.engine.assign.batch import Batch

GroupsOf = Mapping[int, Sequence[Group]]
# Units, and profiles by name.
Need = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """The groups that are matched at once, by which weights, and the names of their queues, with
    the need that all have in common; only a queue alone may have none. With one all rounds are
    foreseen (``looks_ahead``)."""

    weights: Weights
    groups: Sequence[Group]
    queues: tuple[str, ...]
    looks_ahead: bool
    need: Need | None = None

    def takes(self, item: ItemFacts) -> bool:
        """What needs otherwise found nobody when the queues were put together."""
        return self.need in (None, need_of(item))


def need_of(item: ItemFacts) -> Need:
    """What an agent must have room for."""
    return item.capacity_units, item.capacity_profiles


def together(batch: "Batch", work: Sequence[tuple[Queue, Group]]) -> dict[int, Match]:
    """By the id of each queue that is matched as a whole, what is matched along with it; groups of
    several queues stand in one place of the order from now on."""
    found: dict[int, Match] = {}
    if not any(group.is_whole for _, group in work):
        return found
    queues: dict[int, Queue] = {}
    groups: defaultdict[int, list[Group]] = defaultdict(list)
    for queue, group in work:
        if group.is_whole or group.places:
            queues[queue.id] = queue
            groups[queue.id].append(group)
    configuration = batch.configuration
    side_by_side = sorted(queues.values(), key=lambda queue: (queue.priority, place_by_name(queue)))
    for (_, weights), run in groupby(side_by_side, key=lambda queue: _alike(configuration, queue)):
        if weights is None:
            continue
        for need, alike in _of_one_need(batch, list(run), groups):
            for those in _sharing(batch, alike, groups):
                match = _match_of(those, groups, weights, need)
                found.update((queue.id, match) for queue in those)
    return found


def _alike(configuration: CompiledConfiguration, queue: Queue) -> tuple[int, Weights | None]:
    """Neighbours of whom this is the same may be matched at once; None has an order of its own."""
    method = configuration.method_of(queue.id)
    is_match = method is not None and method.kind is MethodKind.BEST_MATCH
    return queue.priority, method.weights if method is not None and is_match else None


def _of_one_need(
    batch: "Batch", run: Sequence[Queue], groups: GroupsOf
) -> Iterator[tuple[Need | None, list[Queue]]]:
    """Neighbours whose work needs the same; a queue with work of unlike needs is by itself."""
    needs = {queue.id: frozenset(map(_need, _counting(groups[queue.id]))) for queue in run}
    if len(frozenset().union(*needs.values())) > 1:
        for queue in run:
            able = [each for each in _counting(groups[queue.id]) if _finds_somebody(batch, each)]
            needs[queue.id] = frozenset(map(_need, able))
    for idle in (queue for queue in run if not needs[queue.id]):
        yield None, [idle]
    busy = (queue for queue in run if needs[queue.id])
    for (own, alone), alike in groupby(busy, key=lambda queue: _by_need(queue, needs)):
        yield (None if alone else min(own)), list(alike)


def _by_need(
    queue: Queue, needs: Mapping[int, frozenset[Need]]
) -> tuple[frozenset[Need], int | None]:
    own = needs[queue.id]
    return own, None if len(own) == 1 else queue.id


def _need(group: Group) -> Need:
    return need_of(group.first)


def _counting(groups: Sequence[Group]) -> Sequence[Group]:
    """What is matched; of a queue that has nothing else, what a preferred agent may have."""
    return [each for each in groups if not each.is_wanted] or groups


def _finds_somebody(batch: "Batch", group: Group) -> bool:
    item = group.first
    rules = batch.rules_for(item)
    return any(
        has_room(item, place.seat, rules)
        and presence_is_allowed(item, place.seat, rules)
        and has_not_declined_too_often(item, place.seat, rules)
        for place in batch.reach(item, rules)
    )


def _sharing(batch: "Batch", run: Sequence[Queue], groups: GroupsOf) -> Iterator[list[Queue]]:
    """The queues of the run that agents have in common, directly or by another queue."""
    if len(run) == 1:
        yield list(run)
        return
    above = {queue.id: queue.id for queue in run}

    def top(queue_id: int) -> int:
        while above[queue_id] != queue_id:
            above[queue_id] = above[above[queue_id]]
            queue_id = above[queue_id]
        return queue_id

    first_of: dict[int, int] = {}
    for queue in run:
        allowed = _presences(batch, groups[queue.id])
        for agent in batch.staff.members(queue.id):
            if agent.is_enabled and agent.base_presence in allowed:
                above[top(first_of.setdefault(agent.id, queue.id))] = top(queue.id)
    sharing: dict[int, list[Queue]] = {}
    for queue in run:
        sharing.setdefault(top(queue.id), []).append(queue)
    yield from sharing.values()


def _presences(batch: "Batch", groups: Sequence[Group]) -> frozenset[object]:
    rules = (batch.rules[group.first.workstream_id] for group in groups)
    return frozenset().union(*(each.allowed_presences for each in rules))


def _match_of(
    queues: Sequence[Queue], groups: GroupsOf, weights: Weights, need: Need | None
) -> Match:
    whole = {queue: [each for each in groups[queue.id] if not each.is_wanted] for queue in queues}
    matched = [queue for queue in queues if whole[queue]]
    if len(matched) > 1:
        for queue in queues:
            _stand_at(place_by_name(queues[0]), groups[queue.id], whole[queue])
    return Match(
        weights=weights,
        groups=[each for queue in matched for each in whole[queue]],
        queues=tuple(queue.name for queue in matched),
        looks_ahead=need is not None,
        need=need,
    )


def _stand_at(place: tuple[str, int], groups: Sequence[Group], whole: Sequence[Group]) -> None:
    """What a preferred agent may have goes first, where it comes before the match of its own
    queue."""
    oldest = min((each.turns[0][:2] for each in whole), default=None)
    for group in groups:
        is_first = group.is_wanted and (oldest is None or group.turns[0][:2] < oldest)
        group.stands_at = *place, not is_first
