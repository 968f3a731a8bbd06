"""A presence that an agent chose is not ended by capacity alone that comes back (A 14)."""

from datetime import datetime, timedelta

import pytest

from agents.models import Agent
from routing import service
from routing.sweeps import release_wrap_up
from tests.factories import make_workstream
from tests.scenarios import choose_presence, in_conversation, in_wrap_up, presence_of, units_used
from workstreams.models import Queue

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def test_it_goes_on_when_the_time_of_wrap_up_is_over(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    workstream = make_workstream(queue=queue, wrap_up_block="custom", wrap_up_seconds=300)
    item = in_wrap_up(workstream, agent, now)
    service.close(item_id=item.pk, by=agent, now=now)
    choose_presence(agent, "busy", now + MINUTE)

    assert release_wrap_up.sweep(now=now + 5 * MINUTE, limit=10) == 1
    assert (units_used(agent), presence_of(agent)) == (0, ("busy", True))


def test_it_goes_on_when_a_conversation_ends_that_blocks_nothing_afterwards(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    item = in_conversation(make_workstream(queue=queue, wrap_up_block="never"), agent, now)
    choose_presence(agent, "busy", now)

    service.end(item_id=item.pk, by=agent, now=now)
    ended = presence_of(agent)
    service.close(item_id=item.pk, by=agent, now=now)

    assert (ended, presence_of(agent)) == (("busy", True), ("available", False))
