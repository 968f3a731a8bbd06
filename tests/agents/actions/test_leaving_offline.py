"""Agents who were there though offline, by choice or by default, and go: A 14 and A 17."""

from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

import pytest

from agents.actions.note_window import note_window
from agents.actions.set_presence import set_presence
from agents.actions.sign_in_agent import sign_in_agent
from agents.actions.sign_out_agent import sign_out_agent
from agents.models import Agent, AgentPresence, AgentSession, Presence
from routing import service
from routing.sweeps import purge_sessions, return_dropped, take_offline
from tests.factories import make_workstream
from tests.scenarios import arrive
from workstreams.models import Queue, WorkItem
from workstreams.terms import DistributionMode

pytestmark = pytest.mark.django_db
MINUTE: Final = timedelta(minutes=1)


@pytest.fixture(params=["chosen", "default"])
def offline(request: pytest.FixtureRequest, agent: Agent, now: datetime) -> Agent:
    presence = Presence.objects.get(name="offline")
    is_manual = request.param == "chosen"
    set_presence(agent=agent, presence=presence, by=None, is_manual=is_manual, now=now)
    return agent


def picked(queue: Queue, agent: Agent, at: datetime) -> WorkItem:
    item = arrive(make_workstream(mode=DistributionMode.PICK, queue=queue), at)
    service.pick(item_id=item.pk, by=agent, now=at)
    return item


def test_a_chat_that_was_picked_offline_is_not_left_alone_by_signing_out(
    queue: Queue, offline: Agent, now: datetime
) -> None:
    picked(queue, offline, now + MINUTE)

    sign_out_agent(agent=offline, session=uuid4(), now=now + 2 * MINUTE)

    assert return_dropped.sweep(now=now + 4 * MINUTE, limit=9) == 0
    assert return_dropped.sweep(now=now + 5 * MINUTE, limit=9) == 1


def test_nor_by_windows_that_close(queue: Queue, offline: Agent, now: datetime) -> None:
    key = uuid4()
    note_window(agent=offline, key=key, now=now)
    picked(queue, offline, now + MINUTE)
    note_window(agent=offline, key=key, now=now + MINUTE)

    assert take_offline.sweep(now=now + 2 * MINUTE, limit=9) == 0
    assert [take_offline.sweep(now=now + 3 * MINUTE, limit=9) for _ in range(2)] == [1, 0]
    assert return_dropped.sweep(now=now + 5 * MINUTE, limit=9) == 0
    assert return_dropped.sweep(now=now + 6 * MINUTE, limit=9) == 1


def test_nor_by_the_end_of_a_cookie_without_scripts(
    queue: Queue, offline: Agent, now: datetime
) -> None:
    AgentSession.objects.create(agent=offline, key=uuid4(), begun_at=now)
    picked(queue, offline, now + MINUTE)
    over = now + timedelta(hours=12)

    assert purge_sessions.sweep(now=over, limit=9) == 1
    assert return_dropped.sweep(now=over + 3 * MINUTE, limit=9) == 1


@pytest.mark.parametrize(("after", "there"), [(2, ("offline", True)), (3, ("available", False))])
def test_who_chose_to_be_offline_is_so_again_only_if_soon_back(
    agent: Agent, now: datetime, after: int, there: tuple[str, bool]
) -> None:
    note_window(agent=agent, key=uuid4(), now=now)
    offline = Presence.objects.get(name="offline")
    set_presence(agent=agent, presence=offline, by=agent.user, now=now)
    take_offline.sweep(now=now + 2 * MINUTE, limit=9)

    note_window(agent=agent, key=uuid4(), now=now + (2 + after) * MINUTE)

    row = AgentPresence.objects.get(agent=agent)
    assert ((row.base, row.is_manual), row.left_at) == (there, None)


def test_a_page_that_tells_after_signing_out_changes_nothing_of_the_next_sign_in(
    agent: Agent, now: datetime
) -> None:
    sign_out_agent(agent=agent, now=now)
    note_window(agent=agent, key=uuid4(), now=now)
    take_offline.sweep(now=now + 2 * MINUTE, limit=9)

    sign_in_agent(agent=agent, session=uuid4(), now=now + 3 * MINUTE)

    assert AgentPresence.objects.get(agent=agent).base == "available"
