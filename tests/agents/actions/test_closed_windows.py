"""What is known of an agent's pages that closed, while he is there by another one."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from agents.actions.note_window import close_window, note_window
from agents.models import Agent, AgentPresence, AgentWindow
from routing.sweeps import take_offline

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def closed(agent: Agent, now: datetime) -> UUID:
    """A page that led to another one."""
    return opened_and_closed(agent, now)


def opened_and_closed(agent: Agent, now: datetime) -> UUID:
    key = uuid4()
    note_window(agent=agent, key=key, now=now)
    close_window(agent=agent, key=key, now=now)
    return key


def test_those_that_closed_a_while_ago_are_forgotten_as_the_next_one_opens(
    closed: UUID, agent: Agent, agent_of_another_queue: Agent, now: datetime
) -> None:
    of_another = opened_and_closed(agent_of_another_queue, now)
    just_closed, there = opened_and_closed(agent, now + SECOND), uuid4()

    note_window(agent=agent, key=there, now=now + 10 * SECOND)

    known = set(AgentWindow.objects.values_list("key", flat=True))
    assert known == {of_another, just_closed, there}


def test_one_that_somebody_goes_back_to_is_known_again(
    closed: UUID, agent: Agent, now: datetime
) -> None:
    there = uuid4()
    note_window(agent=agent, key=there, now=now + 20 * SECOND)
    close_window(agent=agent, key=there, now=now + 21 * SECOND)

    note_window(agent=agent, key=closed, now=now + 22 * SECOND)

    assert take_offline.sweep(now=now + 60 * SECOND, limit=10) == 0
    assert AgentWindow.objects.get(key=closed).closed_at is None


def test_whose_last_one_closes_is_found_and_was_heard_of_then(
    closed: UUID, agent: Agent, now: datetime
) -> None:
    there, later = uuid4(), now + 30 * SECOND
    note_window(agent=agent, key=there, now=now + 20 * SECOND)
    close_window(agent=agent, key=there, now=later)

    assert take_offline.sweep(now=later + 10 * SECOND, limit=10) == 1

    assert AgentPresence.objects.get(agent=agent).heard_at == later
