"""Blocked work on the floor."""

import re

import pytest
from django.urls import reverse

from routing.models import Blocker

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def blocker(queue, now):
    return Blocker.objects.create(
        queue=queue, cause="no_members", number_of_items=3, first_item_id=1, oldest_since=now,
        noted_at=now,
    )  # fmt: skip


@pytest.fixture
def signed_in(client, supervisor):
    client.force_login(supervisor)
    return client


def work_on(client, blocker, minutes="60", **headers):
    address = reverse("routing:blocker-acknowledge", args=[blocker.pk])
    return client.post(address, {"minutes": minutes}, headers=headers)


def test_the_floor_says_what_is_missing_how_much_waits_and_where_to_mend_it(signed_in, blocker):
    text = signed_in.get(reverse("routing:floor")).content.decode()

    assert "Nobody serves the queue Support." in text
    assert re.search(r"3 work items wait for this, <a [^>]*>the oldest</a> for", text)
    assert re.search(rf'queue={blocker.queue_id}#floor-items">All that wait in the queue', text)
    assert f'href="/queues/{blocker.queue_id}/#members"' in text


def test_a_cause_that_a_newer_program_noted_is_told_of_in_general(signed_in, blocker):
    Blocker.objects.update(cause="eclipse")

    text = signed_in.get(reverse("routing:floor")).content.decode()

    assert "Work of Support waits for something that nobody works on." in text


def test_one_that_waits_is_told_of_as_one(signed_in, blocker):
    blocker.number_of_items = 1
    blocker.save()

    text = signed_in.get(reverse("routing:floor")).content.decode()

    assert re.search(r"<a [^>]*>1 work item</a> has waited .* for this\.", text)


def test_more_may_wait_than_were_looked_at(signed_in, blocker):
    Blocker.objects.update(is_at_least=True)

    text = signed_in.get(reverse("routing:floor")).content.decode()

    assert re.search(r"At least 3 work items wait for this, <a [^>]*>the oldest</a> for", text)
    assert "At least 3 work items wait for something nobody works on." in text


def test_without_any_the_block_is_empty_but_there_to_be_told(signed_in):
    response = signed_in.get(reverse("routing:floor-blockers"), headers=HTMX)

    assert b'id="floor-blockers"' in response.content
    assert b"<section" not in response.content


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_a_supervisor_says_that_he_works_on_it(signed_in, blocker, headers):
    response = work_on(signed_in, blocker, **headers)

    assert response.status_code == (200 if headers else 303)
    text = signed_in.get(reverse("routing:floor")).content.decode()
    assert "sven works on it until" in text
    assert "Somebody works on all of it." in text


def test_what_one_works_on_is_told_in_words(signed_in, blocker):
    told = work_on(signed_in, blocker, **HTMX)["HX-Trigger"]

    assert re.search(r"until \d\d:\d\d UTC: Nobody serves the queue Support\.", told)


def test_who_works_on_it_is_named_as_everywhere(signed_in, supervisor, blocker):
    supervisor.first_name, supervisor.last_name = "Sven", "Berg"
    supervisor.save()

    work_on(signed_in, blocker)

    assert b"Sven Berg works on it until" in signed_in.get(reverse("routing:floor")).content


def test_a_strange_time_is_refused(signed_in, blocker):
    assert work_on(signed_in, blocker, "9999").status_code == 400


def test_what_is_mended_meanwhile_is_a_refusal(signed_in, blocker):
    Blocker.objects.all().delete()

    assert work_on(signed_in, blocker).status_code == 409


def test_agents_see_none(client, agent, blocker):
    client.force_login(agent.user)

    assert client.get(reverse("routing:floor-blockers"), headers=HTMX).status_code == 403
    assert work_on(client, blocker).status_code == 403


def test_who_did_not_see_that_somebody_works_on_it_is_told(signed_in, administrator, blocker):
    work_on(signed_in, blocker)
    signed_in.force_login(administrator)

    refused = work_on(signed_in, blocker, **HTMX)

    assert refused.status_code == 409
    assert "sven works on it already, until" in refused["HX-Trigger"]
    assert Blocker.objects.get().acknowledged_by == "sven"


def test_who_saw_it_takes_it_over(signed_in, administrator, blocker):
    work_on(signed_in, blocker)
    signed_in.force_login(administrator)
    page = signed_in.get(reverse("routing:floor")).content.decode()
    [seen] = re.findall(r'name="seen"\s+value="(.*?)"', page)

    address = reverse("routing:blocker-acknowledge", args=[blocker.pk])
    signed_in.post(address, {"minutes": "60", "seen": seen})

    assert (seen, Blocker.objects.get().acknowledged_by) == ("sven", administrator.username)
