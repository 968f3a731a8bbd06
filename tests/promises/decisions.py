"""The pure engine against a model: the same moves without a database, a clock or a process.

The model is plain dictionaries of items, agents and loads. It knows nothing of how a batch
is decided, only what may never be decided (I2 to I4) and who may not be passed over.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from agents.terms import BasePresence
from routing.engine.assign import decide
from routing.engine.configuration.shapes import Service
from routing.engine.decisions import BatchDecision, Proposal
from routing.engine.facts import AgentFacts, ItemFacts, Membership, ProfileRoom
from routing.terms import How
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_queue,
    a_workstream,
    an_agent,
    an_item,
    required,
)

METHODS: Final = ("highest_capacity", "advanced_round_robin", "least_active")
PRIORITIES: Final = {1: 1, 2: 1, 3: 2}
SKILLS: Final = ("French", "Latin")
PROFILE: Final = "Day"
# Who may have work of each workstream.
ALLOWED: Final = {
    1: {BasePresence.AVAILABLE},
    2: {BasePresence.AVAILABLE, BasePresence.BUSY, BasePresence.AWAY},
}
# Mostly people who may have work: stories in which nobody gets any tell little.
PRESENCES: Final = (*[BasePresence.AVAILABLE] * 5, BasePresence.AWAY, None)
QUEUES: Final = st.sampled_from([{1, 2, 3}, {1, 2}, {1, 3}, {1}, {3}, set[int]()])
KNOWN: Final = st.sampled_from(
    [{"French": 3, "Latin": 5}, {"French": 4}, {"Latin": 3}, {"French": 1}, dict[str, int]()]
)
UNITS: Final = st.sampled_from([4, 3, 2, 1, 0, None])
# Work of no weight that somebody has from elsewhere: with ten he gets no more.
ELSEWHERE: Final = st.sampled_from([0, 0, 8, 9, 10])


class Decisions(RuleBasedStateMachine):
    """People come, go, learn and leave; customers come; now and then a cycle decides."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.waiting: dict[int, ItemFacts] = {}
        self.held: dict[int, Proposal] = {}
        self.agents: dict[int, AgentFacts] = {}
        self.number = 0

    @initialize(method=st.sampled_from(METHODS), waits=st.booleans())
    def open_the_queues(self, method: str, waits: bool) -> None:
        self.waits = waits
        queues = [
            a_queue(id, priority=priority, assignment_method=method)
            for id, priority in PRIORITIES.items()
        ]
        workstreams = [
            a_workstream(id, allowed_presences=sorted(allowed)) for id, allowed in ALLOWED.items()
        ]
        service = Service(preferred_agents=True, waits_for_preferred_agent=waits)
        self.configuration = replace(a_configuration(*workstreams, *queues), service=service)
        for id, skill in enumerate(SKILLS, start=1):
            everywhere = tuple(PRIORITIES)
            self.agents[id] = an_agent(id, queues=everywhere, units_limit=3, skills={skill: 4})

    @rule(
        workstream=st.sampled_from(sorted(ALLOWED)),
        queue=st.sampled_from(sorted(PRIORITIES)),
        skills=st.sampled_from([(), *((each,) for each in SKILLS), SKILLS]),
        units=st.sampled_from([0, 1, 1, 2]),
        profiles=st.sampled_from([(), (), (PROFILE,)]),
        several=st.integers(1, 3),
        preferred=st.sampled_from([(), (), (), (1,), (2, 3)]),
    )
    def arrive(
        self,
        workstream: int,
        queue: int,
        skills: tuple[str, ...],
        units: int,
        profiles: tuple[str, ...],
        several: int,
        preferred: tuple[int, ...],
    ) -> None:
        for _ in range(several):
            self.number += 1
            item = an_item(
                self.number,
                workstream_id=workstream,
                queue_id=queue,
                skills=required(*skills, rating=3),
                capacity_units=units,
                capacity_profiles=profiles,
                preferred=tuple((id, f"agent{id}") for id in preferred),
            )
            self.waiting[self.number] = replace(item, waiting_since=self.now)

    @rule(
        id=st.integers(1, 5),
        presence=st.sampled_from(PRESENCES),
        queues=QUEUES,
        skills=KNOWN,
        units=UNITS,
        limit=st.none() | st.integers(0, 2),
        follows=st.booleans(),
        elsewhere=ELSEWHERE,
    )
    def change_agent(
        self,
        id: int,
        presence: BasePresence | None,
        queues: set[int],
        skills: dict[str, int],
        units: int | None,
        limit: int | None,
        follows: bool,
        elsewhere: int,
    ) -> None:
        """Somebody is there, or not, serves these queues, and knows this; work in hand stays."""
        known = self.agents.get(id)
        turns = known.memberships if known else {}
        self.agents[id] = an_agent(
            id,
            base_presence=presence,
            presence_follows=follows,
            items_held=elsewhere,
            units_limit=units,
            skills=skills,
            profiles={} if limit is None else {PROFILE: ProfileRoom(limit=limit)},
            memberships={each: turns.get(each, Membership(position=id)) for each in queues},
        )

    @rule(seconds=st.integers(1, 90))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def finish(self, data: Any) -> None:
        del self.held[data.draw(st.sampled_from(sorted(self.held)))]

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def release(self, data: Any) -> None:
        """It waits again, with its age."""
        proposal = self.held.pop(data.draw(st.sampled_from(sorted(self.held))))
        self.waiting[proposal.item_id] = self.facts[proposal.item_id]

    @rule()
    def cycle(self) -> None:
        """The engine decides, the model judges, and what was decided is done."""
        agents = {id: self._loaded(agent) for id, agent in self.agents.items()}
        decision = decide(self.configuration, self.waiting.values(), agents.values(), now=self.now)

        self._each_goes_once(decision)
        left = self._room_holds(decision, agents)
        self._nobody_is_passed_over(decision, agents)
        self._what_waits_has_a_blocker(decision, agents, left)

        self.facts = getattr(self, "facts", {}) | self.waiting
        for proposal in decision.assignments:
            self.held[proposal.item_id] = proposal
            del self.waiting[proposal.item_id]

    def _each_goes_once(self, decision: BatchDecision) -> None:
        """I2."""
        given = [proposal.item_id for proposal in decision.assignments]
        assert len(given) == len(set(given))
        assert set(given) <= self.waiting.keys()

    def _room_holds(
        self, decision: BatchDecision, agents: dict[int, AgentFacts]
    ) -> dict[int, AgentFacts]:
        """I3, and that nobody gets what he may not; what is left of everybody afterwards."""
        left = dict(agents)
        for proposal in decision.assignments:
            item = self.waiting[proposal.item_id]
            wanted = first_wanted(left, item)
            assert wanted == (proposal.agent_id if proposal.how is How.PREFERRED else None)
            assert wanted or self._may_take(left[proposal.agent_id], item)
            left[proposal.agent_id] = with_one_more(left[proposal.agent_id], item)
        return left

    def _nobody_is_passed_over(
        self, decision: BatchDecision, agents: dict[int, AgentFacts]
    ) -> None:
        """Whoever came before what was given, and could have had that agent, has somebody."""
        given = {proposal.item_id for proposal in decision.assignments}
        waiting = [item for item in self.waiting.values() if item.id not in given]
        left = dict(agents)
        for proposal in decision.assignments:
            item, agent = self.waiting[proposal.item_id], left[proposal.agent_id]
            before = [each for each in waiting if turn_of(each) < turn_of(item)]
            assert not [each.id for each in before if self._may_take(agent, each)]
            left[proposal.agent_id] = with_one_more(agent, item)

    def _what_waits_has_a_blocker(
        self, decision: BatchDecision, agents: dict[int, AgentFacts], left: dict[int, AgentFacts]
    ) -> None:
        """I4: what still waits is nobody's now, and is told of once, with a reason for each."""
        given = {proposal.item_id for proposal in decision.assignments}
        waiting = [item for item in self.waiting.values() if item.id not in given]
        for item in waiting:
            assert not [agent.id for agent in left.values() if self._may_take(agent, item)]
            assert first_wanted(left, item) is None
        told = Counter[Any]()
        for group in decision.unmatched:
            told[group.queue_id, group.requirement_key] += group.waiting
            assert sum(group.counts.values()) == group.members or group.reason
        assert told == Counter((item.queue_id, item.requirement_key) for item in waiting)

    def _may_take(self, agent: AgentFacts, item: ItemFacts) -> bool:
        """Who waits for preferred agents alone is nobody else's."""
        return not (self.waits and item.preferred) and may_take(agent, item)

    def _loaded(self, agent: AgentFacts) -> AgentFacts:
        """The agent with the sum of what he holds."""
        mine = [each for each in self.held.values() if each.agent_id == agent.id]
        used = sum(PROFILE in each.profiles for each in mine)
        return as_he_stands(
            replace(
                agent,
                units_used=sum(each.units for each in mine),
                items_held=agent.items_held + len(mine),
                profiles={name: replace(room, used=used) for name, room in agent.profiles.items()},
            )
        )


def may_take(agent: AgentFacts, item: ItemFacts) -> bool:
    """What the words of the rules say, by hand."""
    is_there = agent.base_presence in ALLOWED[item.workstream_id]
    serves = item.queue_id in agent.memberships
    knows = all((agent.skills.get(one.skill) or 0) >= (one.rating or 0) for one in item.skills)
    # Who was given no units at all takes nothing by units, be it of no weight.
    is_by_units = item.capacity_units > 0 or not item.capacity_profiles
    units = not is_by_units or (
        agent.units_limit is not None
        and agent.units_used + item.capacity_units <= agent.units_limit
    )
    rooms = [agent.profiles.get(name) for name in item.capacity_profiles]
    return is_there and serves and knows and units and all(one and one.free > 0 for one in rooms)


def first_wanted(agents: Mapping[int, AgentFacts], item: ItemFacts) -> int | None:
    """The first preferred agent who is there; room and skills are not asked."""
    for id, _ in item.preferred:
        agent = agents.get(id)
        is_there = agent and agent.base_presence in ALLOWED[item.workstream_id]
        if agent and is_there and item.queue_id in agent.memberships:
            return id
    return None


def with_one_more(agent: AgentFacts, item: ItemFacts) -> AgentFacts:
    """The agent with the item in his hands."""
    profiles = {
        name: replace(room, used=room.used + (name in item.capacity_profiles))
        for name, room in agent.profiles.items()
    }
    units, held = agent.units_used + item.capacity_units, agent.items_held + 1
    return as_he_stands(replace(agent, units_used=units, items_held=held, profiles=profiles))


def as_he_stands(agent: AgentFacts) -> AgentFacts:
    """The agent in the presence of his load, where that is what it follows."""
    if not agent.presence_follows or agent.base_presence in (None, BasePresence.AWAY):
        return agent
    if agent.items_held >= 10:
        return replace(agent, base_presence=BasePresence.BUSY_DND)
    is_busy = agent.units_used or any(room.used for room in agent.profiles.values())
    return replace(agent, base_presence=BasePresence.BUSY if is_busy else agent.base_presence)


def turn_of(item: ItemFacts) -> tuple[Any, ...]:
    """The order of work: queues by number, then who waits longest."""
    return PRIORITIES[item.queue_id or 0], item.waiting_since, item.id


def hold_against_the_model(number: int, *, examples: int) -> None:
    """As many stories as asked, drawn by a seed; raises AssertionError with the shortest that
    the engine gets wrong."""
    story = settings(
        max_examples=examples,
        stateful_step_count=40,
        deadline=None,
        database=None,
        suppress_health_check=[*HealthCheck],
    )
    seed(number)(Decisions)
    run(Decisions, settings=story)
