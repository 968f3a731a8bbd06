"""Supervisors watch conversations, join them, and read the advice given on them."""

from uuid import uuid4

import pytest
from django.test import Client

from agents.models import User
from config.models import Event
from routing import service
from tests.factories import make_agent
from tests.scenarios import in_conversation

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(workstream, agent, now):
    return in_conversation(workstream, agent, now)


@pytest.fixture
def sue(db):
    """A supervisor who is an agent too."""
    sue = make_agent("sue")
    sue.user.role = "supervisor"
    sue.user.save()
    return sue


@pytest.fixture
def her_browser(sue):
    client = Client()
    client.force_login(sue.user)
    return client


def test_watching_is_noted_in_the_timeline(her_browser, item):
    answer = her_browser.post(f"/work-items/{item.pk}/monitor/")

    assert answer.status_code == 303
    assert Event.objects.filter(kind="work-item-monitored", data__by="sue").exists()
    assert "Watched by sue" in her_browser.get(f"/work-items/{item.pk}/").content.decode()


def test_who_joins_writes_to_the_customer_from_the_desk(her_browser, item):
    answer = her_browser.post(f"/work-items/{item.pk}/join/")

    assert answer.url == f"/desk/{item.pk}/"
    assert "data-composer" in her_browser.get(answer.url).content.decode()


def test_a_supervisor_without_an_agent_watches_only(client, supervisor, item):
    client.force_login(supervisor)

    page = client.get(f"/work-items/{item.pk}/").content.decode()

    assert f"/work-items/{item.pk}/monitor/" in page
    assert f"/work-items/{item.pk}/join/" not in page
    assert client.post(f"/work-items/{item.pk}/join/").status_code == 403


def test_supervisors_read_the_side_talk_and_other_agents_do_not(
    her_browser, client, item, agent, now
):
    eva, finn = make_agent("eva"), make_agent("finn")
    consults = [service.consult(item_id=item.pk, by=agent, agent=each) for each in (eva, finn)]
    for consult, who in zip(consults, (eva, finn), strict=True):
        service.accept_consult(consult_id=consult.pk, by=who)
    service.write_note(
        consult_id=consults[0].pk, by=agent, text="A refund is fine", client_key=uuid4()
    )
    client.force_login(finn.user)

    assert "A refund is fine" in her_browser.get(f"/work-items/{item.pk}/").content.decode()
    assert "A refund is fine" not in client.get(f"/work-items/{item.pk}/").content.decode()
    tab = client.get(f"/desk/{item.pk}/?tab=consult").content.decode()
    assert "A refund is fine" not in tab


@pytest.mark.parametrize("verb", ["monitor", "join"])
def test_nobody_watches_or_joins_a_conversation_of_his_own(client, agent, item, verb):
    User.objects.filter(pk=agent.user_id).update(role="supervisor")
    client.force_login(agent.user)
    before = Event.objects.count()

    assert client.post(f"/work-items/{item.pk}/{verb}/").status_code == 409
    assert Event.objects.count() == before
