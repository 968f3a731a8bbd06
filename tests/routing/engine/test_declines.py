"""When everyone who could take an item has declined it."""

import pytest

from agents.terms import BasePresence
from routing.engine.eligible import everyone_declined
from tests.routing.engine.situations import RULES, an_agent, an_item

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


def test_nobody_at_all_is_not_everyone():
    assert everyone_declined(an_item(declined={1: 9}), [], RULES) is False
