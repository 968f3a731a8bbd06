"""What is left of an agent's limits, from one assignment of a batch to the next."""

from datetime import datetime, timedelta

import pytest

from agents.models import Agent
from routing.models import AgentLoad, Assignment, ProfileLoad
from tests.factories import make_agent, make_profile, make_workstream
from tests.routing.dispatcher.test_commit import decided, written
from tests.scenarios import arrive
from workstreams.models import Queue, Workstream

pytestmark = pytest.mark.django_db


def test_a_blocking_profile_that_a_batch_fills_up_stops_what_follows(
    queue: Queue, workstream: Workstream, look, now: datetime
) -> None:
    """When it was decided there was room for two; one was picked meanwhile."""
    profile = make_profile(limit=2, blocks=True)
    agent = make_agent(queues=[queue], profiles=[profile])
    by_profile = make_workstream(queue=queue, capacity_format="profile")
    by_profile.capacity_profiles.add(profile)
    item = arrive(by_profile, now - timedelta(minutes=1))
    arrive(workstream, now)
    situation = look()
    decision = decided(situation, now)
    ProfileLoad.objects.create(agent=agent, profile=profile, used=1)

    assert len(decision.assignments) == 2
    assert written(situation, decision, now) == 1
    assert Assignment.objects.get().item == item


def test_the_tenth_work_item_stops_what_follows(
    workstream: Workstream, agent: Agent, look, now: datetime
) -> None:
    """When it was decided there was a session left for each; one was picked meanwhile."""
    Agent.objects.update(capacity_units=50)
    for _ in range(2):
        arrive(workstream, now)
    AgentLoad.objects.filter(agent=agent).update(items_held=8)
    situation = look()
    decision = decided(situation, now)
    AgentLoad.objects.filter(agent=agent).update(items_held=9)

    assert len(decision.assignments) == 2
    assert written(situation, decision, now) == 1
