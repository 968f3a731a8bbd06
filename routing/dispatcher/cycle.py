"""One assignment cycle over some or all queues."""

import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from config.collector import collector_paused, count_as_old
from routing import configuration
from routing.dispatcher.batches import Batch, Batches
from routing.dispatcher.candidates import Candidates
from routing.dispatcher.commit import commit
from routing.dispatcher.enough import Allowance
from routing.dispatcher.load import load
from routing.dispatcher.meanwhile import meanwhile
from routing.dispatcher.patience import Patience

BATCH_SIZE: Final = 1000
# So many assignments of a batch are worth a second thread.
MANY: Final = 50


@dataclass(frozen=True, kw_only=True)
class CycleResult:
    """What a cycle did. With ``has_more`` another one right away may assign more."""

    proposed: int = 0
    assigned: int = 0
    has_more: bool = False

    @property
    def has_lost_all(self) -> bool:
        """Nothing of what was decided still held; others may be left to whom the work can go."""
        return self.proposed > 0 and self.assigned == 0


@collector_paused()
def run_cycle(
    *,
    now: datetime,
    epoch: int = 0,
    queue_ids: Sequence[int] | None = None,
    limit: int = BATCH_SIZE,
    batches: int = 1,
    candidates: Candidates | None = None,
    so_far: Callable[[], Sequence[int] | None] | None = None,
    patience: Patience | None = None,
    allowance: Allowance | None = None,
) -> CycleResult:
    """Load who and what waits, decide without the database, commit what still holds.

    ``epoch`` 0 is for tests and tools that hold no lease; a router passes its own and
    commits nothing once another router took over. What lost a race is decided again
    in the next cycle. ``candidates`` are the agents a router remembers, else they are read;
    only with them there may be several ``batches``, each of up to ``limit`` assignments and
    written in a transaction of its own. ``so_far`` is asked for the queues in place of
    ``queue_ids`` once those agents are as they are now. Cycles that follow each other share their
    ``patience``, and the ``allowance`` of time by which all that waits has its turn.
    """
    began = time.monotonic()
    published = configuration.current()
    situation = load(
        published=published,
        queue_ids=queue_ids,
        now=now,
        limit=limit * batches,
        candidates=candidates,
        so_far=so_far,
    )
    if not situation.read:
        return CycleResult()
    coming = Batches(
        published,
        situation,
        now=now,
        began=began,
        limit=limit,
        most=batches,
        candidates=candidates,
        allowance=allowance or Allowance(),
    )
    batch = coming.first()
    if batch is None:
        return CycleResult()
    try:
        return _write(batch, coming, epoch, is_remembered=candidates is not None, patience=patience)
    except BaseException:
        # Whether it was written is not known.
        if candidates:
            candidates.forget()
        raise


def _write(
    first: Batch,
    coming: Batches,
    epoch: int,
    *,
    is_remembered: bool,
    patience: Patience | None,
) -> CycleResult:
    """One batch after another. While the server writes one, it is explained and remembered here,
    and the next is decided; that is thrown away if not all before it was written."""
    proposed = assigned = 0
    batch = first
    is_worth_it = len(first.proposals) >= MANY
    with meanwhile() if is_worth_it else nullcontext() as asking:
        while True:
            coming.prepare(batch)
            ahead = coming.ahead(batch)
            if asking:
                asking.work_on(ahead)
            kept = commit(
                decision=batch.decision,
                explain=batch.explanations.of,
                published=batch.published,
                staff=batch.situation.staff,
                epoch=epoch,
                now=batch.now,
                late=coming.late(batch),
                is_remembered=is_remembered,
                meanwhile=asking,
                patience=patience,
            )
            coming.go_on(ahead)
            coming.learn(batch, kept)
            proposed, assigned = proposed + len(batch.proposals), assigned + len(kept)
            if coming.following is None or assigned < proposed:
                break
            batch = coming.following
    if assigned >= BATCH_SIZE:
        # Facts of agents in place of others; what was decided on is gone by itself.
        count_as_old()
    return CycleResult(
        proposed=proposed,
        assigned=assigned,
        # What lost all its races may lose them again and again: the router tries once more.
        has_more=assigned > 0 and (batch.decision.is_cut_off or assigned < proposed),
    )
