"""What looks when nobody moves any more sees what waits for nothing (I4)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from agents.models import Agent
from config.clock import database_now
from routing.models import Assignment
from tests.factories.bots import make_bot, with_bot
from tests.promises import rest
from tests.scenarios import arrive, in_conversation
from workstreams.models import Message, Workstream


@pytest.fixture
def now(db: None) -> datetime:
    """The database's own."""
    return database_now()


class Waits:
    """A product in which one item waits for this."""

    def __init__(self, *blockers: str, overdue: Sequence[Any] = ()) -> None:
        self.blockers = [{"blocker": each} for each in blockers]
        self.overdue = [*overdue]

    def rows(self, sql: str) -> list[Any]:
        return self.overdue if sql == rest.OVERDUE else [(7, "nine")]

    def value(self, *_: Any) -> str:
        return "open"

    def client(self, name: str) -> "Waits":
        return self

    def api(self, *_: Any) -> "Waits":
        return self

    def json(self) -> Any:
        return {"waiting_because": self.blockers}


class WaitsForAMoment(Waits):
    """And for want of room from then on."""

    def json(self) -> Any:
        found = super().json()
        self.blockers = [{"blocker": "has_room"}]
        return found


@pytest.mark.parametrize(
    ("blockers", "why"),
    [
        ([], "nothing says why"),
        (["eligible"], "somebody could take it"),
        (["has_room", "eligible"], "somebody could take it"),
    ],
)
def test_what_waits_without_a_blocker_is_found(
    blockers: list[str], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rest, "PATIENCE_SECONDS", 0.0)
    world: Any = Waits(*blockers)

    assert rest.broken_at_rest(world) == [f"I4: item 7, since nine: {why}"]


def test_what_one_look_finds_and_the_next_does_not_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rest, "PATIENCE_SECONDS", 0.0)
    world: Any = WaitsForAMoment("eligible")

    assert rest.broken_at_rest(world) == []


def test_what_waits_for_a_named_blocker_breaks_nothing() -> None:
    world: Any = Waits("has_room")

    assert rest.broken_at_rest(world) == []


def test_what_no_sweep_ends_though_its_time_is_over_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rest, "PATIENCE_SECONDS", 0.0)
    world: Any = Waits("has_room", overdue=[(8, "ten", "its offer ran out and is still there")])

    found = rest.broken_at_rest(world)

    assert found == ["I4: item 8, since ten: its offer ran out and is still there"]


def test_only_offers_and_wrap_ups_whose_time_is_over_are_overdue(
    agent: Agent, workstream: Workstream, now: datetime
) -> None:
    held = in_conversation(workstream, agent, now)
    receipts = Assignment.objects.filter(item=held)

    assert overdue() == []
    receipts.update(capacity_release_due_at=now - timedelta(seconds=1))
    assert overdue() == [(held.pk, "its wrap-up is over and still blocks")]
    late = {"outcome": "pending", "decided_at": None, "deadline_at": now - timedelta(seconds=1)}
    receipts.update(capacity_release_due_at=None, **late)
    assert overdue() == [(held.pk, "its offer ran out and is still there")]


def test_a_day_that_is_over_and_a_bot_that_does_not_answer_are_overdue(
    agent: Agent, workstream: Workstream, now: datetime
) -> None:
    held = in_conversation(workstream, agent, now)
    day = {"day_profiles": [1], "day_ends_at": now - timedelta(seconds=1)}
    Assignment.objects.filter(item=held).update(**day)
    asked = arrive(with_bot(workstream, make_bot()), now, first_message="hello")
    assert overdue() == [(held.pk, "its day is over and still blocks")]

    Message.objects.filter(item=asked).update(created_at=now - timedelta(minutes=4))

    assert overdue()[1:] == [(asked.pk, "its bot does not answer")]


def overdue() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(rest.OVERDUE)
        return [(item, why) for item, _, why in cursor.fetchall()]
