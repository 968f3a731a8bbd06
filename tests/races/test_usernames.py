"""Two administrators give the same username at once."""

from datetime import datetime
from typing import Any, Final

import pytest

from agents.actions.create_agent import create_agent
from agents.actions.edit_agent import edit_agent
from agents.exceptions import UsernameTaken
from agents.models import Agent, OperatingHours, User
from tests.factories import make_agent
from tests.races.together import Move, queued_behind


def to_somebody_new(name: str, by: User, now: datetime, **fields: Any) -> Move:
    return lambda: create_agent(username=name, by=by, now=now, **fields)


def to_one_who_is_there(name: str, by: User, now: datetime, **fields: Any) -> Move:
    agent = make_agent()
    return lambda: edit_agent(agent=agent, username=name, by=by, now=now, **fields)


PAIRS: Final = {
    "both new": (to_somebody_new, to_somebody_new),
    "both there": (to_one_who_is_there, to_one_who_is_there),
    "one new": (to_one_who_is_there, to_somebody_new),
}


@pytest.mark.parametrize("again", ["grace", "Grace"])
@pytest.mark.parametrize("pair", PAIRS)
def test_one_has_it_and_the_other_is_told(
    administrator: User, now: datetime, pair: str, again: str
) -> None:
    # The first has written it and waits for the hours when the second does.
    hours = OperatingHours.objects.create(name="Office")
    to_the_first, to_the_second = PAIRS[pair]

    first, second = queued_behind(
        OperatingHours.objects.filter(pk=hours.pk),
        to_the_first("grace", administrator, now, operating_hours=hours),
        to_the_second(again, administrator, now),
    )

    assert (type(first), type(second)) == (Agent, UsernameTaken)
    assert User.objects.filter(username__iexact="grace").count() == 1
