"""A supervisor who is an agent, too, and what he does with work of his own."""

from datetime import datetime

import pytest

from agents.models import Agent
from agents.terms import Role
from tests.api.conftest import Caller
from tests.factories import make_agent, make_workstream
from tests.scenarios import in_conversation, offered
from workstreams.models import Queue, Workstream
from workstreams.terms import Channel


@pytest.fixture
def sven(queue: Queue) -> Agent:
    return make_agent("sven", role=Role.SUPERVISOR, queues=[queue])


def test_he_closes_what_is_offered_to_himself(
    sven: Agent, workstream: Workstream, now: datetime
) -> None:
    item = offered(workstream, now)

    response = Caller(sven.user).post(f"/work-items/{item.pk}/close")

    assert response.json()["reason"] == "force_closed_by_supervisor"


def test_he_closes_what_waits_for_the_customer_whom_he_talked_to(
    sven: Agent, queue: Queue, now: datetime
) -> None:
    item = in_conversation(make_workstream(queue=queue, channel=Channel.SMS), sven, now)
    close = f"/work-items/{item.pk}/close"

    rested, closed = (Caller(sven.user).post(close).json() for _ in range(2))

    assert rested["state"] == "waiting"
    assert (closed["state"], closed["reason"]) == ("closed", "force_closed_by_supervisor")
