"""Supervisors who set the presence of agents who are offline already."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

import pytest

from agents.actions.note_window import note_window
from agents.actions.set_presence import set_presence
from agents.actions.sign_out_agent import sign_out_agent
from agents.models import Agent, Presence, User
from routing.sweeps import return_dropped, take_offline
from tests.scenarios import in_conversation
from workstreams.actions.change_agents import change_agents
from workstreams.agent_changes import AgentChange
from workstreams.models import Workstream

pytestmark = pytest.mark.django_db
MINUTE: Final = timedelta(minutes=1)


def close_the_laptop(agent: Agent, now: datetime) -> None:
    note_window(agent=agent, key=uuid4(), now=now - 2 * MINUTE)
    take_offline.sweep(now=now, limit=9)


def sign_out(agent: Agent, now: datetime) -> None:
    sign_out_agent(agent=agent, session=uuid4(), now=now)


def one(agent: Agent, by: User, now: datetime) -> None:
    set_presence(agent=agent, presence=Presence.objects.get(name="offline"), by=by, now=now)


def many(agent: Agent, by: User, now: datetime) -> None:
    change = AgentChange(presence=Presence.objects.get(name="offline"))
    change_agents(agent_ids=[agent.pk], change=change, by=by, now=now)


@pytest.mark.parametrize("leave", [close_the_laptop, sign_out])
@pytest.mark.parametrize("call_offline", [one, many])
def test_a_live_chat_goes_on_to_others_though_a_supervisor_calls_its_absent_agent_offline(
    workstream: Workstream,
    agent: Agent,
    supervisor: User,
    now: datetime,
    leave: Callable[[Agent, datetime], None],
    call_offline: Callable[[Agent, User, datetime], None],
) -> None:
    in_conversation(workstream, agent, now)
    leave(agent, now + MINUTE)

    call_offline(agent, supervisor, now + 2 * MINUTE)

    assert return_dropped.sweep(now=now + 4 * MINUTE, limit=9) == 1
