"""Changing the presence of an agent."""

import pytest
from django.db import ProgrammingError

from agents.actions.set_presence import CHANGE, set_presence
from agents.actions.sign_in_agent import sign_in_agent
from agents.actions.sign_out_agent import sign_out_agent
from agents.exceptions import PresenceNotSelectable
from agents.models import Agent, AgentPresence, Presence, User
from agents.signals import presence_changed
from config.models import Event
from tests.agents.actions.heard import heard
from tests.factories import make_user


@pytest.fixture
def newcomer(db: None) -> Agent:
    """An agent who never signed in."""
    return Agent.objects.create(user=make_user("nina"))


@pytest.fixture
def lunch(db: None) -> Presence:
    """A presence of the organisation's own."""
    return Presence.objects.create(name="lunch", text="At lunch", base="away")


def test_choosing_a_presence_changes_the_base_that_routing_reads(agent, lunch, now) -> None:
    set_presence(agent=agent, presence=lunch, by=agent.user, now=now)

    row = AgentPresence.objects.get(agent=agent)
    assert (row.presence, row.base, row.is_manual, row.since) == (lunch, "away", True, now)


def test_a_change_is_an_event_and_announced_once(agent, lunch, now) -> None:
    with heard(presence_changed) as calls:
        set_presence(agent=agent, presence=lunch, by=agent.user, now=now)

    event = Event.objects.get(kind="presence-changed")
    assert (event.agent_id, event.at) == (agent.pk, now)
    assert event.data == {"presence": "lunch", "base": "away", "by": agent.user.username}
    assert calls == [{"agent_ids": [agent.pk], "now": now}]


def test_the_same_presence_again_changes_nothing(agent, lunch, now) -> None:
    set_presence(agent=agent, presence=lunch, by=agent.user, now=now)
    events = Event.objects.count()

    with heard(presence_changed) as calls:
        set_presence(agent=agent, presence=lunch, by=agent.user, now=now.replace(hour=11))

    assert AgentPresence.objects.get(agent=agent).since == now
    assert (Event.objects.count(), calls) == (events, [])


def test_choosing_what_the_system_had_set_makes_it_a_choice(agent, now) -> None:
    available = Presence.objects.get(name="available")

    set_presence(agent=agent, presence=available, by=agent.user, now=now)

    assert AgentPresence.objects.get(agent=agent).is_manual


def test_people_cannot_choose_what_only_the_system_sets(agent, now) -> None:
    inactive = Presence.objects.get(name="inactive")

    with pytest.raises(PresenceNotSelectable):
        set_presence(agent=agent, presence=inactive, by=agent.user, now=now)

    assert AgentPresence.objects.get(agent=agent).base == "available"


def test_the_system_itself_may_set_inactive(agent, now) -> None:
    inactive = Presence.objects.get(name="inactive")

    row = set_presence(agent=agent, presence=inactive, by=None, now=now, is_manual=False)

    assert (row.presence.name, row.base, row.is_manual) == ("inactive", "away", False)


def test_a_newcomer_gets_a_first_presence(newcomer, now) -> None:
    busy = Presence.objects.get(name="busy")

    set_presence(agent=newcomer, presence=busy, by=newcomer.user, now=now)

    assert AgentPresence.objects.get(agent=newcomer).base == "busy"


def test_a_lost_event_takes_the_change_back(agent, lunch, now, monkeypatch) -> None:
    broken = CHANGE.replace("config_event", "no_event")
    monkeypatch.setattr("agents.actions.set_presence.CHANGE", broken)

    with pytest.raises(ProgrammingError, match="no_event"):
        set_presence(agent=agent, presence=lunch, by=agent.user, now=now)

    assert AgentPresence.objects.get(agent=agent).base == "available"


def test_signing_in_makes_an_agent_available(newcomer, now) -> None:
    row = sign_in_agent(agent=newcomer, now=now)

    assert (row.base, row.is_manual) == ("available", False)


def test_a_default_presence_that_nobody_may_set_any_more_is_passed_over(newcomer, lunch, now):
    newcomer.default_presence = lunch
    newcomer.save()
    lunch.agents_may_set = False
    lunch.save()
    newcomer.refresh_from_db()

    assert sign_in_agent(agent=newcomer, now=now).base == "available"


def test_signing_in_gives_the_default_presence(newcomer, lunch, now) -> None:
    newcomer.default_presence = lunch

    assert sign_in_agent(agent=newcomer, now=now).presence == lunch


def test_a_second_browser_keeps_the_chosen_presence(agent, now) -> None:
    busy_dnd = Presence.objects.get(name="busy_dnd")
    set_presence(agent=agent, presence=busy_dnd, by=agent.user, now=now)

    assert sign_in_agent(agent=agent, now=now).base == "busy_dnd"


def test_signing_out_takes_the_agent_offline(agent, now) -> None:
    assert sign_out_agent(agent=agent, now=now).base == "offline"


def test_the_pages_of_signing_in_and_out_change_the_presence(newcomer, client) -> None:
    client.force_login(newcomer.user, backend="django.contrib.auth.backends.ModelBackend")
    assert AgentPresence.objects.get(agent=newcomer).base == "available"

    client.logout()
    assert AgentPresence.objects.get(agent=newcomer).base == "offline"


def test_people_who_are_no_agents_sign_in_without_a_presence(
    administrator: User, client, db
) -> None:
    client.force_login(administrator)

    assert not AgentPresence.objects.exists()
