"""Changing what is known of an agent."""

from datetime import datetime

import pytest

from agents.actions.edit_agent import AgentChanges, edit_agent
from agents.models import Agent, AgentPresence, User
from routing.models import WakeUp

pytestmark = pytest.mark.django_db


def test_a_disabled_agent_is_offline(agent: Agent, administrator: User, now: datetime) -> None:
    edit_agent(agent=agent, by=administrator, now=now, is_enabled=False)

    assert AgentPresence.objects.get(agent=agent).base == "offline"


def test_changing_nothing_writes_nothing(agent: Agent, administrator: User, now: datetime) -> None:
    before = AgentPresence.objects.get(agent=agent)

    edit_agent(agent=agent, by=administrator, now=now, is_enabled=True)

    assert AgentPresence.objects.get(agent=agent).since == before.since


@pytest.mark.parametrize(
    "changes",
    [{"locale": "de"}, {"nickname": "Al"}, {"name": "Alice Doe"}, {"username": "alison"}],
)
def test_what_rules_may_ask_for_wakes_the_router(
    agent: Agent, administrator: User, now: datetime, changes: AgentChanges
) -> None:
    for _ in range(2):
        edit_agent(agent=agent, by=administrator, now=now, **changes)

    assert [each.agent_id for each in WakeUp.objects.filter(kind="attributes")] == [agent.pk]
