"""Who is gone by the time a person's move gets to him is not asked."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from agents.actions.edit_agent import edit_agent
from agents.actions.set_presence import set_presence
from agents.models import Agent, Presence
from config.refusal import Refusal
from routing import service
from routing.exceptions import AgentDisabled, AgentNotThere
from tests.factories import make_agent
from tests.races.together import queued_behind
from tests.scenarios import in_conversation
from workstreams.models import Consult, Queue, WorkItem, Workstream

Change = Callable[[Agent, datetime], Any]


def goes_offline(agent: Agent, now: datetime) -> None:
    offline = Presence.objects.get(name="offline")
    set_presence(agent=agent, presence=offline, by=None, now=now)


def is_disabled(agent: Agent, now: datetime) -> None:
    edit_agent(agent=agent, by=None, now=now, is_enabled=False)


@pytest.fixture
def item(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    return in_conversation(workstream, agent, now)


@pytest.fixture
def dora(queue: Queue, item: WorkItem) -> Agent:
    return make_agent("dora", queues=[queue])


@pytest.mark.parametrize(
    ("change", "refusal"), [(goes_offline, AgentNotThere), (is_disabled, AgentDisabled)]
)
def test_only_who_is_there_by_then_is_asked_for_advice(
    item: WorkItem,
    agent: Agent,
    dora: Agent,
    now: datetime,
    change: Change,
    refusal: type[Refusal],
) -> None:
    [answer] = queued_behind(
        WorkItem.objects.filter(pk=item.pk),
        lambda: service.consult(item_id=item.pk, by=agent, agent=dora),
        then=lambda: change(dora, now),
    )

    assert type(answer) is refusal
    assert not Consult.objects.exists()
