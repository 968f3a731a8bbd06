"""A pushed conversation from arrival to the end."""

from datetime import datetime, timedelta

import pytest

from agents.models import Agent
from routing import service
from routing.models import AgentLoad, Assignment, RoutingDecision
from tests.scenarios import arrive
from workstreams.models import WorkItemEvent, Workstream
from workstreams.terms import ItemState

pytestmark = pytest.mark.django_db


def test_a_chat_is_offered_accepted_ended_and_closed(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = arrive(workstream, now)

    assert service.run_cycle(now=now).assigned == 1
    service.accept(item_id=item.pk, by=agent, now=now + timedelta(seconds=5))
    service.end(item_id=item.pk, by=agent, now=now + timedelta(seconds=60))
    service.close(item_id=item.pk, by=agent, now=now + timedelta(seconds=70))

    item.refresh_from_db()
    assert item.state == ItemState.CLOSED
    events = WorkItemEvent.objects.filter(work_item_id=item.pk).order_by("id")
    kinds = events.exclude(kind="message-added")
    assert [event.kind for event in kinds] == [
        "work-item-arrived",
        "work-item-queued",
        "offer-made",
        "offer-accepted",
        "work-item-ended",
        "work-item-closed",
    ]
    assert AgentLoad.objects.get(agent=agent).units_used == 0
    assert RoutingDecision.objects.filter(work_item_id=item.pk).count() == 2


def test_an_agent_who_declined_is_offered_the_item_again_after_the_cool_down(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = arrive(workstream, now)
    service.run_cycle(now=now)

    service.decline(item_id=item.pk, by=agent, now=now)

    assert service.run_cycle(now=now + timedelta(seconds=30)).assigned == 0
    assert service.run_cycle(now=now + timedelta(seconds=61)).assigned == 1


def test_a_declined_item_goes_to_somebody_else(
    workstream: Workstream, agent: Agent, second_agent: Agent, now: datetime
) -> None:
    item = arrive(workstream, now)
    service.run_cycle(now=now)
    first = Assignment.objects.get(item=item).agent

    service.decline(item_id=item.pk, by=first, now=now)
    service.run_cycle(now=now)

    item.refresh_from_db()
    assert item.agent not in (first, None)
