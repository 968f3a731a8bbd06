"""Live chats of agents who are gone, where people who are offline may have work (A 17)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from agents.actions.note_window import note_window
from agents.models import Agent
from routing.models import Assignment
from routing.sweeps import free_chats, miss_offers, take_offline
from tests.factories import make_notification_template
from tests.scenarios import in_conversation, offered
from workstreams.models import WorkItem, Workstream

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def for_anybody(workstream: Workstream) -> Workstream:
    """Chats that people offline may have, assigned without asking."""
    workstream.allowed_presences = ["available", "offline"]
    workstream.notification_template = make_notification_template(
        agents_may_decline=False, auto_assign=True, countdown_seconds=60
    )
    workstream.save()
    return workstream


def leaves(agent: Agent, now: datetime) -> None:
    note_window(agent=agent, key=uuid4(), now=now)
    assert take_offline.sweep(now=now + 2 * MINUTE, limit=9) == 1


def assigned_while_gone(workstream: Workstream, now: datetime) -> WorkItem:
    item = offered(workstream, now)
    assert miss_offers.sweep(now=now + MINUTE, limit=9) == 1
    return item


def test_what_is_meant_for_who_is_gone_stays_with_him(
    for_anybody: Workstream, agent: Agent, now: datetime
) -> None:
    leaves(agent, now)
    item = assigned_while_gone(for_anybody, now + 5 * MINUTE)

    assert free_chats.sweep(now=now + 20 * MINUTE, limit=9) == 0
    assert Assignment.objects.get(item=item).agent == agent


def test_what_he_had_before_he_went_does_not(
    for_anybody: Workstream, agent: Agent, now: datetime
) -> None:
    in_conversation(for_anybody, agent, now)
    leaves(agent, now)

    assert free_chats.sweep(now=now + 5 * MINUTE, limit=9) == 1


def test_nor_what_was_given_to_somebody_who_is_disabled_since(
    for_anybody: Workstream, agent: Agent, now: datetime
) -> None:
    leaves(agent, now)
    assigned_while_gone(for_anybody, now + 5 * MINUTE)
    Agent.objects.filter(pk=agent.pk).update(is_enabled=False)

    assert free_chats.sweep(now=now + 20 * MINUTE, limit=9) == 1
