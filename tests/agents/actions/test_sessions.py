"""Agents who are signed in on several devices, and sign out on one of them."""

from datetime import timedelta
from uuid import uuid4

import pytest

from agents.actions.note_window import note_window
from agents.actions.set_presence import set_presence
from agents.actions.sign_in_agent import sign_in_agent
from agents.actions.sign_out_agent import sign_out_agent
from agents.models import AgentPresence, AgentSession, AgentWindow, Presence
from routing.sweeps import purge_sessions, return_dropped, take_offline
from tests.scenarios import in_conversation

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def base_of(agent):
    return AgentPresence.objects.get(agent=agent).base


def sign_in(agent, now, *, has_scripts=True):
    key = uuid4()
    sign_in_agent(agent=agent, session=key, now=now)
    if has_scripts:
        note_window(agent=agent, key=uuid4(), session=key, now=now)
    return key


def choose(agent, name, now):
    presence = Presence.objects.get(name=name)
    set_presence(agent=agent, presence=presence, by=agent.user, now=now)


def test_of_ten_devices_only_the_last_takes_the_agent_offline(agent, now):
    sessions = [sign_in(agent, now) for _ in range(10)]
    choose(agent, "busy", now)

    bases = []
    for session in sessions:
        sign_out_agent(agent=agent, session=session, now=now)
        bases.append(base_of(agent))

    assert bases == ["busy"] * 9 + ["offline"]
    assert not AgentWindow.objects.filter(agent=agent).exists()


def test_who_chose_to_be_offline_on_one_device_stays_so_on_the_next(agent, now):
    first = sign_in(agent, now)
    choose(agent, "offline", now)

    sign_in(agent, now)
    there = base_of(agent)
    sign_out_agent(agent=agent, session=first, now=now)
    AgentWindow.objects.all().delete()
    sign_in(agent, now + SECOND)

    assert (there, base_of(agent)) == ("offline", "available")


def test_the_windows_of_the_other_device_stay(agent, now):
    first, second = sign_in(agent, now), sign_in(agent, now)

    sign_out_agent(agent=agent, session=first, now=now)

    windows = AgentWindow.objects.filter(agent=agent)
    assert list(windows.values_list("session__key", flat=True)) == [second]
    assert take_offline.sweep(now=now + SECOND, limit=10) == 0


def test_a_device_whose_windows_are_gone_is_no_reason_to_stay(agent, now):
    first, _ = sign_in(agent, now + 100 * SECOND), sign_in(agent, now)

    sign_out_agent(agent=agent, session=first, now=now + 100 * SECOND)

    assert base_of(agent) == "offline"


def test_a_device_that_slept_as_another_signed_out_is_there_again_once_it_wakes(agent, now):
    woken, again = now + 200 * SECOND, now + 210 * SECOND
    asleep, first = sign_in(agent, now), sign_in(agent, now + 100 * SECOND)
    sign_out_agent(agent=agent, session=first, now=now + 100 * SECOND)
    for _ in range(2):
        note_window(agent=agent, key=uuid4(), session=asleep, now=woken)

    second = sign_in(agent, again)
    sign_out_agent(agent=agent, session=second, now=again)

    windows = AgentWindow.objects.filter(agent=agent)
    assert list(windows.values_list("session__key", flat=True)) == [asleep, asleep]
    assert base_of(agent) == "available"


def test_a_browser_without_scripts_is_there_as_long_as_its_cookie_lasts(agent, now):
    late = now + timedelta(hours=11)
    sign_in(agent, now, has_scripts=False)
    first, second = sign_in(agent, late), sign_in(agent, late + timedelta(hours=2))

    sign_out_agent(agent=agent, session=first, now=late)
    assert base_of(agent) != "offline"

    sign_out_agent(agent=agent, session=second, now=late + timedelta(hours=2))
    assert base_of(agent) == "offline"


def test_who_is_there_by_a_browser_without_scripts_is_not_taken_offline(agent, now):
    sign_in(agent, now, has_scripts=False)
    sign_in(agent, now)

    assert take_offline.sweep(now=now + 90 * SECOND, limit=10) == 0
    assert base_of(agent) == "available"


def test_once_the_cookie_of_that_browser_is_over_he_is(agent, now):
    sign_in(agent, now, has_scripts=False)
    sign_in(agent, now)

    assert take_offline.sweep(now=now + timedelta(hours=12), limit=10) == 1
    assert base_of(agent) == "offline"


@pytest.mark.parametrize("chosen", ["busy_dnd", "away", "busy"])
def test_who_signs_in_soon_after_a_crash_has_what_he_chose(agent, now, chosen):
    sign_in(agent, now)
    choose(agent, chosen, now)
    take_offline.sweep(now=now + 90 * SECOND, limit=10)

    sign_in(agent, now + 240 * SECOND)

    presence = AgentPresence.objects.get(agent=agent)
    assert (presence.base, presence.is_manual, presence.left_at) == (chosen, True, None)


def test_who_signs_in_later_begins_anew(agent, now):
    sign_in(agent, now)
    choose(agent, "away", now)
    take_offline.sweep(now=now + 90 * SECOND, limit=10)

    sign_in(agent, now + 241 * SECOND)

    presence = AgentPresence.objects.get(agent=agent)
    assert (presence.base, presence.before, presence.left_at) == ("available", None, None)


def test_who_signed_out_himself_begins_anew_however_soon(agent, now):
    session = sign_in(agent, now)
    choose(agent, "away", now)
    sign_out_agent(agent=agent, session=session, now=now)

    sign_in(agent, now + SECOND)

    assert base_of(agent) == "available"


def test_two_browsers_sign_in_and_out_by_themselves(client, agent, now):
    other = type(client)()
    for browser in (client, other):
        browser.force_login(agent.user)
        browser.post("/presence/window/", {"key": str(uuid4())})

    client.logout()
    first = base_of(agent)
    other.logout()

    assert first != "offline"
    assert (base_of(agent), AgentSession.objects.count()) == ("offline", 0)


def test_old_sign_ins_are_forgotten_once_nobody_is_there(agent, now):
    late = now + timedelta(hours=13)
    sign_in(agent, now)
    still = sign_in(agent, now)
    AgentWindow.objects.filter(session__key=still).update(seen_at=late)

    purge_sessions.sweep(now=late, limit=10)

    assert [row.key for row in AgentSession.objects.all()] == [still]


@pytest.mark.parametrize(
    ("another", "base"),
    [
        (None, "offline"),
        ("sign-in", "available"),
        ("window", "available"),
    ],
)
def test_the_end_of_a_cookie_without_scripts_takes_the_agent_offline(agent, now, another, base):
    late = now + timedelta(hours=13)
    sign_in(agent, now, has_scripts=False)
    if another == "sign-in":
        sign_in(agent, now + timedelta(hours=2), has_scripts=False)
    if another == "window":
        note_window(agent=agent, key=uuid4(), now=late)

    assert purge_sessions.sweep(now=late, limit=10) == 1

    assert base_of(agent) == base


def test_the_end_of_a_cookie_takes_nobody_offline_whose_pages_tell(workstream, agent, now):
    late = now + timedelta(hours=13)
    sign_in(agent, now)
    in_conversation(workstream, agent, now)
    before = base_of(agent)

    ended = [purge_sessions.sweep(now=late, limit=10), base_of(agent)]

    # The sweep of silent windows does, and remembers what he was.
    assert (ended, take_offline.sweep(now=late, limit=10)) == ([1, before], 1)
    presence = AgentPresence.objects.get(agent=agent, before__base=before)
    assert (presence.base, presence.left_at) == ("offline", late)
    assert return_dropped.sweep(now=late + 151 * SECOND, limit=10) == 1


def test_programs_are_there_however_long_ago_anybody_signed_in(agent, now):
    assert purge_sessions.sweep(now=now + timedelta(days=2), limit=10) == 0
    assert base_of(agent) == "available"
