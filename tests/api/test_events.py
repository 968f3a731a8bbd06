"""/events."""

import time
from typing import Any

import pytest

from tests.api.conftest import Caller
from tests.factories import make_item

PATIENCE_SECONDS = 900
PAUSE_SECONDS = 0.05


def read_until(caller: Caller, kind: str, count: int) -> list[dict[str, Any]]:
    """Reads on as a program does: transactions of other tests on this server hold events back."""
    events: list[dict[str, Any]] = []
    cursor, deadline = "", time.monotonic() + PATIENCE_SECONDS
    while sum(one["kind"] == kind for one in events) < count and time.monotonic() < deadline:
        answer = caller.get(f"/events?page_size=2&after={cursor}").json()
        events += answer["items"]
        cursor = answer["next"]
        if not answer["items"]:
            time.sleep(PAUSE_SECONDS)
    return events


@pytest.mark.django_db(transaction=True)
def test_the_feed_is_read_in_order_without_gap(as_supervisor, workstream):
    answers = [as_supervisor.post("/work-items", {"workstream": "Chat"}) for _ in range(3)]
    items = [answer.json()["id"] for answer in answers]

    events = read_until(as_supervisor, "work-item-arrived", 3)

    arrived = [one["work_item_id"] for one in events if one["kind"] == "work-item-arrived"]
    assert arrived == items


def test_a_wrong_cursor_gets_422(as_supervisor):
    assert as_supervisor.get("/events?after=tomorrow").status_code == 422
    assert as_supervisor.get("/events?page_size=100000").status_code == 422


def test_agents_do_not_read_the_feed(as_agent, workstream):
    make_item(workstream)

    assert as_agent.get("/events").status_code == 403
