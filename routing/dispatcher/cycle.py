"""One assignment cycle over some or all queues."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from config.collector import collector_paused
from routing import configuration
from routing.dispatcher.candidates import Candidates
from routing.dispatcher.commit import commit
from routing.dispatcher.load import Situation, load
from routing.engine.assign import decide
from routing.engine.decisions import BatchDecision

BATCH_SIZE = 1000


@dataclass(frozen=True, kw_only=True)
class CycleResult:
    """What a cycle did. With ``has_more`` another one right away may assign more."""

    proposed: int = 0
    assigned: int = 0
    has_more: bool = False


@collector_paused()
def run_cycle(
    *,
    now: datetime,
    epoch: int = 0,
    queue_ids: Sequence[int] | None = None,
    limit: int = BATCH_SIZE,
    candidates: Candidates | None = None,
) -> CycleResult:
    """Load who and what waits, decide without the database, commit what still holds.

    ``epoch`` 0 is for tests and tools that hold no lease; a router passes its own and
    commits nothing once another router took over. What lost a race is decided again
    in the next cycle. ``candidates`` are the agents a router remembers, else they are read.
    """
    published = configuration.current()
    situation = load(
        published=published, queue_ids=queue_ids, now=now, limit=limit, candidates=candidates
    )
    if not situation.read:
        return CycleResult()

    decision = decide(
        published.compiled, situation.read, situation.staff, now=now, limit=limit, counts=False
    )
    decided = len(decision.assignments)
    if candidates:
        candidates.block(decision.blocked)
    decision = _as_far_as_known(decision, situation)
    if not decision.assignments:
        return CycleResult()

    assigned = commit(
        decision=decision,
        situation=situation,
        published=published,
        epoch=epoch,
        now=now,
        candidates=candidates,
    )
    if candidates and assigned < decided:
        candidates.unblock()
    proposed = len(decision.assignments)
    return CycleResult(
        proposed=proposed,
        assigned=assigned,
        # What lost all its races is somebody else's now: the next wake-up looks again.
        has_more=assigned > 0 and (decision.is_cut_off or assigned < proposed),
    )


def _as_far_as_known(decision: BatchDecision, situation: Situation) -> BatchDecision:
    """The decisions up to where a group ran out of items that were read.

    Behind that point an unread item of the group might have come first, so the rest
    is left to the next cycle: no item is overtaken because it was not read.
    """
    left = situation.shares.copy()
    for place, each in enumerate(decision.assignments, start=1):
        group = situation.group_of(each)
        left[group] -= 1
        if left[group] == 0 and situation.may_go_on(group):
            return replace(decision, assignments=decision.assignments[:place], is_cut_off=True)
    return decision
