"""What the floor shows of an agent's work: what is his to do, not what waits for customers."""

import re
from datetime import timedelta
from typing import Any, Final

import pytest
from django.urls import reverse

from routing.queries.floor_agents import AgentFilters, agent_page
from tests.factories import make_item
from workstreams.terms import ItemState, Reason

pytestmark = pytest.mark.django_db
OFFERED: Final = (ItemState.ACTIVE, Reason.AWAITING_AGENT_ACCEPTANCE)
TALK: Final = (ItemState.ACTIVE, Reason.IN_CONVERSATION)
WRAP_UP: Final = (ItemState.WRAP_UP, Reason.AGENT_MOVED_TO_WRAP_UP)
RESTING: Final = (ItemState.WAITING, Reason.AWAITING_CUSTOMER_RESPONSE)


@pytest.fixture
def hold(workstream, agent, now):
    """So many items of the agent, each changed a day before the one after it."""

    def hold(held: tuple[ItemState, Reason], *titles: str, days: int = 0) -> None:
        state, reason = held
        for age, title in enumerate(reversed(titles), start=days):
            at = now - timedelta(days=age)
            fields: dict[str, Any] = {"state": state, "reason": reason, "at": at}
            make_item(workstream, agent=agent, title=title, **fields)

    return hold


def work():
    [row] = agent_page(AgentFilters()).rows
    return row.work


def shown():
    return [item.title for item in work().items]


def numbers():
    return work().number_of_more, work().number_of_waiting


def test_what_is_to_do_is_not_hidden_by_what_waits_for_weeks(hold):
    hold(RESTING, "Weeks ago", "Last week", "Resting", "Just now", days=1)
    hold(TALK, "First talk", "Second talk", days=1)
    hold(OFFERED, "An offer")

    assert shown() == ["An offer", "Second talk", "First talk"]
    assert numbers() == (0, 4)


def test_wrap_up_comes_after_talks(hold):
    hold(WRAP_UP, "Done")
    hold(TALK, "A talk", days=9)

    assert shown() == ["A talk", "Done"]
    assert numbers() == (0, 0)


def test_more_to_do_is_counted_apart_from_what_waits(hold):
    hold(TALK, "One", "Two", "Three", "Four")
    hold(WRAP_UP, "Five")
    hold(RESTING, "Six", "Seven", "Eight")

    assert shown() == ["Four", "Three", "Two"]
    assert numbers() == (2, 3)


@pytest.mark.usefixtures("agent")
def test_who_has_nothing_has_nothing_more():
    assert (shown(), numbers()) == ([], (0, 0))


def test_the_page_says_how_many_more_and_how_many_wait(client, supervisor, hold):
    hold(TALK, "One", "Two", "Three", "Four")
    hold(RESTING, "Five", "Six")
    client.force_login(supervisor)

    page = client.get(reverse("routing:floor-agents"), headers={"HX-Request": "true"})

    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))
    assert "Two and 1 more 2 waiting for the customer" in text
    assert not any(title in text for title in ("One", "Five", "Six"))


def test_who_only_has_what_waits_is_not_said_to_have_none(client, supervisor, hold):
    hold(RESTING, "Five", "Six")
    client.force_login(supervisor)

    page = client.get(reverse("routing:floor-agents"), headers={"HX-Request": "true"})

    cell = page.content.decode().rpartition("<td>")[2]
    assert "2 waiting for the customer" in cell
    assert "None" not in cell
