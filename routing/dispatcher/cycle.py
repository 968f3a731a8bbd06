"""One assignment cycle over some or all queues."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from config.collector import collector_paused, count_as_old
from config.turns import short_turns
from routing import configuration
from routing.dispatcher.batches import Batch, Batches
from routing.dispatcher.candidates import Candidates
from routing.dispatcher.commit import commit
from routing.dispatcher.explanations import Explanations
from routing.dispatcher.load import load
from routing.engine.decisions import Proposal

BATCH_SIZE: Final = 1000


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
    batches: int = 1,
    candidates: Candidates | None = None,
) -> CycleResult:
    """Load who and what waits, decide without the database, commit what still holds.

    ``epoch`` 0 is for tests and tools that hold no lease; a router passes its own and
    commits nothing once another router took over. What lost a race is decided again
    in the next cycle. ``candidates`` are the agents a router remembers, else they are read;
    only with them there may be several ``batches``, each of up to ``limit`` assignments and
    written in a transaction of its own.
    """
    published = configuration.current()
    situation = load(
        published=published,
        queue_ids=queue_ids,
        now=now,
        limit=limit * batches,
        candidates=candidates,
    )
    if not situation.read:
        return CycleResult()
    coming = Batches(
        published, situation, now=now, limit=limit, most=batches, candidates=candidates
    )
    batch = coming.first()
    if batch is None:
        return CycleResult()
    try:
        return _write(batch, coming, epoch, is_remembered=candidates is not None)
    except BaseException:
        # Whether it was written is not known.
        if candidates:
            candidates.forget()
        raise


def _write(first: Batch, coming: Batches, epoch: int, *, is_remembered: bool) -> CycleResult:
    """One batch after another. While the server writes one, it is explained and remembered here,
    and the next is decided; that is thrown away if not all before it was written."""
    proposed = assigned = 0
    batch, following = first, None
    with short_turns(), ThreadPoolExecutor(1) as ahead:
        while True:
            explained = ahead.submit(batch.explain)
            next_one = ahead.submit(coming.after, batch)
            kept = commit(
                decision=batch.decision,
                explain=_Explained(explained),
                published=batch.published,
                epoch=epoch,
                now=batch.now,
                is_remembered=is_remembered,
            )
            following = next_one.result()
            coming.learn(batch, kept)
            proposed, assigned = proposed + len(batch.proposals), assigned + len(kept)
            if following is None or assigned < proposed:
                break
            batch = following
    if assigned >= BATCH_SIZE:
        # Facts of agents in place of others; what was decided on is gone by itself.
        count_as_old()
    return CycleResult(
        proposed=proposed,
        assigned=assigned,
        # What lost all its races is somebody else's now: the next wake-up looks again.
        has_more=assigned > 0 and (batch.decision.is_cut_off or assigned < proposed),
    )


class _Explained:
    """Explanations that are still being made."""

    def __init__(self, coming: Future[Explanations]) -> None:
        self._coming = coming

    def __call__(self, kept: Sequence[Proposal]) -> Sequence[str]:
        return self._coming.result().of(kept)
