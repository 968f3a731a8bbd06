"""What is left of an agent's limits, from one assignment of a batch to the next."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from agents.models import Agent, AgentAttributeValue, User
from agents.terms import Role
from routing.models import AgentChange, AgentLoad, Assignment, ProfileLoad
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


def another_language(dora: Agent) -> None:
    Agent.objects.filter(pk=dora.pk).update(locale="de")


def another_site(dora: Agent) -> None:
    AgentAttributeValue.objects.filter(agent=dora).update(value="Oslo")


def no_skill_for_now(dora: Agent) -> None:
    dora.skills.update(is_active=False)


def another_role(dora: Agent) -> None:
    User.objects.filter(pk=dora.user_id).update(role=Role.SUPERVISOR)


def another_name(dora: Agent) -> None:
    User.objects.filter(pk=dora.user_id).update(first_name="Dorothea")


CHANGES = [
    another_language,
    another_site,
    no_skill_for_now,
    another_role,
    another_name,
]


@pytest.mark.parametrize("change", CHANGES)
def test_who_is_not_as_rules_saw_him_waits_for_the_next_decision(
    dora: Agent, change: Callable[[Agent], None], workstream: Workstream, look, now: datetime
) -> None:
    arrive(workstream, now)
    situation = look()
    decision = decided(situation, now)
    change(dora)

    assert (len(decision.assignments), written(situation, decision, now)) == (1, 0)
    again = look()
    assert written(again, decided(again, now), now) == 1


def test_a_change_that_no_rule_asks_for_costs_him_nothing(
    dora: Agent, workstream: Workstream, look, now: datetime
) -> None:
    arrive(workstream, now)
    situation = look()
    decision = decided(situation, now)
    AgentLoad.objects.filter(agent=dora).update(last_released_at=now)

    assert AgentChange.objects.filter(agent_id=dora.pk).exists()
    assert written(situation, decision, now) == 1
