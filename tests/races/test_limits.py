"""Limits that change as presences are worked out from them: both are as they are in the end."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from agents.actions.delete_definition import delete_definition
from agents.actions.edit_agent import edit_agent
from agents.actions.note_window import note_window
from agents.actions.reset_presence import reset_presence
from agents.actions.save_definition import save_definition
from agents.actions.set_agent_capacity_profiles import set_agent_capacity_profiles
from agents.actions.sign_in_agent import sign_in_agent
from agents.actions.sign_out_agent import sign_out_agent
from agents.exceptions import DefinitionGone
from agents.models import Agent, AgentPresence, CapacityProfile, User
from config.models import Event
from routing.models import AgentLoad
from routing.sweeps import take_offline
from tests.api.conftest import Caller
from tests.factories import make_agent, make_profile, make_workstream
from tests.races.together import (
    Elsewhere,
    before_the_commit,
    queued_behind,
    waiting_for_nobody,
)
from tests.scenarios import choose_presence, in_conversation, presence_of
from workstreams.actions.change_agents import change_agents
from workstreams.agent_changes import AgentChange
from workstreams.models import Queue, Workstream

Give = Callable[[Agent, CapacityProfile, User, datetime], object]
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


def is_given(agent: Agent, profile: CapacityProfile, by: User, now: datetime) -> None:
    set_agent_capacity_profiles(agent=agent, profiles=[(profile, None)], by=by, now=now)


def is_given_with_others(agent: Agent, profile: CapacityProfile, by: User, now: datetime) -> None:
    change = AgentChange(profiles={profile: None})
    change_agents(agent_ids=[agent.pk], change=change, by=by, now=now)


def is_given_by_a_program(agent: Agent, profile: CapacityProfile, by: User, now: datetime) -> None:
    given = {"capacity_profiles": [{"profile": profile.name}]}
    assert Caller(by).patch(f"/agents/{agent.username}", given).status_code == 200


def is_given_on_his_page(agent: Agent, profile: CapacityProfile, by: User, now: datetime) -> None:
    client = Client()
    client.force_login(by)
    page = reverse("agents:agent-profiles", args=[agent.pk])
    assert client.post(page, {f"has-{profile.pk}": "on"}).status_code == 303


GETS: Final = [is_given, is_given_with_others, is_given_by_a_program, is_given_on_his_page]


@pytest.fixture
def chats(db: None) -> CapacityProfile:
    return make_profile("Chats", limit=2)


@pytest.fixture
def holder(chats: CapacityProfile, queue: Queue, now: datetime) -> Agent:
    """Has one chat in hand, by a profile that was taken from him."""
    holder = make_agent("holder", queues=[queue], profiles=[chats], units=None)
    workstream = make_workstream("Chat", queue=queue, capacity_format="profile")
    workstream.capacity_profiles.add(chats)
    in_conversation(workstream, holder, now)
    set_agent_capacity_profiles(agent=holder, profiles=[], by=None, now=now)
    return holder


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("gets", GETS)
def test_who_is_given_a_profile_as_its_limit_changes_is_as_full_as_that_makes_him(
    gets: Give,
    is_first: bool,
    holder: Agent,
    chats: CapacityProfile,
    administrator: User,
    now: datetime,
) -> None:
    changed = CapacityProfile.objects.get(pk=chats.pk)
    changed.work_item_limit = 1
    moves = [
        lambda: gets(holder, chats, administrator, now),
        lambda: save_definition(row=changed, by=administrator, now=now),
    ]

    before_the_commit(*(moves if is_first else moves[::-1]))

    assert holder.capacity_profiles.get().limit == 1
    assert presence_of(holder) == ("busy_dnd", False)


def test_what_is_told_of_a_profile_that_is_given_as_its_limit_changes_is_the_new_limit(
    agent: Agent, chats: CapacityProfile, administrator: User, now: datetime
) -> None:
    changed = CapacityProfile.objects.get(pk=chats.pk)
    changed.work_item_limit = 1

    before_the_commit(
        lambda: save_definition(row=changed, by=administrator, now=now),
        lambda: is_given(agent, chats, administrator, now),
    )

    told = Event.objects.get(kind="capacity-changed", agent_id=agent.pk)
    assert told.data["limits"] == {"Chats": 1}


@pytest.mark.parametrize("gets", GETS)
def test_who_waits_for_a_profile_does_not_hold_the_agent(
    gets: Give, agent: Agent, chats: CapacityProfile, administrator: User, now: datetime
) -> None:
    queued_behind(
        CapacityProfile.objects.filter(pk=chats.pk),
        lambda: gets(agent, chats, administrator, now),
        then=lambda: Agent.objects.select_for_update(nowait=True, no_key=True).get(pk=agent.pk),
    )

    assert agent.capacity_profiles.get().profile == chats


@pytest.mark.parametrize("gets", [is_given, is_given_with_others])
def test_nobody_is_given_a_profile_that_is_deleted_meanwhile(
    gets: Give, agent: Agent, chats: CapacityProfile, administrator: User, now: datetime
) -> None:
    _, answer = before_the_commit(
        lambda: delete_definition(row=chats, by=administrator, now=now),
        lambda: gets(agent, chats, administrator, now),
    )

    assert isinstance(answer, DefinitionGone)


def test_the_page_of_his_profiles_waits_for_none_that_it_does_not_give(
    agent: Agent, chats: CapacityProfile, administrator: User, now: datetime
) -> None:
    calls = make_profile("Calls")
    elsewhere = Elsewhere(lambda: save_definition(row=calls, by=administrator, now=now))

    with waiting_for_nobody():
        is_given_on_his_page(agent, chats, administrator, now)
    elsewhere.commit()

    assert agent.capacity_profiles.get().profile == chats
