"""A sweep whose connection to the database dies is gone on with, whichever it is.

``test_every_sweep`` holds them to the rest.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from django.db import DatabaseError, InterfaceError, connection

from agents.actions.set_presence import set_presence
from agents.models import Agent, Presence
from routing import configuration, service
from routing.models import AgentLoad
from routing.sweeps import (
    average_waits,
    close_inactive,
    close_silent_bots,
    each,
    leave_bots,
    miss_offers,
    note_blockers,
    overflow_waiting,
    recount_capacity,
    release_wrap_up,
    return_unseen,
)
from tests.factories import (
    make_agent,
    make_notification_template,
    make_overflow,
    make_queue,
    make_route,
    make_user,
    make_workstream,
)
from tests.factories.bots import make_bot, with_bot
from tests.scenarios import arrive, in_conversation, in_wrap_up, offered
from workstreams.models import Bot, Workstream
from workstreams.terms import OverflowAction, OverflowCondition

ROWS: Final = 3


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where work comes in and who takes it."""

    workstream: Workstream
    agent: Agent


Make = Callable[[Place, datetime], None]


@pytest.fixture
def place(transactional_db: None) -> Place:
    workstream = make_workstream()
    return Place(
        workstream=workstream, agent=make_agent("alice", queues=[workstream.fallback_queue])
    )


def offers(place: Place, at: datetime) -> None:
    for _ in range(ROWS):
        offered(place.workstream, at)


def timed_wrap_ups(place: Place, at: datetime) -> None:
    Workstream.objects.update(wrap_up_block="custom", wrap_up_seconds=60)
    place.workstream.refresh_from_db()
    for _ in range(ROWS):
        in_wrap_up(place.workstream, place.agent, at)


def chats_nobody_takes(place: Place, at: datetime) -> None:
    for _ in range(ROWS):
        arrive(place.workstream, at)


def chats_in_an_overflowing_queue(place: Place, at: datetime) -> None:
    queue = place.workstream.fallback_queue
    make_route(place.workstream)
    make_overflow(queue, OverflowCondition.WAITING_TIME, OverflowAction.END, threshold=60)
    chats_nobody_takes(place, at)


def talks_with_a_bot(place: Place, at: datetime) -> None:
    with_bot(place.workstream, make_bot("Helper"))
    chats_nobody_takes(place, at)


def talks_with_a_bot_that_is_off(place: Place, at: datetime) -> None:
    talks_with_a_bot(place, at)
    Bot.objects.update(is_enabled=False)


def work_given_to_nobody_there(place: Place, at: datetime) -> None:
    template = make_notification_template(
        agents_may_decline=False, auto_assign=True, countdown_seconds=60
    )
    Workstream.objects.update(supervisor_assign_template=template)
    place.workstream.refresh_from_db()
    offline = Presence.objects.get(name="offline")
    set_presence(agent=place.agent, presence=offline, by=None, now=at)
    boss = make_user("boss", role="supervisor")
    for _ in range(ROWS):
        item = arrive(place.workstream, at)
        service.assign(item_id=item.pk, agent=place.agent, by=boss, override=True, now=at)
    assert miss_offers.sweep(now=at + timedelta(seconds=60), limit=10) == ROWS


def drifted_loads(place: Place, at: datetime) -> None:
    agents = [place.agent, *(make_agent(f"agent{number}") for number in range(1, ROWS))]
    assert AgentLoad.objects.filter(agent__in=agents).update(units_used=4) == ROWS


def queues_nobody_serves(place: Place, at: datetime) -> None:
    for number in range(ROWS):
        arrive(make_workstream(f"lost{number}", queue=make_queue(f"lost{number}")), at)


def queues_with_taken_work(place: Place, at: datetime) -> None:
    for number in range(ROWS):
        queue = make_queue(f"quick{number}")
        agent = make_agent(f"quick{number}", queues=[queue])
        in_conversation(make_workstream(f"quick{number}", queue=queue), agent, at)


# Sweep, what makes its rows due, and how long after that they are.
TABLE: Final[dict[str, tuple[Any, Make, timedelta]]] = {
    "miss_offers": (miss_offers, offers, timedelta(minutes=3)),
    "release_wrap_up": (release_wrap_up, timed_wrap_ups, timedelta(minutes=1)),
    "close_inactive": (close_inactive, chats_nobody_takes, timedelta(minutes=20)),
    "overflow_waiting": (overflow_waiting, chats_in_an_overflowing_queue, timedelta(minutes=2)),
    "close_silent_bots": (close_silent_bots, talks_with_a_bot, timedelta(minutes=31)),
    "leave_bots": (leave_bots, talks_with_a_bot_that_is_off, timedelta(minutes=1)),
    "return_unseen": (return_unseen, work_given_to_nobody_there, timedelta(minutes=10)),
    "recount_capacity": (recount_capacity, drifted_loads, timedelta(minutes=1)),
    "note_blockers": (note_blockers, queues_nobody_serves, timedelta(minutes=2)),
    "average_waits": (average_waits, queues_with_taken_work, timedelta(minutes=2)),
}


@pytest.fixture
def due(request: pytest.FixtureRequest, place: Place, now: datetime) -> Callable[..., int]:
    """Its sweep, with that many rows due."""
    module, make, after = TABLE[request.param]
    make(place, now - after)
    configuration.publish(by=None, now=now)

    def sweep(limit: int = 100) -> int:
        return int(module.sweep(now=now, limit=limit))

    return sweep


@pytest.mark.parametrize("due", TABLE, indirect=True)
def test_a_sweep_whose_connection_dies_is_gone_on_with(
    due: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = each._attempt

    def die_after_one(*given: Any) -> int:
        changed = attempt(*given)
        connection.connection.close()
        return changed

    with monkeypatch.context() as patch, ThreadPoolExecutor(1) as pool:
        patch.setattr(each, "_attempt", die_after_one)
        crash = pool.submit(due).exception()
        pool.submit(lambda: connection.close()).result()

    assert isinstance(crash, DatabaseError | InterfaceError)
    assert due() == ROWS - 1
    assert due() == 0
