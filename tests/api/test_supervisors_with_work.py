"""A supervisor who is an agent, too, and what he does with work of his own."""

from datetime import datetime

from agents.terms import Role
from tests.api.conftest import Caller
from tests.factories import make_agent
from tests.scenarios import offered
from workstreams.models import Queue, Workstream


def test_he_closes_what_is_offered_to_himself(
    workstream: Workstream, queue: Queue, now: datetime
) -> None:
    sven = make_agent("sven", role=Role.SUPERVISOR, queues=[queue])
    item = offered(workstream, now)

    response = Caller(sven.user).post(f"/work-items/{item.pk}/close")

    assert response.json()["reason"] == "force_closed_by_supervisor"
