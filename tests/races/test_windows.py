"""An agent's two windows, in tabs or on devices, answer the same offer: one does, both follow."""

from datetime import datetime

import pytest

from agents.models import Agent
from routing import service
from routing.exceptions import AlreadyTaken, OfferExpired
from routing.models import Assignment
from routing.terms import Outcome
from tests.races.together import queued_behind
from tests.scenarios import offered, units_used
from workstreams.models import WorkItem, WorkItemEvent, Workstream
from workstreams.terms import ItemState


@pytest.fixture
def item(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    return offered(workstream, now)


def test_accepted_in_both_it_is_accepted_once_and_both_hear_the_same(
    item: WorkItem, agent: Agent
) -> None:
    def accept() -> int:
        return service.accept(item_id=item.pk, by=agent).pk

    first, second = queued_behind(WorkItem.objects.filter(pk=item.pk), accept, accept)

    assert first == second
    assert WorkItemEvent.objects.filter(work_item_id=item.pk, kind="offer-accepted").count() == 1
    assert units_used(agent) == 1


def test_accepted_in_one_and_declined_in_the_other_the_first_answer_counts(
    item: WorkItem, agent: Agent
) -> None:
    accepted, declined = queued_behind(
        WorkItem.objects.filter(pk=item.pk),
        lambda: service.accept(item_id=item.pk, by=agent),
        lambda: service.decline(item_id=item.pk, by=agent),
    )

    item.refresh_from_db()
    outcome = Assignment.objects.get(item=item).outcome
    if isinstance(declined, OfferExpired):
        assert (outcome, item.state, units_used(agent)) == (Outcome.ACCEPTED, ItemState.ACTIVE, 1)
    else:
        assert isinstance(accepted, OfferExpired | AlreadyTaken)
        assert (outcome, item.state, units_used(agent)) == (Outcome.DECLINED, ItemState.OPEN, 0)


def test_declined_in_both_it_is_declined_once(item: WorkItem, agent: Agent) -> None:
    def decline() -> str:
        service.decline(item_id=item.pk, by=agent)
        return "declined"

    outcomes = queued_behind(WorkItem.objects.filter(pk=item.pk), decline, decline)

    assert [type(each) for each in outcomes if each != "declined"] == [OfferExpired]
    assert Assignment.objects.filter(item=item).count() == 1
