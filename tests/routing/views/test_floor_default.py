"""A supervisor's own filters of the floor (B 16.3)."""

import pytest
from django.test import Client

from routing.models import FloorDefault
from tests.factories import make_agent, make_item, make_queue, make_user, make_workstream
from workstreams.actions.delete_queue import delete_queue

FLOOR = "/floor/"
SAVE = "/floor/default/save/"
RESET = "/floor/default/reset/"


@pytest.fixture
def browser(client: Client, supervisor) -> Client:
    client.force_login(supervisor)
    return client


def test_filters_are_saved_begun_with_and_reset(browser, queue) -> None:
    filters = {"queue": str(queue.pk), "agent_q": "ali", "state": "open"}

    offered = browser.get(FLOOR, filters).content.decode()
    saved = browser.post(SAVE, filters | {"after": "x", "foreign": "y", "own": "1"})
    begun = browser.get(FLOOR)

    assert "Save as my filters" in offered
    assert FloorDefault.objects.get().filters == filters
    assert begun.status_code == 302
    assert begun.url == saved.url
    page = browser.get(begun.url).content.decode()
    assert "These are your own filters." in page
    assert "Save as my filters" not in page

    assert browser.post(RESET).status_code == 303
    assert not FloorDefault.objects.exists()
    assert "Reset my filters" not in browser.get(FLOOR).content.decode()


def test_who_clears_the_filters_sees_everything_and_the_way_back(browser) -> None:
    browser.post(SAVE, {"queue_q": "Sales"})

    page = browser.get(FLOOR, {"own": "1"})

    assert page.status_code == 200
    assert "Show my filters" in page.content.decode()
    assert "Save as my filters" not in page.content.decode()


@pytest.mark.parametrize("name", ["queue", "agent_queue"])
def test_a_queue_that_was_deleted_since_hides_nothing(browser, supervisor, now, name) -> None:
    queue = make_queue()
    browser.post(SAVE, {name: str(queue.pk), "state": "open"})
    delete_queue(queue=queue, by=supervisor, now=now)

    begun = browser.get(FLOOR)

    assert begun.url == f"{FLOOR}?own=1&state=open"
    assert "These are your own filters." in browser.get(begun.url).content.decode()


def test_saving_nothing_takes_the_default_away(browser) -> None:
    browser.post(SAVE, {"state": "open"})
    browser.post(SAVE, {"state": " "})

    assert not FloorDefault.objects.exists()


def test_each_has_his_own(browser, client) -> None:
    browser.post(SAVE, {"state": "open"})
    other = Client()
    other.force_login(make_user("zoe", "supervisor"))

    assert other.get(FLOOR).status_code == 200


@pytest.mark.parametrize("address", [SAVE, RESET])
def test_agents_have_none(client, agent, address) -> None:
    client.force_login(agent.user)

    assert client.post(address, {"state": "open"}).status_code == 403


def test_queues_that_one_serves_are_a_filter_of_both_lists(client, queue) -> None:
    steering = make_agent("lead", role="supervisor", queues=[queue])
    make_item(make_workstream(queue=queue), title="Of mine")
    make_item(make_workstream(queue=make_queue()), title="Of others")
    client.force_login(steering.user)

    for address in (FLOOR, "/work-items/"):
        page = client.get(address, {"queue": "mine"}).content.decode()
        assert "Of mine" in page
        assert "Of others" not in page
        assert '<option value="mine" selected>' in " ".join(page.split())
