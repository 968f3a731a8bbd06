"""The presence control, and presences set by supervisors."""

import pytest
from django.db.models import Subquery
from django.urls import reverse

from agents.actions.edit_agent import edit_agent
from agents.actions.set_presence import set_presence
from agents.models import AgentPresence, Presence
from config.clock import database_now
from routing import configuration
from routing.models import AgentLoad
from workstreams.models import RecordType, Workstream

CONTROL, SET = "/presence/control/", "/presence/set/"
HTMX = {"HX-Request": "true"}
CASE = Subquery(RecordType.objects.filter(name="case").values("pk"))
RECORDS = {"type": "record", "channel": "record", "record_type": CASE}


def choice(name: str) -> dict[str, int]:
    return {"presence": Presence.objects.get(name=name).pk}


def test_the_control_shows_presence_choices_and_capacity(client, agent) -> None:
    client.force_login(agent.user)

    content = client.get(CONTROL, headers=HTMX).content.decode()

    assert content.count('id="presence-control"') == 1
    for shown in ("Available", "Do not disturb", "Appear away", "Offline", f"agent-{agent.pk}-"):
        assert shown in content
    assert "Inactive" not in content


def test_without_javascript_the_choices_are_a_page(client, agent) -> None:
    client.force_login(agent.user)

    content = client.get(CONTROL).content.decode()

    assert "<html" in content
    assert f'action="{SET}"' in content


def test_a_presence_that_a_missed_offer_brought_is_announced(client, agent, now) -> None:
    client.force_login(agent.user)
    before = client.get(f"{CONTROL}?after=", headers=HTMX)
    inactive = Presence.objects.get(name="inactive")
    set_presence(agent=agent, presence=inactive, by=None, now=now, after="missed")

    after = client.get(f"{CONTROL}?after=", headers=HTMX)
    again = client.get(f"{CONTROL}?after=missed", headers=HTMX)

    assert "You are now: Inactive. " in after["HX-Trigger"]
    assert f'hx-get="{CONTROL}?after=missed"' in after.content.decode()
    assert ["HX-Trigger" in each for each in (before, again)] == [False, False]


def test_choosing_answers_with_the_control(client, agent) -> None:
    client.force_login(agent.user)

    response = client.post(SET, choice("busy_dnd"), headers=HTMX)

    assert AgentPresence.objects.get(agent=agent).base == "busy_dnd"
    assert 'id="presence-control"' in response.content.decode()
    assert "presence-changed" in response["HX-Trigger"]


def test_without_javascript_choosing_leads_back(client, agent) -> None:
    client.force_login(agent.user)

    response = client.post(SET, choice("away"), headers={"Referer": "http://testserver/desk/"})

    assert (response.status_code, response.url) == (303, "http://testserver/desk/")


def test_choosing_leads_to_no_other_site(client, agent) -> None:
    client.force_login(agent.user)

    response = client.post(SET, choice("away"), headers={"Referer": "https://example.org/"})

    assert response.url == "/"


@pytest.mark.parametrize("value", ["", "x", "4711"])
def test_a_presence_that_is_none_is_not_found(client, agent, value) -> None:
    client.force_login(agent.user)

    assert client.post(SET, {"presence": value}).status_code == 404


def test_what_only_the_system_sets_is_refused(client, agent) -> None:
    client.force_login(agent.user)

    assert client.post(SET, choice("inactive")).status_code == 409


def test_only_agents_have_a_presence(client, supervisor) -> None:
    client.force_login(supervisor)

    assert client.get(CONTROL).status_code == 403
    assert client.post(SET, choice("busy")).status_code == 403


def test_a_supervisor_resets_the_presence_of_an_agent(client, supervisor, agent) -> None:
    client.force_login(supervisor)
    url = reverse("agents:agent-presence-set", kwargs={"agent_id": agent.pk})

    response = client.post(url, choice("offline"), headers=HTMX)

    assert AgentPresence.objects.get(agent=agent).base == "offline"
    assert f"agent-{agent.pk}-changed" in response["HX-Trigger"]


def test_agents_do_not_set_the_presence_of_others(client, agent, second_agent) -> None:
    client.force_login(agent.user)
    url = reverse("agents:agent-presence-set", kwargs={"agent_id": second_agent.pk})

    assert client.post(url, choice("offline")).status_code == 403


RESET = "/presence/reset/"


def test_an_agent_lets_presence_follow_capacity_again(client, agent) -> None:
    client.force_login(agent.user)
    client.post(SET, choice("away"), headers=HTMX)
    offered = client.get(CONTROL, headers=HTMX).content.decode()

    response = client.post(RESET, headers=HTMX)

    assert f'formaction="{RESET}"' in offered
    assert AgentPresence.objects.get(agent=agent).base == "available"
    assert RESET not in response.content.decode()


def test_a_missed_offer_is_named_beside_the_presence(client, agent) -> None:
    inactive = Presence.objects.get(name="inactive")
    AgentPresence.objects.update(presence=inactive, base="away", is_manual=True, after="missed")
    client.force_login(agent.user)

    content = client.get(CONTROL, headers=HTMX).content.decode()

    assert "An offer was missed" in content


@pytest.mark.parametrize(
    ("name", "base", "after", "words"),
    [
        ("inactive", "away", "missed", "no new work until you choose a presence"),
        ("busy_dnd", "busy_dnd", "declined", "no new work until you choose a presence"),
        ("busy_dnd", "busy_dnd", "", "no new work until you close one"),
    ],
    ids=["missed", "declined", "ten items"],
)
def test_only_where_no_work_comes_in_the_presence_the_agent_is_told_so(
    client, agent, workstream, now, name, base, after, words
) -> None:
    presence = Presence.objects.get(name=name)
    AgentPresence.objects.update(presence=presence, base=base, is_manual=bool(after), after=after)
    AgentLoad.objects.filter(agent=agent).update(items_held=10)
    client.force_login(agent.user)

    told = []
    for allowed in (["available"], ["available", base]):
        Workstream.objects.update(allowed_presences=allowed)
        configuration.publish(by=None, now=now)
        told.append(words in client.get(CONTROL, headers=HTMX).content.decode())

    assert told == [True, False]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "no other work than that of your own customers until you choose a presence"),
        ({"keep_same_agent": False}, "no new work until you choose a presence"),
        ({"distribution_mode": "pick"}, "no new work until you choose a presence"),
        (RECORDS, "no new work until you choose a presence"),
    ],
    ids=["kept", "not kept", "picked", "records"],
)
def test_an_agent_whose_customers_come_back_to_him_is_told_so(
    client, agent, workstream, now, fields, words
) -> None:
    inactive = Presence.objects.get(name="inactive")
    AgentPresence.objects.update(presence=inactive, base="away", is_manual=True, after="missed")
    Workstream.objects.update(**{"keep_same_agent": True, **fields})
    configuration.publish(by=None, now=now)
    client.force_login(agent.user)

    content = client.get(CONTROL, headers=HTMX).content.decode()

    assert words in content


@pytest.mark.parametrize(
    ("held", "is_manual", "is_told"), [(10, False, True), (9, False, False), (10, True, False)]
)
def test_who_has_ten_work_items_open_is_told_why_no_more_come(
    client, agent, held, is_manual, is_told
) -> None:
    undisturbed = Presence.objects.get(name="busy_dnd")
    AgentPresence.objects.update(presence=undisturbed, base="busy_dnd", is_manual=is_manual)
    AgentLoad.objects.filter(agent=agent).update(items_held=held)
    client.force_login(agent.user)

    content = client.get(CONTROL, headers=HTMX).content.decode()

    assert ("Ten work items are open" in content) is is_told


def test_a_supervisor_resets_an_agents_presence(client, agent, supervisor) -> None:
    AgentPresence.objects.update(is_manual=True)
    client.force_login(supervisor)
    page = f"/agents/{agent.pk}/"

    shown = client.get(page).content.decode()
    response = client.post(f"{page}presence/reset/")

    assert "presence/reset/" in shown
    assert (response.status_code, response.url) == (303, page)
    assert not AgentPresence.objects.get(agent=agent).is_manual


def test_who_is_offline_is_refused_a_reset(client, agent) -> None:
    client.force_login(agent.user)
    AgentPresence.objects.update(presence=Presence.objects.get(name="offline"), base="offline")

    assert client.post(RESET, headers=HTMX).status_code == 409


def test_nobody_sets_the_presence_of_who_is_disabled(client, agent, supervisor) -> None:
    edit_agent(agent=agent, by=supervisor, now=database_now(), is_enabled=False)
    client.force_login(supervisor)
    url = reverse("agents:agent-presence-set", kwargs={"agent_id": agent.pk})

    shown = client.get(f"/agents/{agent.pk}/").content.decode()
    response = client.post(url, choice("available"), headers=HTMX)

    assert url not in shown
    assert response.status_code == 409
    assert "is disabled, so the presence stays" in response["HX-Trigger"]
    assert AgentPresence.objects.get(agent=agent).base == "offline"
