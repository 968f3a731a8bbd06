"""*My work items* has an end: what waits for its customer may do so for four weeks."""

import re
from datetime import timedelta
from typing import Any, Final

import pytest
from django.urls import reverse

from routing.queries import desk as desk_queries
from routing.queries.desk import my_items, my_items_shown
from tests.agents.desk.test_desk_pages import HTMX, text_of
from tests.factories import make_item
from tests.routing.queries.test_desk import make_offer
from workstreams.terms import Reason

pytestmark = pytest.mark.django_db
MINUTE: Final = timedelta(minutes=1)


@pytest.fixture
def held(agent, workstream, now, monkeypatch):
    """More than are shown of each state, as the desk lists them: ids by state."""
    monkeypatch.setattr(desk_queries, "ITEMS_SHOWN", 2)
    make_offer(make_item(workstream), agent, now)
    return {
        state: [
            make_item(
                workstream,
                state=state,
                agent=agent,
                reason=Reason.IN_CONVERSATION,
                at=now - age * MINUTE,
                last_activity_at=now - age * MINUTE,
            ).pk
            for age in range(number)
        ]
        for state, number in (("waiting", 5), ("wrap_up", 3), ("active", 3))
    }


def test_what_is_in_hand_is_shown_whole_and_of_what_waits_the_last_that_changed(agent, held):
    shown, more = my_items_shown(agent)

    ids = [*held["active"], *held["wrap_up"], *held["waiting"][:2]]
    assert ([item.id for item in shown], more) == (ids, 3)


def test_the_api_says_all(client, agent, held):
    client.force_login(agent.user)

    answer = client.get("/api/v1/agents/me").json()

    assert [item["id"] for item in answer["items"]] == [item.id for item in my_items(agent)]
    assert len(answer["items"]) == 11


@pytest.mark.parametrize(("number_shown", "queries"), [(5, 2), (6, 1)])
def test_they_are_counted_where_there_may_be_more(
    agent, held, monkeypatch, django_assert_num_queries, number_shown, queries
):
    monkeypatch.setattr(desk_queries, "ITEMS_SHOWN", number_shown)

    with django_assert_num_queries(queries):
        shown, more = my_items_shown(agent)

    assert (len(shown), more) == (11, 0)


def mine(desk: Any) -> str:
    return " ".join(text_of(desk.get(reverse("agents:desk-my-items"), headers=HTMX)).split())


def test_the_page_counts_all_and_leads_to_the_others(desk, held):
    page = mine(desk)

    assert 'My work items <span class="count">11</span>' in page
    (address,) = re.findall(r'and <a href="([^"]+)">3 more in the inbox</a>', page)
    assert 'aria-current="page">My work items<' in text_of(desk.get(address))


def test_where_all_are_shown_nothing_is_said(desk, held, monkeypatch):
    monkeypatch.setattr(desk_queries, "ITEMS_SHOWN", 5)

    assert "more in the inbox" not in mine(desk)
