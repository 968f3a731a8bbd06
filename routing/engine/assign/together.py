"""Which queues a best overall match takes at once.

Queues of one number whose methods weigh alike and that stand side by side in the order of work
(A 9.1), as far as they share agents: whoever serves two of them goes where he does most good, not
to the queue whose name comes first. A queue with an order of its own, or with other weights, keeps
its turn between them. Queues that share nobody have nothing to weigh, so each goes by itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from routing.engine.configuration import CompiledConfiguration, Queue
from routing.engine.methods.shapes import Weights
from routing.engine.order import Group, place_by_name
from workstreams.terms import MethodKind

if TYPE_CHECKING:
    from routing.engine.assign.batch import Batch

GroupsOf = Mapping[int, Sequence[Group]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """The groups that are matched at once, by which weights, and the names of their queues."""

    weights: Weights
    groups: Sequence[Group]
    queues: tuple[str, ...]


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
        for those in _sharing(batch, list(run), groups):
            match = _match_of(those, groups, weights)
            found.update((queue.id, match) for queue in those)
    return found


def _alike(configuration: CompiledConfiguration, queue: Queue) -> tuple[int, Weights | None]:
    """Neighbours of whom this is the same may be matched at once; None has an order of its own."""
    method = configuration.method_of(queue.id)
    is_match = method is not None and method.kind is MethodKind.BEST_MATCH
    return queue.priority, method.weights if method is not None and is_match else None


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


def _match_of(queues: Sequence[Queue], groups: GroupsOf, weights: Weights) -> Match:
    whole = {queue: [each for each in groups[queue.id] if not each.is_wanted] for queue in queues}
    matched = [queue for queue in queues if whole[queue]]
    if len(matched) > 1:
        for queue in queues:
            _stand_at(place_by_name(queues[0]), groups[queue.id], whole[queue])
    return Match(
        weights=weights,
        groups=[each for queue in matched for each in whole[queue]],
        queues=tuple(queue.name for queue in matched),
    )


def _stand_at(place: tuple[str, int], groups: Sequence[Group], whole: Sequence[Group]) -> None:
    """What a preferred agent may have goes first, where it comes before the match of its own
    queue."""
    oldest = min((each.turns[0][:2] for each in whole), default=None)
    for group in groups:
        is_first = group.is_wanted and (oldest is None or group.turns[0][:2] < oldest)
        group.stands_at = *place, not is_first
