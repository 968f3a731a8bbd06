"""The agents as the active router knows them, kept between its cycles.

Reading ten thousand agents takes longer than writing a batch, so they are read once, when a
router becomes active, and afterwards only those that changed. Triggers note each change in the
transaction that makes it (``AgentChange``): whatever committed before a cycle begins is seen by
that cycle. What the router's own batches change is worked out here, not read again.

Nothing rests on this memory being right: a batch checks presence, membership and room again
behind its locks, and of whom a change was noted meanwhile all that rules ask for. It is compared
with the rows now and then, a slice at a time.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from routing import configuration
from routing.dispatcher.lease import holds_epoch
from routing.engine.decisions import Proposal
from routing.engine.facts import AgentFacts, Membership, ProfileRoom, changed
from routing.engine.presence import presence_in_use
from routing.engine.staff import Staff
from routing.queries.agent_facts import load_agents
from routing.queries.blocked_groups import BlockedGroups
from routing.sql import statement

SLICE: Final = 2000
COMPARED_AT_ONCE: Final = 500


class LeaseLost(Exception):
    """Another router took over while this one was reading, deciding or comparing."""


class Candidates:
    """All agents, for the time of one lease: whoever takes a lease begins with none.

    ``is_active`` is asked between slices of a long reading, and while a batch is decided, so that
    the lease is kept.
    """

    def __init__(self, epoch: int, *, is_active: Callable[[], bool] = lambda: True) -> None:
        self.epoch = epoch
        self.is_active = is_active
        self.staff = Staff()
        self._version: int | None = None
        self._names: tuple[object, ...] = ()
        self._doubted: set[int] = set()
        self._compared = 0
        self._blocked = BlockedGroups(lambda queue_id: self.staff.revision(queue_id))

    def refresh(self, published: configuration.Published) -> Staff:
        """The agents as they are now: all of them at first and when names changed, else
        those that changed."""
        with self._unless_it_fails():
            self._take_up(published)
        return self.staff

    def hold_on(self) -> None:
        """Keep the lease amid what may take long. Refuses LeaseLost where another router has it."""
        if not self.is_active():
            raise LeaseLost

    def forget(self) -> None:
        """Know nobody, so that the next cycle reads everybody anew."""
        self._version = None
        self._blocked.clear()

    @property
    def blocked(self) -> BlockedGroups:
        """Queues and requirements that nobody could take, where no member changed since."""
        return self._blocked

    def block(self, groups: Iterable[tuple[int, str]]) -> None:
        """Do not look at these until a member of their queues changes, or for a few seconds.

        Asked before the batch is written: whoever gets something by it changes by that.
        """
        for queue_id, key in groups:
            self._blocked.add(queue_id, key)

    def unblock(self, agent_ids: Iterable[int]) -> None:
        """Look again at all that these may take: what was not written as decided left them room."""
        for agent_id in set(agent_ids):
            agent = self.staff.get(agent_id)
            if agent is not None:
                self._blocked.forget(agent.memberships)

    def doubt(self, agent_ids: Iterable[int]) -> None:
        """Read these again before the next cycle: what was known of them did not hold."""
        self._doubted.update(agent_ids)

    def hold(self, proposals: Iterable[Proposal], now: datetime) -> Iterator[None]:
        """Count what a batch gives the agents, and how they stand then, step by step; ``forget``
        if it is not committed after all."""
        for each in proposals:
            agent = self.staff.get(each.agent_id)
            if agent is not None:
                self.staff.put(_holding(agent, each, now))
            yield
        yield from self.staff.catch_up()

    def compare(self, published: configuration.Published) -> list[int]:
        """Compare the next slice of agents with their rows, and learn who differed although
        nothing told of it: always nobody. Refuses LeaseLost where another router is told."""
        with self._unless_it_fails():
            self._take_up(published)
            return self._compare(published)

    @contextmanager
    def _unless_it_fails(self) -> Iterator[None]:
        """Changes that were taken are gone, so that after an error what is known may be old."""
        try:
            yield
        except BaseException:
            self.forget()
            raise

    def _compare(self, published: configuration.Published) -> list[int]:
        self._blocked.clear()
        ids = _next_agents(self._compared, COMPARED_AT_ONCE)
        first, last = self._compared, ids[-1] if ids else None
        fresh = {each.id: each for each in load_agents(published=published, agent_ids=ids)}
        changed = set(self._read_changed(published))
        known = [
            each.id
            for each in self.staff
            if each.id > first and (last is None or each.id <= last) and each.id not in fresh
        ]
        wrong = [
            id
            for id in (*fresh, *known)
            if id not in changed and self.staff.get(id) != fresh.get(id)
        ]
        if wrong and not self._is_told():
            raise LeaseLost
        self._learn(wrong, published)
        self._compared = last or 0
        return wrong

    def _take_up(self, published: configuration.Published) -> None:
        if self._version != published.number and self._names != _names(published):
            self.forget()
        if self._version is None:
            self._read_all(published)
        if self._version != published.number:
            self._blocked.clear()
        self._version = published.number
        self._read_changed(published)

    def _read_all(self, published: configuration.Published) -> None:
        self.staff, self._names, self._doubted = Staff(), _names(published), set()
        # What happened before is seen by reading, what happens meanwhile is noted again.
        self._taken()
        for ids in self._slices():
            self._learn(ids, published)

    def _slices(self) -> Iterator[list[int]]:
        after = 0
        while ids := _next_agents(after, SLICE):
            self.hold_on()
            yield ids
            after = ids[-1]

    def _read_changed(self, published: configuration.Published) -> Collection[int]:
        changed = self._taken() | self._doubted
        self._doubted = set()
        ids = sorted(changed)
        for start in range(0, len(ids), SLICE):
            self._learn(ids[start : start + SLICE], published)
        return changed

    def _learn(self, ids: Sequence[int], published: configuration.Published) -> None:
        if not ids:
            return
        found = load_agents(published=published, agent_ids=ids)
        for agent in found:
            self.staff.put(agent)
        for gone in set(ids).difference(each.id for each in found):
            self.staff.drop(gone)

    def _is_told(self) -> bool:
        """Whether the changes are this router's still: no epoch comes back, so they all were."""
        with connection.cursor() as cursor:
            return holds_epoch(cursor, self.epoch)

    def _taken(self) -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute(statement("take_agent_changes"), {"epoch": self.epoch})
            return {agent_id for (agent_id,) in cursor.fetchall()}


def _names(published: configuration.Published) -> tuple[object, ...]:
    """What agents' facts are written down with."""
    return (
        published.skill_names,
        published.profile_names,
        published.hours_names,
        published.attribute_names,
    )


def _next_agents(after: int, limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement("next_agents"), {"after": after, "limit": limit})
        return [id for (id,) in cursor.fetchall()]


def _holding(agent: AgentFacts, proposal: Proposal, now: datetime) -> AgentFacts:
    changes: dict[str, Any] = {
        "units_used": agent.units_used + proposal.units,
        "items_held": agent.items_held + 1,
        "last_assigned_at": now,
    }
    if proposal.profiles:
        changes["profiles"] = _with_one_more(agent.profiles, proposal.profiles)
    turn = agent.memberships.get(proposal.queue_id)
    if turn is not None:
        at = now + timedelta(microseconds=proposal.turn)
        taken = Membership(position=turn.position, last_assigned_at=at)
        changes["memberships"] = {**agent.memberships, proposal.queue_id: taken}
    profiles = changes.get("profiles", agent.profiles)
    changes["base_presence"] = presence_in_use(
        agent.base_presence,
        follows=agent.presence_follows,
        is_in_use=changes["units_used"] > 0 or any(each.used > 0 for each in profiles.values()),
        items_held=changes["items_held"],
    )
    return changed(agent, changes)


def _with_one_more(
    profiles: Mapping[str, ProfileRoom], names: Iterable[str]
) -> dict[str, ProfileRoom]:
    """Only of profiles he was given; an override may hold others, which nobody reads."""
    given = {name: profiles[name] for name in names if name in profiles}
    more = {name: replace(each, used=each.used + 1) for name, each in given.items()}
    return {**profiles, **more}
