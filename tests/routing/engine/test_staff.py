"""Who is known to the router, by queue."""

from hypothesis import given
from hypothesis import strategies as st

from routing.engine.facts import AgentFacts, Membership
from routing.engine.staff import Staff

QUEUES = (1, 2, 3)


@st.composite
def agents(draw: st.DrawFn) -> AgentFacts:
    queues = draw(st.sets(st.sampled_from(QUEUES)))
    id = draw(st.integers(1, 5))
    return AgentFacts(
        id=id,
        username=f"agent-{id}",
        units_used=draw(st.integers(0, 2)),
        memberships={queue: Membership() for queue in queues},
    )


def has_room(agent: AgentFacts) -> bool:
    return agent.units_used < 2


def is_idle(agent: AgentFacts) -> bool:
    return agent.units_used == 0


@given(st.lists(agents() | st.integers(1, 5), max_size=30), st.data())
def test_ready_queues_are_those_with_a_member_who_is_ready_now(steps, data):
    staff = Staff()
    for step in steps:
        staff.drop(step) if isinstance(step, int) else staff.put(step)
        test = data.draw(st.sampled_from([has_room, is_idle]))

        ready = staff.ready_queues(test.__name__, test)

        assert sorted(ready) == [q for q in QUEUES if any(map(test, staff.members(q)))]
