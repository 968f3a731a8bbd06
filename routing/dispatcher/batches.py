"""The batches of a cycle, decided one after another from what was read once."""

import time
from collections.abc import Collection, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, TypeVar

from routing import configuration
from routing.dispatcher.candidates import Candidates
from routing.dispatcher.enough import Allowance, Enough
from routing.dispatcher.explanations import Explanations
from routing.dispatcher.load import Situation
from routing.engine.assign import decide_in_steps
from routing.engine.decisions import BatchDecision, Proposal
from routing.engine.steps import finished

# So long after it began a cycle goes on to another batch: what came meanwhile has its turn then.
LONGEST_SECONDS: Final = 0.5
LATE_SECONDS: Final = 2.0

Result = TypeVar("Result")


@dataclass(kw_only=True)
class Batch:
    """One decision, and its moment; ``decided`` is also what lies behind unread items."""

    decision: BatchDecision
    situation: Situation
    published: configuration.Published
    now: datetime
    decided: Sequence[Proposal]
    explanations: Explanations

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """What is to be written, in the order decided."""
        return self.decision.assignments

    @property
    def may_be_followed(self) -> bool:
        """Whether it ends because it has all it may have, and nothing unread comes next."""
        return self.decision.is_cut_off and not self.situation.is_used_up(self.proposals)


class Batches:
    """Decides without the database; each batch reckons with what those before it give.

    Only a router's ``candidates`` show that: without them there is one batch. ``began`` is the
    monotonic time at the moment ``now``.
    """

    def __init__(
        self,
        published: configuration.Published,
        situation: Situation,
        *,
        now: datetime,
        began: float,
        limit: int,
        most: int,
        candidates: Candidates | None,
        allowance: Allowance,
    ) -> None:
        self._published, self._situation, self._limit = published, situation, limit
        self._began_at, self._began = now, time.monotonic()
        self._asked = began
        self._candidates, self._allowance = candidates, allowance
        self._left = most if candidates else 1
        self.following: Batch | None = None

    def first(self) -> Batch | None:
        """None where nothing can be assigned. The lease is held on to meanwhile; refuses LeaseLost
        where another router has it."""
        with closing(self._decide(self._began_at)) as steps:
            return self._finish(steps)

    def prepare(self, batch: Batch) -> None:
        """Explain beforehand what would take so long that the server lost patience with a
        transaction in which nothing is asked. The lease is held on to as for ``first``."""
        if batch.explanations.take_long:
            self._finish(batch.explanations.steps)

    def late(self, batch: Batch) -> timedelta:
        """How long after its moment a batch is written, in whole seconds: countdowns begin then.
        What nobody would notice is nothing."""
        passed = time.monotonic() - self._asked - (batch.now - self._began_at).total_seconds()
        return timedelta(seconds=int(passed) if passed >= LATE_SECONDS else 0)

    def ahead(self, batch: Batch) -> Generator[None, None, None]:
        """Explain the batch, remember what it gives, and decide what is ``following`` if all that
        it decided is written; in steps, all of which must be done."""
        self.following = None
        yield from batch.explanations.steps
        if self._candidates:
            yield from self._candidates.hold(batch.proposals, batch.now)
        passed = time.monotonic() - self._began
        if not (self._left and passed < LONGEST_SECONDS and batch.may_be_followed):
            return
        self._situation = yield from batch.situation.without(batch.proposals)
        # Batches are told apart by their moments.
        at = self._began_at + timedelta(seconds=passed)
        self.following = yield from self._decide(max(at, batch.now + timedelta(microseconds=1)))

    def go_on(self, ahead: Generator[None, None, None]) -> None:
        """Do what is left of these steps, when nothing is written. The lease is held on to."""
        self._finish(ahead)

    def learn(self, batch: Batch, kept: Collection[Proposal]) -> None:
        """What was not written, for whatever reason, was remembered in vain; and after a loss what
        was decided ahead is thrown away."""
        if not self._candidates or len(kept) == len(batch.decided):
            return
        written = {each.item_id for each in kept}
        left = [each for each in batch.decided if each.item_id not in written]
        if self.following is not None:
            left += self.following.decided
        self._candidates.unblock(each.agent_id for each in left)
        self._candidates.doubt(
            each.agent_id for each in batch.proposals if each.item_id not in written
        )

    def _finish(self, steps: Generator[None, None, Result]) -> Result:
        return finished(steps, between=self._candidates.hold_on if self._candidates else None)

    def _decide(self, now: datetime) -> Generator[None, None, Batch | None]:
        self._left -= 1
        situation = self._situation
        decision = yield from decide_in_steps(
            self._published.compiled,
            situation.read,
            situation.staff,
            now=now,
            limit=self._limit,
            counts=False,
            is_enough=Enough(self._allowance),
        )
        if self._candidates:
            self._candidates.block(decision.blocked)
        decided = decision.assignments
        decision = _as_far_as_known(decision, situation)
        if not decision.is_cut_off or len(decided) >= self._limit:
            self._allowance.begin_anew()
        if not decision.assignments:
            return None
        return Batch(
            decision=decision,
            situation=situation,
            published=self._published,
            now=now,
            decided=decided,
            explanations=Explanations(decision, situation, self._published, now),
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
        if left[group] == 0 and group in situation.unread:
            return replace(decision, assignments=decision.assignments[:place], is_cut_off=True)
    return decision
