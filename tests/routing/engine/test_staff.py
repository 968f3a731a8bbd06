"""Who is known to the router, by queue."""

from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from agents.terms import BasePresence
from routing.engine.facts import AgentFacts, Membership, RequiredSkill
from routing.engine.seats import NEVER, Place, Seat
from routing.engine.staff import Staff, standings_of
from routing.engine.standings import Judge, Standings
from tests.routing.engine.situations import RULES, an_item

QUEUES = (1, 2, 3)


@st.composite
def agents(draw: st.DrawFn) -> AgentFacts:
    queues = draw(st.sets(st.sampled_from(QUEUES)))
    id = draw(st.integers(1, 5))
    return AgentFacts(
        id=id,
        username=f"agent-{id}",
        units_limit=2,
        units_used=draw(st.integers(0, 2)),
        skills=draw(st.sampled_from([{}, {"French": 1}, {"French": 3}, {"French": None}])),
        base_presence=draw(st.sampled_from([None, BasePresence.AVAILABLE])),
        memberships={queue: Membership() for queue in queues},
    )


def has_room(agent: AgentFacts) -> bool:
    return agent.units_used < 2


def is_idle(agent: AgentFacts) -> bool:
    return agent.units_used == 0


@settings(deadline=None)
@given(st.lists(agents() | st.integers(1, 5), max_size=30), st.data())
def test_ready_queues_are_those_with_a_member_who_is_ready_now(steps, data):
    staff = Staff()
    for step in steps:
        staff.drop(step) if isinstance(step, int) else staff.put(step)
        test = data.draw(st.sampled_from([has_room, is_idle]))

        ready = staff.ready_queues(test.__name__, test)

        assert sorted(ready) == [q for q in QUEUES if any(map(test, staff.members(q)))]


def roomiest(place: Place, room: int) -> tuple[float, ...]:
    return (-room,)


@settings(deadline=None)
@given(st.lists(agents() | st.integers(1, 5), max_size=30), st.integers(1, 9), st.data())
def test_standings_are_those_of_everybody_judged_anew(steps, many, data):
    item = an_item(capacity_units=1)
    french = an_item(capacity_units=1, skills=(RequiredSkill(skill="French", rating=2),))
    staff = Staff()
    with patch("routing.engine.staff.MANY", many):
        for step in steps:
            staff.drop(step) if isinstance(step, int) else staff.put(step)
            if seat := staff.seat(data.draw(st.integers(1, 5))):
                place = staff.places(1).get(seat.id)
                seat.hold(1, ())
                if place is not None:
                    place.last_assigned = 1
                if data.draw(st.booleans()):
                    # Somebody asks while the batch is under way.
                    standings_of(staff, item, RULES, roomiest)
                staff.give_back([seat.id])
                known = staff.get(seat.id)
                assert known is not None
                assert (seat.version, seat.units_used) == (0, known.units_used)
                assert place is None or place.last_assigned == NEVER
            if data.draw(st.booleans()):
                for _ in staff.catch_up():
                    continue

            kept = standings_of(staff, item, RULES, roomiest)
            skilled = kept.with_skills(french, RULES)

            anew = Standings(kept.judge, [Place(Seat(each), Membership()) for each in staff])
            members = {each.id for each in staff.members(1)}
            assert [entry[:2] for entry in kept.passed] == [entry[:2] for entry in anew.passed]
            assert [entry[:2] for entry in skilled] == [
                entry[:2] for entry in anew.with_skills(french, RULES)
            ]
            assert {id: name for id, (_, name) in kept.failed.items()} == {
                id: name for id, (_, name) in anew.failed.items() if id in members
            }


def test_many_sorts_of_need_are_kept_as_long_as_each_batch_asks_for_them():
    staff = Staff([AgentFacts(id=1, username="one", memberships={1: Membership()})])

    def judged_anew(*names: int) -> list[int]:
        anew: list[int] = []
        for name in names:

            def judge(name: int = name) -> Judge:
                anew.append(name)
                return lambda place: "has_room"

            staff.standings(1, name, judge)
        staff.give_back(())
        return anew

    judged_anew(*range(30))
    assert judged_anew(*range(5, 30), 30) == [30]
    assert judged_anew(*range(10, 31), 31) == [31]

    assert judged_anew(*range(32)) == [*range(10)]
