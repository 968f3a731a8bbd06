"""Agents whose windows close, or fall silent, and who come back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from agents.actions.edit_agent import edit_agent
from agents.actions.note_window import close_window, note_window
from agents.actions.save_definition import save_definition
from agents.actions.set_agent_capacity_profiles import set_agent_capacity_profiles
from agents.actions.set_presence import set_presence
from agents.actions.sign_in_agent import sign_in_agent
from agents.actions.sign_out_agent import sign_out_agent
from agents.models import AgentPresence, AgentWindow, Presence
from config.models import Event
from routing import service
from routing.models import AgentLoad, ProfileLoad
from routing.sweeps import return_dropped, take_offline
from tests.factories import make_profile
from tests.scenarios import arrive, in_conversation, units_used

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def key(agent, now):
    key = uuid4()
    note_window(agent=agent, key=key, now=now)
    return key


def base_of(agent):
    return AgentPresence.objects.get(agent=agent).base


def choose(agent, name, now):
    presence = Presence.objects.get(name=name)
    set_presence(agent=agent, presence=presence, by=agent.user, now=now)


def test_who_closes_his_window_is_offline(agent, key, now):
    close_window(agent=agent, key=key, now=now)

    assert take_offline.sweep(now=now + 9 * SECOND, limit=10) == 0
    assert [take_offline.sweep(now=now + 10 * SECOND, limit=10) for _ in range(2)] == [1, 0]
    assert base_of(agent) == "offline"


def test_a_page_that_leads_to_the_next_one_changes_nothing(agent, key, now):
    close_window(agent=agent, key=key, now=now)
    note_window(agent=agent, key=uuid4(), now=now + SECOND)

    assert take_offline.sweep(now=now + 20 * SECOND, limit=10) == 0


def test_another_window_in_another_browser_is_enough(agent, key, now):
    note_window(agent=agent, key=uuid4(), now=now)
    close_window(agent=agent, key=key, now=now)

    assert take_offline.sweep(now=now + 30 * SECOND, limit=10) == 0


def test_a_page_that_is_still_there_costs_one_statement_and_no_event(
    agent, key, now, django_assert_num_queries
):
    events = Event.objects.count()

    with django_assert_num_queries(1):
        note_window(agent=agent, key=key, now=now + 60 * SECOND)

    assert AgentWindow.objects.get(key=key).seen_at == now + 60 * SECOND
    assert Event.objects.count() == events


def test_who_loses_the_net_is_offline_once_his_window_is_silent(agent, key, now):
    assert take_offline.sweep(now=now + 89 * SECOND, limit=10) == 0
    assert take_offline.sweep(now=now + 90 * SECOND, limit=10) == 1


def test_programs_and_pages_without_scripts_are_never_gone(agent, now):
    assert take_offline.sweep(now=now + timedelta(days=1), limit=10) == 0


@pytest.mark.parametrize("chosen", ["busy_dnd", "away", "busy"])
def test_who_is_back_soon_has_the_presence_from_before(agent, key, now, chosen):
    choose(agent, chosen, now)
    take_offline.sweep(now=now + 90 * SECOND, limit=10)

    note_window(agent=agent, key=uuid4(), now=now + 240 * SECOND)

    presence = AgentPresence.objects.get(agent=agent)
    assert (presence.base, presence.is_manual, presence.left_at) == (chosen, True, None)


def test_what_followed_capacity_follows_what_became_of_it_meanwhile(
    workstream, agent, key, supervisor, now
):
    item = in_conversation(workstream, agent, now)
    before = base_of(agent)
    take_offline.sweep(now=now + 90 * SECOND, limit=10)
    service.force_close(item_id=item.pk, by=supervisor, now=now + 100 * SECOND)

    note_window(agent=agent, key=uuid4(), now=now + 110 * SECOND)

    assert (before, base_of(agent)) == ("busy", "available")


def test_a_default_presence_of_the_organisation_is_there_again_after_a_short_break(agent, now):
    desk = Presence.objects.create(name="desk", text="At the desk", base="busy")
    agent.default_presence = desk
    agent.save()
    sign_out_agent(agent=agent, now=now)
    sign_in_agent(agent=agent, now=now)
    note_window(agent=agent, key=uuid4(), now=now)
    take_offline.sweep(now=now + 90 * SECOND, limit=10)

    note_window(agent=agent, key=uuid4(), now=now + 240 * SECOND)

    assert AgentPresence.objects.get(agent=agent).presence == desk


def test_closing_the_window_is_no_way_out_of_being_inactive(agent, key, now):
    inactive = Presence.objects.get(name="inactive")
    set_presence(agent=agent, presence=inactive, by=None, now=now, after="missed")
    take_offline.sweep(now=now + 90 * SECOND, limit=10)

    note_window(agent=agent, key=uuid4(), now=now + 100 * SECOND)

    row = AgentPresence.objects.select_related("presence").get(agent=agent)
    assert (row.presence, row.after) == (inactive, "missed")


def test_who_is_back_late_begins_anew(agent, key, now):
    choose(agent, "busy_dnd", now)
    take_offline.sweep(now=now + 90 * SECOND, limit=10)

    note_window(agent=agent, key=uuid4(), now=now + 241 * SECOND)

    presence = AgentPresence.objects.get(agent=agent)
    assert (presence.base, presence.is_manual) == ("available", False)


def test_a_default_presence_wins_over_a_late_return(agent, key, now):
    agent.default_presence = Presence.objects.get(name="away")
    agent.save()
    take_offline.sweep(now=now + 90 * SECOND, limit=10)

    note_window(agent=agent, key=uuid4(), now=now + 300 * SECOND)

    assert base_of(agent) == "away"


def test_who_signed_out_stays_offline(agent, key, now):
    sign_out_agent(agent=agent, now=now)

    assert take_offline.sweep(now=now + 90 * SECOND, limit=10) == 0
    assert not AgentWindow.objects.exists()
    assert base_of(agent) == "offline"


def test_a_presence_that_a_supervisor_sets_meanwhile_stays(agent, key, supervisor, now):
    take_offline.sweep(now=now + 90 * SECOND, limit=10)
    away = Presence.objects.get(name="away")
    set_presence(agent=agent, presence=away, by=supervisor, now=now + 100 * SECOND)

    note_window(agent=agent, key=uuid4(), now=now + 120 * SECOND)

    assert base_of(agent) == "away"


def test_a_live_chat_whose_agent_stays_away_goes_to_somebody_else(workstream, agent, key, now):
    item = in_conversation(workstream, agent, now)
    take_offline.sweep(now=now + 90 * SECOND, limit=10)

    assert return_dropped.sweep(now=now + 240 * SECOND, limit=10) == 0
    assert [return_dropped.sweep(now=now + 241 * SECOND, limit=10) for _ in range(2)] == [1, 0]

    item.refresh_from_db()
    assert (item.state, item.agent, units_used(agent)) == ("open", None, 0)
    assert item.messages.filter(text__startswith="The connection to").exists()
    assert Event.objects.filter(kind="agent-dropped").count() == 1


def test_who_is_back_in_the_last_moment_has_his_presence_and_his_chat(workstream, agent, key, now):
    item = in_conversation(workstream, agent, now)
    choose(agent, "busy_dnd", now)
    take_offline.sweep(now=now + 90 * SECOND, limit=10)
    freed = return_dropped.sweep(now=now + 240 * SECOND, limit=10)
    note_window(agent=agent, key=uuid4(), now=now + 240 * SECOND)

    item.refresh_from_db()
    assert (freed, item.agent, base_of(agent)) == (0, agent, "busy_dnd")


def test_a_live_chat_whose_agent_is_back_stays(workstream, agent, key, now):
    item = in_conversation(workstream, agent, now)
    take_offline.sweep(now=now + 90 * SECOND, limit=10)
    note_window(agent=agent, key=uuid4(), now=now + 100 * SECOND)

    assert return_dropped.sweep(now=now + 300 * SECOND, limit=10) == 0
    item.refresh_from_db()
    assert item.agent == agent


def test_a_live_chat_whose_agent_signs_out_goes_to_somebody_else(workstream, agent, key, now):
    item = in_conversation(workstream, agent, now)
    sign_out_agent(agent=agent, now=now + SECOND)

    assert return_dropped.sweep(now=now + 151 * SECOND, limit=10) == 0
    assert [return_dropped.sweep(now=now + 152 * SECOND, limit=10) for _ in range(2)] == [1, 0]

    item.refresh_from_db()
    assert (item.state, item.agent, units_used(agent)) == ("open", None, 0)


def test_signing_out_after_the_window_closed_does_not_keep_a_live_chat(workstream, agent, key, now):
    in_conversation(workstream, agent, now)
    take_offline.sweep(now=now + 90 * SECOND, limit=10)
    sign_out_agent(agent=agent, now=now + 100 * SECOND)

    assert return_dropped.sweep(now=now + 241 * SECOND, limit=10) == 1


def test_a_live_chat_whose_agent_chose_to_be_offline_stays(workstream, agent, key, now):
    in_conversation(workstream, agent, now)
    choose(agent, "offline", now + SECOND)

    assert return_dropped.sweep(now=now + 300 * SECOND, limit=10) == 0


def test_a_live_chat_whose_agent_is_back_though_offline_stays(workstream, agent, key, now):
    agent.default_presence = Presence.objects.get(name="offline")
    agent.save()
    in_conversation(workstream, agent, now)
    sign_out_agent(agent=agent, now=now + SECOND)
    sign_in_agent(agent=agent, session=uuid4(), now=now + 9 * SECOND)

    assert return_dropped.sweep(now=now + 300 * SECOND, limit=10) == 0


def test_a_live_chat_that_was_accepted_offline_stays(workstream, agent, supervisor, now):
    sign_out_agent(agent=agent, now=now)
    item = arrive(workstream, now)
    service.assign(item_id=item.pk, agent=agent, by=supervisor, override=True, now=now + SECOND)
    service.accept(item_id=item.pk, by=agent, now=now + 2 * SECOND)

    assert return_dropped.sweep(now=now + 300 * SECOND, limit=10) == 0


def test_the_page_tells(client, agent, agent_of_another_queue):
    client.force_login(agent.user)
    key = str(uuid4())

    codes = [
        client.post("/presence/window/", data).status_code
        for data in ({"key": key}, {"key": key, "closing": "1"}, {"key": "x"})
    ]

    assert codes == [204, 204, 400]
    assert AgentWindow.objects.get().closed_at is not None
    client.force_login(agent_of_another_queue.user)
    client.post("/presence/window/", {"key": key})
    assert AgentWindow.objects.get().agent == agent


def test_windows_of_yesterday_take_nobody_offline(agent, key, now):
    close_window(agent=agent, key=key, now=now)
    choose(agent, "offline", now)
    tomorrow = now + timedelta(days=1)

    choose(agent, "available", tomorrow)

    assert take_offline.sweep(now=tomorrow, limit=10) == 0
    assert base_of(agent) == "available"


def follows(agent, units=0):
    """An agent whose presence follows the units in use."""
    AgentPresence.objects.filter(agent=agent).update(is_manual=False)
    AgentLoad.objects.filter(agent=agent).update(units_used=units, items_held=1 if units else 0)


def test_presence_follows_new_limits(agent, administrator, now):
    follows(agent, units=2)

    edit_agent(agent=agent, by=administrator, now=now, capacity_units=2)
    full = base_of(agent)
    edit_agent(agent=agent, by=administrator, now=now, capacity_units=4)

    assert (full, base_of(agent)) == ("busy_dnd", "busy")


def test_presence_follows_new_profiles_and_their_new_limits(agent, administrator, now):
    follows(agent)
    agent.capacity_units = None
    agent.save()
    profile = make_profile("Chats", limit=2)
    ProfileLoad.objects.create(agent=agent, profile=profile, used=1)

    profiles = [(profile, None)]
    set_agent_capacity_profiles(agent=agent, profiles=profiles, by=administrator, now=now)
    some = base_of(agent)
    profile.work_item_limit = 1
    save_definition(row=profile, by=administrator, now=now)

    assert (some, base_of(agent)) == ("busy", "busy_dnd")


def test_a_chosen_presence_stays_when_limits_change(agent, administrator, now):
    choose(agent, "busy", now)

    edit_agent(agent=agent, by=administrator, now=now, capacity_units=9)

    assert base_of(agent) == "busy"


def test_with_ten_work_items_an_agent_is_undisturbed(agent, administrator, now):
    follows(agent, units=10)
    AgentLoad.objects.filter(agent=agent).update(items_held=10)

    edit_agent(agent=agent, by=administrator, now=now, capacity_units=99)

    assert base_of(agent) == "busy_dnd"
