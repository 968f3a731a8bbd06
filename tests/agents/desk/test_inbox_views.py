"""Views of the inbox that people make: their own, and those that administrators share."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.agents.desk.test_inbox import lines
from tests.factories import make_item, make_workstream
from workstreams.models import InboxView

pytestmark = pytest.mark.django_db
OWN, SHARED = "/inbox/views/", "/inbox-views/"
FORM = {"name": "Boilers", "of": "open", "sort": "date", "order": "latest", "words": "boiler"}


@pytest.fixture
def items(workstream):
    """Three that wait, of two channels."""
    sms = make_workstream("SMS", channel="sms", queue=workstream.fallback_queue)
    for of, title in ((workstream, "Boiler A"), (sms, "Boiler B"), (workstream, "Lamp")):
        make_item(of, at=timezone.now(), title=title)


def listed(client, view):
    return lines(client.get(f"/inbox/?view=view-{view.pk}"))


def test_an_agent_keeps_a_view_of_his_own(desk, agent, items):
    assert desk.post(f"{OWN}new/", FORM).status_code == 303

    view = InboxView.objects.get()
    assert (view.owner, listed(desk, view)) == (agent, ["Boiler B", "Boiler A"])
    changed = {**FORM, "channel": "sms", "kinds": ["conversation"], "loaded_version": "1"}
    assert desk.post(f"{OWN}{view.pk}/edit/", changed).status_code == 303
    assert listed(desk, view) == ["Boiler B"]
    desk.post(f"{OWN}{view.pk}/delete/")
    assert not InboxView.objects.exists()


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, ["Lamp", "Boiler B", "Boiler A"]),
        ({"order": "oldest"}, ["Boiler A", "Boiler B", "Lamp"]),
        ({"kinds": ["record"]}, []),
        ({"kinds": ["record", "conversation"], "words": "lamp"}, ["Lamp"]),
        ({"channel": "sms"}, ["Boiler B"]),
        ({"of": "mine"}, []),
        ({"of": "mine", "read": "unread"}, []),
    ],
)
def test_conditions_and_order_are_those_of_the_view(desk, agent, items, fields, shown):
    view = InboxView.objects.create(name="View", owner=agent, **{"of": "open", **fields})

    assert listed(desk, view) == shown


def test_the_address_narrows_a_view_further(desk, agent, items):
    view = InboxView.objects.create(name="View", owner=agent, of="open", words="boiler")

    assert lines(desk.get(f"/inbox/?view=view-{view.pk}&q=b&order=oldest")) == [
        "Boiler A",
        "Boiler B",
    ]
    assert lines(desk.get(f"/inbox/?view=view-{view.pk}&q=lamp")) == []


@pytest.mark.parametrize("asked", ["sort=&order=", "sort=size&order=sideways"])
def test_what_the_address_does_not_say_is_as_the_view_says(desk, agent, workstream, asked):
    for title, name in (("Boiler", "Bea"), ("Lamp", "Ann"), ("Pipe", "Bea")):
        make_item(workstream, at=timezone.now(), title=title, customer={"name": name})
    ordered = {"sort": "customer", "order": "oldest"}
    view = InboxView.objects.create(name="View", owner=agent, of="open", **ordered)

    shown = lines(desk.get(f"/inbox/?view=view-{view.pk}&{asked}"))

    assert shown == ["Lamp", "Boiler", "Pipe"]


def test_administrators_share_views_with_every_agent(client, desk, agent, administrator, items):
    client.force_login(administrator)
    assert client.post(f"{SHARED}new/", FORM).status_code == 303
    view = InboxView.objects.get()
    client.force_login(agent.user)

    assert view.owner is None
    assert listed(client, view) == ["Boiler B", "Boiler A"]
    assert client.get(SHARED).status_code == 403
    assert client.post(f"{OWN}{view.pk}/edit/", FORM).status_code == 404


def test_nobody_sees_the_views_of_others(desk, second_agent, items):
    view = InboxView.objects.create(name="Secret", owner=second_agent, of="open")

    assert "Secret" not in desk.get("/inbox/").content.decode()
    assert listed(desk, view) == []
    assert desk.post(f"{OWN}{view.pk}/delete/").status_code == 404


def test_a_view_that_fits_nothing_is_refused_at_the_field(desk, agent):
    InboxView.objects.create(name="boilers", owner=agent)

    taken = desk.post(f"{OWN}new/", FORM)
    unread = desk.post(f"{OWN}new/", {**FORM, "name": "Other", "read": "unread"})
    unknown = desk.post(f"{OWN}new/", {**FORM, "name": "Third", "kinds": ["fax"]})

    assert "You have a view of this name already." in taken.content.decode()
    assert (taken.status_code, unknown.status_code) == (422, 422)
    assert unread.status_code == 303
    assert InboxView.objects.get(name="Other").read == "all"


@pytest.mark.parametrize(
    "fields", [{"of": "nothing"}, {"of": "open", "read": "unread"}, {"name": "VIEW"}]
)
def test_the_database_refuses_views_that_cannot_be(agent, fields):
    InboxView.objects.create(name="View", owner=agent)

    with pytest.raises(IntegrityError), transaction.atomic():
        InboxView.objects.create(**{"name": "Another", "owner": agent, **fields})
