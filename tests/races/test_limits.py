"""Limits that change as presences are worked out from them: both are as they are in the end."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

import pytest

from agents.actions.edit_agent import edit_agent
from agents.actions.note_window import note_window
from agents.actions.reset_presence import reset_presence
from agents.actions.sign_in_agent import sign_in_agent
from agents.actions.sign_out_agent import sign_out_agent
from agents.models import Agent, AgentPresence, User
from routing.models import AgentLoad
from routing.sweeps import take_offline
from tests.races.together import before_the_commit, queued_behind
from tests.scenarios import choose_presence, in_conversation, presence_of
from workstreams.models import Workstream

Prepare = Callable[[Agent, datetime], Callable[[], object]]
WINDOW: Final = uuid4()
A_WHILE: Final = timedelta(seconds=90)


def signs_in(agent: Agent, now: datetime) -> Callable[[], object]:
    sign_out_agent(agent=agent, now=now)
    return lambda: sign_in_agent(agent=agent, now=now)


def comes_back(agent: Agent, now: datetime) -> Callable[[], object]:
    note_window(agent=agent, key=WINDOW, now=now - A_WHILE)
    take_offline.sweep(now=now, limit=10)
    return lambda: note_window(agent=agent, key=WINDOW, now=now)


def ends_his_choice(agent: Agent, now: datetime) -> Callable[[], object]:
    choose_presence(agent, "away", now)
    return lambda: reset_presence(agent=agent, by=agent.user, now=now)


FOLLOWS: Final = [signs_in, comes_back, ends_his_choice]


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("prepare", FOLLOWS)
def test_whose_presence_follows_capacity_again_as_his_limit_changes_has_that_of_the_new_limit(
    prepare: Prepare,
    is_first: bool,
    workstream: Workstream,
    agent: Agent,
    administrator: User,
    now: datetime,
) -> None:
    in_conversation(workstream, agent, now)
    moves = [
        prepare(agent, now),
        lambda: edit_agent(agent=agent, by=administrator, now=now, capacity_units=1),
    ]

    before_the_commit(*(moves if is_first else moves[::-1]))

    assert presence_of(agent) == ("busy_dnd", False)


@pytest.mark.parametrize("prepare", FOLLOWS)
def test_whose_presence_waits_for_his_load_does_not_hold_it(
    prepare: Prepare, agent: Agent, now: datetime
) -> None:
    queued_behind(
        AgentLoad.objects.filter(agent=agent),
        prepare(agent, now),
        then=lambda: AgentPresence.objects.select_for_update(nowait=True).get(agent=agent),
    )

    assert presence_of(agent) == ("available", False)
