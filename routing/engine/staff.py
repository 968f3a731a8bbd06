"""The agents a cycle may look at, by id and by the queues they serve."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from typing import Final

from routing.engine.eligible import Rules
from routing.engine.facts import AgentFacts, ItemFacts
from routing.engine.rank import Method
from routing.engine.seats import Place, Seat
from routing.engine.standings import Judge, Standings, judge_of

# So many sorts of need a queue is kept ranked for, whenever they were asked for last; beyond that
# those of its present batch and of the one before it.
MOST_STANDINGS: Final = 16
# Sorts and members of a queue, multiplied, which takes 15 megabytes: beyond that not even those.
MOST_JUDGED: Final = 100_000
# One in so many: then judging all anew is quicker than finding the places of those who changed.
MANY: Final = 5


class Serving:
    """Who serves one queue: the agents, their places as far as asked for, how they stand by each
    judge, the longest unasked first, and how often something about one of them changed. ``batch``
    and ``before`` are the last two that asked."""

    __slots__ = ("batch", "before", "members", "places", "revision", "standings")

    def __init__(self) -> None:
        self.members: dict[int, AgentFacts] = {}
        self.places: dict[int, Place] = {}
        self.standings: dict[Hashable, Standings] = {}
        self.revision = 0
        self.batch = self.before = 0

    def change(self, agent_id: int) -> None:
        """Something about a member changed; he may stand otherwise."""
        self.revision += 1
        for each in self.standings.values():
            each.stale.add(agent_id)

    def has_few_stale(self, standings: Standings) -> bool:
        """Whether who changed is judged anew alone, and not all with him."""
        return len(standings.stale) * MANY <= len(self.members)

    def keep(self, name: Hashable, standings: Standings, batch: int) -> None:
        """Remember how they stand, which the batch asked for. Of more than can be kept, what came
        last goes: the next batch asks in the same order."""
        kept = self.standings
        if batch != self.batch:
            self.batch, self.before = batch, self.batch
            self._forget_the_unasked()
        is_new, many = kept.pop(name, None) is None, len(kept) + 1
        if is_new and many > MOST_STANDINGS and many * len(self.members) > MOST_JUDGED:
            kept.popitem()
        standings.batch = batch
        kept[name] = standings

    def _forget_the_unasked(self) -> None:
        kept = self.standings
        while len(kept) > MOST_STANDINGS and kept[oldest := next(iter(kept))].batch < self.before:
            del kept[oldest]


class Staff:
    """Agents found by id or by queue, in no particular order.

    ``revision`` of a queue rises whenever something about one of its members does. Seats, places
    and standings are made when they are first asked for and kept as long as their agent stays as
    he is, because most agents do from one batch to the next; who changes a seat gives it back,
    and then all stands as before the batch.
    """

    def __init__(self, agents: Iterable[AgentFacts] = ()) -> None:
        self._agents: dict[int, AgentFacts] = {}
        self._seats: dict[int, Seat] = {}
        self._queues: defaultdict[int, Serving] = defaultdict(Serving)
        self._asked_of: set[int] = set()
        self._batch = 1
        self._asked: Hashable = None
        self._test: Callable[[AgentFacts], bool] = lambda _: False
        self._ready: set[int] = set()
        self._ready_members: Counter[int] = Counter()
        for agent in agents:
            self.put(agent)

    def __iter__(self) -> Iterator[AgentFacts]:
        return iter(self._agents.values())

    def __len__(self) -> int:
        return len(self._agents)

    def get(self, agent_id: int) -> AgentFacts | None:
        """The agent, if he is known."""
        return self._agents.get(agent_id)

    def members(self, queue_id: int) -> Collection[AgentFacts]:
        """Who serves the queue."""
        return self._queues[queue_id].members.values()

    def seat(self, agent_id: int) -> Seat | None:
        """The agent as a batch may change him, if he is known."""
        seat = self._seats.get(agent_id)
        if seat is None and (facts := self._agents.get(agent_id)) is not None:
            seat = self._seats[agent_id] = Seat(facts)
        return seat

    def places(self, queue_id: int) -> Mapping[int, Place]:
        """The seats of who serves the queue, by the agents' ids."""
        members, places = self._queues[queue_id].members, self._queues[queue_id].places
        if len(places) < len(members):
            for agent_id, agent in members.items():
                if agent_id not in places:
                    seat = self.seat(agent_id)
                    assert seat is not None
                    places[agent_id] = Place(seat, agent.memberships[queue_id])
        return places

    def standings(self, queue_id: int, name: Hashable, judge: Callable[[], Judge]) -> Standings:
        """How those who serve the queue stand; the ``name`` stands for the judge, who is asked for
        when nobody of that name is kept.

        Who changed since they were asked for is judged anew, the others are not.
        """
        serving = self._queues[queue_id]
        found = serving.standings.get(name)
        if found is None:
            found = Standings(judge(), self.places(queue_id).values())
        elif not serving.has_few_stale(found):
            found = Standings(found.judge, self.places(queue_id).values())
        elif found.stale:
            self._judge_stale(queue_id, found)
        serving.keep(name, found, self._batch)
        found.is_asked = True
        self._asked_of.add(queue_id)
        return found

    def has_standings(self, queue_id: int, name: Hashable) -> bool:
        """Whether they are kept, so that only who changed is judged when they are asked for."""
        found = self._queues[queue_id].standings.get(name)
        return found is not None and self._queues[queue_id].has_few_stale(found)

    def catch_up(self) -> Iterator[None]:
        """Judge now who changed, for standings that were asked for since this was last done: most
        will be asked for again. Queue by queue; what is left is judged when it is asked for."""
        for queue_id in self._asked_of:
            serving = self._queues[queue_id]
            for found in serving.standings.values():
                if found.is_asked and serving.has_few_stale(found):
                    self._judge_stale(queue_id, found)
                found.is_asked = False
            yield
        self._asked_of.clear()

    def _judge_stale(self, queue_id: int, found: Standings) -> None:
        places = self.places(queue_id)
        for agent_id in found.stale:
            found.learn(agent_id, places.get(agent_id))
        found.stale.clear()

    def give_back(self, agent_ids: Collection[int]) -> None:
        """Forget what a batch did to these seats; another may begin."""
        self._batch += 1
        for agent_id in agent_ids:
            seat = self._seats.get(agent_id)
            if seat is None or not seat.version:
                continue
            seat.give_back()
            for queue_id in self._agents[agent_id].memberships:
                place = self._queues[queue_id].places.get(agent_id)
                if place is not None:
                    place.give_back()
        for queue_id in self._asked_of:
            for each in self._queues[queue_id].standings.values():
                each.give_back(agent_ids)

    def put(self, agent: AgentFacts) -> None:
        """Know the agent as he is now."""
        known = self._agents.get(agent.id)
        if known is not None and known.memberships.keys() != agent.memberships.keys():
            self.drop(agent.id)
        self._agents[agent.id] = agent
        self._note(agent, is_ready=self._test(agent))
        seat = self._seats.get(agent.id)
        if seat is not None:
            seat.be(agent)
        for queue_id, membership in agent.memberships.items():
            serving = self._queues[queue_id]
            serving.members[agent.id] = agent
            place = serving.places.get(agent.id)
            if place is not None:
                place.be(membership)
            serving.change(agent.id)

    def drop(self, agent_id: int) -> None:
        """Forget the agent."""
        known = self._agents.pop(agent_id, None)
        if known is None:
            return
        self._seats.pop(agent_id, None)
        self._note(known, is_ready=False)
        for queue_id in known.memberships:
            serving = self._queues[queue_id]
            del serving.members[agent_id]
            serving.places.pop(agent_id, None)
            serving.change(agent_id)

    def revision(self, queue_id: int) -> int:
        """How often its members changed."""
        return self._queues[queue_id].revision

    def ready_queues(self, name: Hashable, test: Callable[[AgentFacts], bool]) -> list[int]:
        """The queues with a member of whom the test is true.

        The ``name`` stands for the test: everybody is asked only when it is another than before,
        otherwise who changed.
        """
        if name != self._asked:
            self._asked, self._test = name, test
            for agent in self:
                self._note(agent, is_ready=test(agent))
        return [queue_id for queue_id, count in self._ready_members.items() if count]

    def _note(self, agent: AgentFacts, *, is_ready: bool) -> None:
        if is_ready == (agent.id in self._ready):
            return
        (self._ready.add if is_ready else self._ready.discard)(agent.id)
        for queue_id in agent.memberships:
            self._ready_members[queue_id] += 1 if is_ready else -1


def standings_of(staff: Staff, item: ItemFacts, rules: Rules, method: Method) -> Standings:
    """How those who serve the item's queue stand by the method, whatever skills it asks for."""
    room = item.capacity_units, item.capacity_profiles
    name = rules.allowed_presences, rules.has_capacity_policy, room, method
    return staff.standings(item.queue_id or 0, name, lambda: judge_of(item, rules, method))
