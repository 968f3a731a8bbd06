"""Rows that fail hold up nobody: with as many as a sweep takes at a time, the others have their
turn."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from agents.models import Agent, AgentCapacityProfile, CapacityProfile
from routing.models import AgentLoad, Assignment, ProfileLoad
from routing.sweeps import end_days, miss_offers, note_days, release_wrap_up
from routing.sweeps.each import Turns, count_changed
from tests.factories import make_agent, make_queue, make_workstream
from tests.scenarios import in_conversation, in_wrap_up, offered
from workstreams.models import Workstream

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def served(name: str, **fields: Any) -> tuple[Workstream, Agent]:
    queue = make_queue(name)
    agent = make_agent(name, queues=[queue])
    return make_workstream(name, queue=queue, **fields), agent


def offer(name: str, now: datetime) -> None:
    workstream, _ = served(name)
    offered(workstream, now)


def wrap_up(name: str, now: datetime) -> None:
    workstream, agent = served(name, wrap_up_block="custom", wrap_up_seconds=60)
    in_wrap_up(workstream, agent, now)


def work_of_the_day(name: str, now: datetime) -> None:
    workstream, agent = served(name, capacity_format="profile")
    profile = CapacityProfile.objects.create(
        name=name, work_item_limit=2, reset_frequency="end_of_day"
    )
    workstream.capacity_profiles.add(profile)
    AgentCapacityProfile.objects.create(agent=agent, profile=profile)
    in_conversation(workstream, agent, now)
    note_days.sweep(now=now, limit=10)


def give_back_what_is_not_counted() -> None:
    """The counters of the first agent say that he holds nothing: the database refuses less."""
    agent = Assignment.objects.order_by("pk").values("agent")[:1]
    AgentLoad.objects.filter(agent__in=agent).update(units_used=0, items_held=0)
    ProfileLoad.objects.filter(agent__in=agent).update(used=0)


@pytest.mark.parametrize(
    ("make", "sweep"),
    [
        (offer, miss_offers.sweep),
        (wrap_up, release_wrap_up.sweep),
        (work_of_the_day, end_days.sweep),
    ],
    ids=["an offer", "wrap-up", "a day"],
)
def test_a_first_row_that_fails_is_behind_the_others_the_next_time(
    make: Callable[[str, datetime], None], sweep: Callable[..., int], now: datetime
) -> None:
    for number in range(3):
        make(f"row-{number}", now + timedelta(seconds=number))
    give_back_what_is_not_counted()

    done = [sweep(now=now + DAY, limit=1) for _ in range(4)]

    assert done == [0, 1, 1, 0]


def test_those_that_were_left_have_their_turns_one_after_the_other(now: datetime) -> None:
    rows, turns, tried = [1, 2, 3], Turns[int](), list[int]()

    def change(row: int) -> bool:
        tried.append(row)
        if row == 3:
            rows.remove(row)
        return row == 3

    for _ in range(5):
        count_changed(turns.first(lambda most: rows[:most], 1), change, turns)

    assert tried == [1, 2, 3, 1, 2]


def test_what_was_left_has_its_turn_though_others_come_without_end(now: datetime) -> None:
    rows, turns = [*range(100)], Turns[int]()
    held = {0}

    def change(row: int) -> bool:
        if row in held:
            held.clear()
            return False
        rows.remove(row)
        return True

    for _ in range(2):
        count_changed(turns.first(lambda most: rows[:most], 4), change, turns)

    assert 0 not in rows
    assert rows[:2] == [7, 8]
