"""One assignment cycle over some or all queues."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from routing import configuration
from routing.dispatcher.commit import commit
from routing.dispatcher.load import load
from routing.engine.assign import decide

BATCH_SIZE = 1000


@dataclass(frozen=True, kw_only=True)
class CycleResult:
    """What a cycle did. With ``has_more`` another one right away may assign more."""

    proposed: int = 0
    assigned: int = 0
    has_more: bool = False


def run_cycle(
    *,
    now: datetime,
    epoch: int = 0,
    queue_ids: Sequence[int] | None = None,
    limit: int = BATCH_SIZE,
) -> CycleResult:
    """Load who and what waits, decide without the database, commit what still holds.

    ``epoch`` 0 is for tests and tools that hold no lease; a router passes its own and
    commits nothing once another router took over. What lost a race is decided again
    in the next cycle.
    """
    published = configuration.current()
    situation = load(published=published, queue_ids=queue_ids, now=now, limit=limit)
    if not situation.items:
        return CycleResult()

    decision = decide(published.compiled, situation.items, situation.agents, now=now, limit=limit)
    if not decision.assignments:
        return CycleResult()

    assigned = commit(
        decision=decision, situation=situation, published=published, epoch=epoch, now=now
    )
    proposed = len(decision.assignments)
    return CycleResult(
        proposed=proposed,
        assigned=assigned,
        has_more=decision.is_cut_off or assigned < proposed,
    )
