"""When everyone who could take an item has declined it."""

import pytest

from agents.terms import BasePresence
from routing.engine.assign import decide
from routing.engine.eligible import everyone_declined
from routing.engine.facts import ProfileRoom
from routing.engine.presence import is_only_lost
from tests.routing.engine.methods import NAME, a_method
from tests.routing.engine.situations import (
    NOW,
    RULES,
    a_configuration,
    a_queue,
    an_agent,
    an_item,
    required,
)

BUSY = BasePresence.BUSY


@pytest.mark.parametrize(
    ("declined", "expected"),
    [({1: 3, 2: 3}, True), ({1: 3, 2: 2}, False), ({1: 3}, False), ({}, False)],
    ids=["all", "one not yet", "one never", "nobody"],
)
def test_everyone_has_declined_when_all_who_could_have(declined, expected):
    agents = [
        an_agent(1),
        an_agent(2, base_presence=BUSY),
        an_agent(3, is_enabled=False),
        an_agent(4, queues=(2,)),
    ]

    assert everyone_declined(an_item(declined=declined), agents, RULES) is expected


BY_PROFILE = {"capacity_units": 0, "capacity_profiles": ("Cases",)}
CASES = {"Cases": ProfileRoom(limit=1)}


@pytest.mark.parametrize(
    ("item", "able", "unable"),
    [
        (BY_PROFILE, {"profiles": CASES}, {}),
        (BY_PROFILE, {"profiles": CASES}, {"profiles": {"Cases": ProfileRoom(limit=0)}}),
        ({"capacity_units": 2}, {"units_limit": 2}, {"units_limit": 1}),
        ({}, {}, {"units_limit": None}),
        ({}, {}, {"profiles": {"Cases": ProfileRoom(limit=0, blocks=True)}}),
    ],
    ids=["no profile", "none of the profile", "too few units", "no units", "blocked for ever"],
)
@pytest.mark.parametrize("method", [None, a_method()], ids=["built-in", "by rules"])
def test_who_could_never_have_it_is_not_waited_for(method, item, able, unable):
    item = an_item(declined={1: 3}, **item)
    agents = [an_agent(1, **able), an_agent(2, **unable)]
    pieces = [a_queue(assignment_method=NAME), method] if method else []

    decision = decide(a_configuration(*pieces), [item], agents, now=NOW)

    assert [each.agent_id for each in decision.assignments] == [1]


def test_who_is_full_now_is_waited_for():
    agents = [an_agent(1), an_agent(2, units_used=1)]

    decision = decide(a_configuration(), [an_item(declined={1: 3})], agents, now=NOW)

    assert decision.assignments == ()


def test_nobody_at_all_is_not_everyone():
    assert everyone_declined(an_item(declined={1: 9}), [], RULES) is False


HUNDRED = dict.fromkeys(range(1, 101), 3)


def test_what_a_hundred_declined_goes_to_the_next_one():
    agents = [an_agent(id) for id in range(1, 102)]

    decision = decide(a_configuration(), [an_item(declined=HUNDRED)], agents, now=NOW)

    assert [each.agent_id for each in decision.assignments] == [101]


def test_what_all_hundred_declined_does_not_drop_out():
    """The original leaves it to be picked from then on; here it is offered again (design 7.16)."""
    agents = [an_agent(id) for id in HUNDRED]
    item = an_item(declined=HUNDRED | {7: 4})

    decision = decide(a_configuration(), [item], agents, now=NOW)

    assert [each.agent_id for each in decision.assignments] == [1]


def test_who_alone_has_the_skill_is_asked_again_before_he_declined_three_times():
    item = an_item(skills=required("Latin"), declined={1: 2})
    agents = [an_agent(1, skills={"Latin": 1}), an_agent(2)]

    decision = decide(a_configuration(), [item], agents, now=NOW)

    assert [each.agent_id for each in decision.assignments] == [1]


def test_who_declined_comes_last_even_where_he_was_due():
    item = an_item(declined={1: 1})
    agents = [an_agent(1, units_limit=9), an_agent(2), an_agent(3, units_limit=5)]

    decision = decide(a_configuration(), [item], agents, now=NOW)

    assert [each.agent_id for each in decision.assignments] == [3]


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        ({BasePresence.AVAILABLE}, True),
        ({BasePresence.AVAILABLE, BUSY}, True),
        ({BasePresence.AWAY}, True),
        ({BUSY}, False),
        ({BasePresence.AVAILABLE, BasePresence.BUSY_DND}, False),
    ],
)
def test_work_brings_in_who_is_busy_by_it_where_others_are_not_allowed(allowed, expected):
    assert is_only_lost(allowed) is expected
