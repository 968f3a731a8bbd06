"""Presences that follow capacity follow what administrators change (A 14)."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agents.actions.edit_agent import edit_agent
from agents.actions.save_definition import save_definition
from agents.actions.set_agent_capacity_profiles import set_agent_capacity_profiles
from agents.actions.set_presence import set_presence
from agents.models import Agent, AgentPresence, Presence, User
from routing.actions.follow_limits import follow_limits
from tests.factories import make_agent, make_profile, make_workstream
from tests.scenarios import in_conversation
from workstreams.models import Queue, Workstream

pytestmark = pytest.mark.django_db


def base(agent: Agent) -> str:
    return AgentPresence.objects.get(agent=agent).base


def limit(agent: Agent, units: int, by: User, now: datetime) -> None:
    agent.capacity_units = units
    agent.save()
    follow_limits(agent_ids=[agent.pk], now=now)


def test_a_smaller_limit_makes_undisturbed_and_a_larger_one_busy(
    workstream: Workstream, agent: Agent, administrator: User, now: datetime
) -> None:
    in_conversation(workstream, agent, now)
    before = base(agent)

    limit(agent, 1, administrator, now)
    full = base(agent)
    limit(agent, 5, administrator, now)

    assert (before, full, base(agent)) == ("busy", "busy_dnd", "busy")


def test_a_choice_stays_whatever_the_limit(
    workstream: Workstream, agent: Agent, administrator: User, now: datetime
) -> None:
    in_conversation(workstream, agent, now)
    chosen = Presence.objects.get(name="available")
    set_presence(agent=agent, presence=chosen, by=agent.user, now=now)

    limit(agent, 1, administrator, now)

    assert base(agent) == "available"


@pytest.fixture
def holder(queue: Queue, now: datetime) -> Agent:
    """Has one of two chats in hand, by a profile."""
    profile = make_profile("Chats", limit=2)
    holder = make_agent("holder", queues=[queue], profiles=[profile], units=None)
    workstream = make_workstream("Chat", queue=queue, capacity_format="profile")
    workstream.capacity_profiles.add(profile)
    in_conversation(workstream, holder, now)
    return holder


def test_a_limit_of_its_own_counts_at_once(
    holder: Agent, administrator: User, now: datetime
) -> None:
    profile = holder.capacity_profiles.get().profile
    before = base(holder)

    set_agent_capacity_profiles(agent=holder, profiles=[(profile, 1)], by=administrator, now=now)

    assert (before, base(holder)) == ("busy", "busy_dnd")


def test_a_profiles_new_limit_counts_for_everybody_who_has_it(
    holder: Agent, administrator: User, now: datetime
) -> None:
    profile = holder.capacity_profiles.get().profile
    profile.work_item_limit = 1

    save_definition(row=profile, by=administrator, now=now)

    assert base(holder) == "busy_dnd"


def test_a_profiles_new_limit_leaves_limits_of_ones_own(
    holder: Agent, administrator: User, now: datetime
) -> None:
    held = holder.capacity_profiles.get()
    held.custom_limit = 7
    held.save()
    held.profile.work_item_limit = 1

    save_definition(row=held.profile, by=administrator, now=now)

    held.refresh_from_db()
    assert (held.limit, base(holder)) == (7, "busy")


def test_looking_at_many_who_stay_as_they_are_costs_the_same(queue: Queue, now: datetime) -> None:
    ids = [make_agent(f"agent{number}", queues=[queue]).pk for number in range(6)]

    with CaptureQueriesContext(
        connection,
    ) as few:
        follow_limits(agent_ids=ids[:1], now=now)
    with CaptureQueriesContext(connection) as many:
        follow_limits(agent_ids=ids, now=now)

    assert len(many) == len(few)


def test_an_administrators_form_is_enough(
    workstream: Workstream, agent: Agent, administrator: User, now: datetime
) -> None:
    in_conversation(workstream, agent, now)

    edit_agent(agent=agent, by=administrator, now=now, capacity_units=1)

    assert base(agent) == "busy_dnd"
