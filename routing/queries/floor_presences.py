"""In which presences agents may be given the work of a queue, and whether anybody is in one."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from agents.terms import BasePresence
from routing import configuration
from routing.engine.configuration import CompiledConfiguration
from routing.engine.coverage.staffing import queues_in_use
from routing.engine.methods.presences import presences_asked

Presences = frozenset[BasePresence]
# Work reaches people in these presences unless a workstream says otherwise.
USUAL: Final[Presences] = frozenset({BasePresence.AVAILABLE, BasePresence.BUSY})


def nobody_is_there(waiting: Mapping[int, Collection[int]], presences: Mapping[str, int]) -> bool:
    """Whether work of these workstreams waits in these queues, and none of so many agents,
    whatever they serve, is in a presence in which they could be given it."""
    compiled = configuration.current().compiled
    there = {base for base, number in presences.items() if number}
    pairs = ((queue, each) for queue, workstreams in waiting.items() for each in workstreams)
    return bool(waiting) and not any(there & allowed_presences(compiled, *pair) for pair in pairs)


def expected_presences(compiled: CompiledConfiguration) -> dict[int, Presences]:
    """By queue, for the work of all workstreams that send some there."""
    return {
        queue: together(allowed_presences(compiled, queue, each.id) for each in workstreams)
        for queue, workstreams in queues_in_use(compiled).items()
    }


def allowed_presences(
    compiled: CompiledConfiguration, queue_id: int, workstream_id: int
) -> Presences:
    """In which the workstream's work may be given in the queue."""
    workstream = compiled.workstreams.get(workstream_id)
    allowed = workstream.allowed_presences if workstream else USUAL
    return presences_asked(compiled.method_of(queue_id), allowed)


def together(presences: Iterable[Presences]) -> Presences:
    """All that are in any of them."""
    return frozenset().union(*presences)
