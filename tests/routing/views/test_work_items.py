"""The list of work items."""

import re

import pytest
from django.urls import reverse

from routing import configuration
from tests.factories import make_item

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
VERBS = ("assign", "transfer", "close")


@pytest.fixture
def signed_in(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def item(workstream, agent, now):
    configuration.publish(by=None, now=now)
    return make_item(workstream, title="Lost card")


def test_the_list_shows_finished_and_unfinished_items(signed_in, workstream, item, agent, now):
    closed = {"state": "closed", "reason": "conversation_ended_by_agent", "closed_at": now}
    make_item(workstream, title="Done before", agent=agent, **closed)

    text = signed_in.get(reverse("routing:work-item-list")).content.decode()

    assert "Lost card" in text
    assert "Done before" in text


def test_the_list_is_searched_by_the_start_of_the_title(signed_in, workstream, item):
    make_item(workstream, title="Address")

    text = signed_in.get(reverse("routing:work-item-list") + "?q=lost").content.decode()

    assert "Lost card" in text
    assert "Address" not in text


def test_the_list_is_filtered_by_reason(signed_in, workstream, item, agent):
    make_item(workstream, title="A talk", agent=agent, state="active", reason="in_conversation")

    url = reverse("routing:work-item-list") + "?reason=in_conversation"
    text = signed_in.get(url).content.decode()

    assert ("A talk" in text, "Lost card" in text) == (True, False)
    assert re.search(r'<option value="in_conversation"\s+selected>', text)


def test_a_search_without_match_offers_to_clear_it(signed_in, item):
    text = signed_in.get(reverse("routing:work-item-list") + "?q=zebra").content.decode()

    assert "No work item matches" in text


def test_pages_keep_the_filters(signed_in, workstream, now):
    for _ in range(51):
        make_item(workstream, at=now)

    text = signed_in.get(reverse("routing:work-item-list") + "?state=open").content.decode()

    assert re.search(r'href="/work-items/\?state=open&amp;after=\d+"', text)


def test_the_list_fragment_has_one_root_with_its_id(signed_in, item):
    text = signed_in.get(reverse("routing:work-item-list"), headers=HTMX).content.decode().strip()

    assert text.startswith('<div id="work-item-list"')
    assert text.endswith("</div>")
    assert text.count('id="work-item-list"') == 1


@pytest.mark.parametrize("number_of_items", [1, 30])
def test_the_list_costs_the_same_however_much_there_is(
    signed_in, workstream, number_of_items, django_assert_max_num_queries
):
    for _ in range(number_of_items):
        make_item(workstream)

    with django_assert_max_num_queries(6):
        signed_in.get(reverse("routing:work-item-list"))


def test_agents_may_not_see_the_list(client, agent):
    client.force_login(agent.user)

    assert client.get(reverse("routing:work-item-list")).status_code == 403


def test_strangers_are_asked_to_sign_in(client, db):
    assert client.get(reverse("routing:work-item-list")).status_code == 302
