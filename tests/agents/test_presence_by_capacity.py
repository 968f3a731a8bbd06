"""The presence that follows from the capacity in use, case by case (A 14)."""

import pytest

from agents.queries.agent_load import AgentCapacity, Capacity
from agents.queries.presence_by_capacity import presence_by_capacity


def units(used, limit):
    return Capacity(name="Units", used=used, limit=limit)


def profile(used, limit, *, blocks=False):
    return Capacity(name="Chats", used=used, limit=limit, blocks_assignment=blocks)


NO_UNITS = units(0, None)


@pytest.mark.parametrize(
    ("capacity", "presence"),
    [
        pytest.param((units(0, 3),), "available", id="nothing in use"),
        pytest.param((units(1, 3),), "busy", id="some units in use"),
        pytest.param((units(3, 3),), "busy_dnd", id="all units in use"),
        pytest.param((units(4, 3),), "busy_dnd", id="more than all units in use"),
        pytest.param((NO_UNITS,), "available", id="no capacity at all"),
        pytest.param((units(0, 0),), "available", id="a limit of nothing"),
        pytest.param((units(2, 0),), "busy_dnd", id="an override past a limit of nothing"),
        pytest.param((units(2, None),), "busy_dnd", id="an override where there are no units"),
        pytest.param(
            (units(2, None), profile(0, 2)), "busy", id="the same beside a profile not in use"
        ),
        pytest.param((units(0, 0), profile(2, 2)), "busy_dnd", id="all of the one sort there is"),
        pytest.param(
            (NO_UNITS, profile(2, 2), profile(0, 0)), "busy_dnd", id="beside a profile of nothing"
        ),
        pytest.param((NO_UNITS, profile(0, 0)), "available", id="a profile of nothing alone"),
        pytest.param((NO_UNITS, profile(0, 2)), "available", id="no profile in use"),
        pytest.param((NO_UNITS, profile(1, 2)), "busy", id="a profile partly in use"),
        pytest.param((NO_UNITS, profile(2, 2)), "busy_dnd", id="the only profile used up"),
        pytest.param(
            (NO_UNITS, profile(2, 2), profile(0, 1)), "busy", id="one of two profiles used up"
        ),
        pytest.param(
            (NO_UNITS, profile(2, 2), profile(1, 1)), "busy_dnd", id="both profiles used up"
        ),
        pytest.param(
            (NO_UNITS, profile(2, 2, blocks=True), profile(0, 1)),
            "busy_dnd",
            id="the blocking one of two profiles used up",
        ),
        pytest.param(
            (NO_UNITS, profile(1, 2, blocks=True), profile(1, 1)),
            "busy",
            id="the one that does not block used up",
        ),
        pytest.param((units(3, 3), profile(0, 1)), "busy", id="units used up, profiles not"),
        pytest.param((units(0, 3), profile(1, 1)), "busy", id="profiles used up, units not"),
        pytest.param((units(3, 3), profile(1, 1)), "busy_dnd", id="units and profiles used up"),
    ],
)
def test_presence_follows_capacity(capacity, presence):
    assert presence_by_capacity(AgentCapacity(units=capacity[0], profiles=capacity[1:])) == presence


@pytest.mark.parametrize(
    ("capacity", "presence"),
    [
        pytest.param((units(0, 3),), "busy", id="beside free units"),
        pytest.param((NO_UNITS, profile(0, 2)), "busy", id="beside a free profile"),
        pytest.param((NO_UNITS,), "busy_dnd", id="beside nothing"),
        pytest.param((NO_UNITS, profile(2, 2)), "busy_dnd", id="beside a profile that is used up"),
    ],
)
def test_what_is_held_of_a_profile_that_was_never_given_counts(capacity, presence):
    never_given = (profile(1, 0),)

    held = AgentCapacity(units=capacity[0], profiles=capacity[1:], besides=never_given)

    assert presence_by_capacity(held) == presence
