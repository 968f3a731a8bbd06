"""A contact's preferred agents on its page, and in the API."""

import pytest

from agents.models import Agent, User
from tests.factories import make_agent, share_a_username
from workstreams.models import Contact, PreferredAgent

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace() -> Contact:
    return Contact.objects.create(name="Grace")


@pytest.fixture
def agents():
    return {name: make_agent(name) for name in ("ann", "ben", "cem", "dan")}


def order(contact):
    rows = PreferredAgent.objects.filter(contact=contact)
    return [str(each.agent) for each in rows.select_related("agent__user")]


def add(browser, contact, name):
    return browser.post(f"/contacts/{contact.pk}/preferred-agents/add/", {"agent": name})


def test_up_to_three_are_added_ordered_and_removed(as_supervisor, grace, agents):
    for name in ("ann", "BEN", "cem", "ben"):
        assert add(as_supervisor, grace, name).status_code == 303
    refused = add(as_supervisor, grace, "dan")
    assert refused.status_code == 422
    assert b"at most 3 preferred agents" in refused.content

    base = f"/contacts/{grace.pk}/preferred-agents"
    as_supervisor.post(f"{base}/{agents['cem'].pk}/move/", {"to": "up"})
    as_supervisor.post(f"{base}/{agents['ann'].pk}/move/", {"to": "up"})
    assert order(grace) == ["ann", "cem", "ben"]

    as_supervisor.post(f"{base}/{agents['ann'].pk}/remove/")
    assert order(grace) == ["cem", "ben"]
    page = as_supervisor.get(f"/contacts/{grace.pk}/").content.decode()
    assert page.index("1. cem") < page.index("2. ben")
    assert "Preferred agents are switched off." in page


def test_who_gets_no_work_any_more_is_marked(as_supervisor, grace, agents):
    add(as_supervisor, grace, "ann")
    Agent.objects.filter(pk=agents["ann"].pk).update(is_enabled=False)

    page = as_supervisor.get(f"/contacts/{grace.pk}/").content.decode()

    assert "(disabled, gets no work)" in page


def test_who_is_not_there_is_said(as_supervisor, grace):
    answer = add(as_supervisor, grace, "nobody")

    assert answer.status_code == 422
    assert "There is no agent “nobody”." in answer.content.decode()


def test_a_name_will_do_and_where_several_fit_one_is_chosen(as_supervisor, grace, agents):
    for username, last in (("ann", "Bauer"), ("ben", "Bauer"), ("cem", "Aydin")):
        User.objects.filter(username=username).update(first_name=username.title(), last_name=last)
    address = f"/contacts/{grace.pk}/preferred-agents/add/"

    add(as_supervisor, grace, "cem aydin")
    asked = as_supervisor.post(address, {"agent": "Bauer"})
    page = asked.content.decode()
    as_supervisor.post(address, {"agent": "Bauer", "one_of_them": "ben"})
    strange = as_supervisor.post(address, {"agent": "Bauer", "one_of_them": "dan"})

    assert asked.status_code == 422
    assert page.index("Ann Bauer (ann)") < page.index("Ben Bauer (ben)")
    assert 'type="radio"' in page
    assert strange.status_code == 422
    assert order(grace) == ["Cem Aydin", "Ben Bauer"]


def test_of_two_who_share_a_username_the_one_spelled_like_that_is_meant(as_supervisor, grace):
    share_a_username("grace", "Grace")

    found = as_supervisor.get("/agents/names/?agent=grace").content.decode()
    asked = add(as_supervisor, grace, "GRACE").content.decode()
    for username in ("Grace", "grace"):
        assert add(as_supervisor, grace, username).status_code == 303

    assert found.index('value="grace"') < found.index('value="Grace"')
    assert asked.index("Grace (Grace)") < asked.index("grace (grace)")
    assert order(grace) == ["Grace", "grace"]


def test_a_program_says_which_of_two_who_share_a_username(client, supervisor, grace):
    share_a_username("grace", "Grace")
    client.force_login(supervisor)
    address = f"/api/v1/contacts/{grace.pk}/preferred-agents"

    put = client.put(address, {"agents": ["Grace", "grace"]}, content_type="application/json")

    assert put.json() == {"agents": ["Grace", "grace"]}
    assert order(grace) == ["Grace", "grace"]


def test_agents_are_suggested_while_a_name_is_typed(as_supervisor, grace, agents):
    Agent.objects.filter(user__username="dan").update(is_enabled=False)

    form = as_supervisor.get(f"/contacts/{grace.pk}/preferred-agents/add/").content.decode()
    found = as_supervisor.get("/agents/names/?agent=EN").content.decode()

    assert '<option value="ann">' in form
    assert '<option value="dan">' not in form
    assert 'hx-get="/agents/names/"' in form
    assert found.count("<option") == 1
    assert '<option value="ben">' in found


def test_a_missing_contact_is_not_found(as_supervisor, agents):
    pk = agents["ann"].pk

    for address in ("add", f"{pk}/move", f"{pk}/remove"):
        answer = as_supervisor.post(f"/contacts/999999/preferred-agents/{address}/")
        assert answer.status_code == 404


def test_agents_may_not(client, grace, agents):
    client.force_login(agents["ann"].user)

    assert add(client, grace, "ann").status_code == 403
    assert order(grace) == []
