"""An agent takes up a conversation that waits for its customer."""

from datetime import datetime

import pytest

from agents.models import Agent, User
from routing import service
from routing.exceptions import NotYourItem
from routing.queries.explanation import explanation
from tests.factories import make_workstream
from tests.scenarios import in_conversation, in_wrap_up, offered, units_used
from workstreams.exceptions import IllegalMove
from workstreams.models import Queue, WorkItem, Workstream
from workstreams.terms import Channel, ItemState, Reason

pytestmark = pytest.mark.django_db


@pytest.fixture
def resting(queue: Queue, agent: Agent, now: datetime) -> WorkItem:
    item = in_conversation(make_workstream(queue=queue, channel=Channel.SMS), agent, now)
    service.close(item_id=item.pk, by=agent, now=now)
    return item


def test_it_is_the_agents_work_again_and_holds_capacity(resting: WorkItem, agent: Agent) -> None:
    service.reopen(item_id=resting.pk, by=agent)

    resting.refresh_from_db()
    assert (resting.state, resting.reason) == (ItemState.ACTIVE, Reason.IN_CONVERSATION)
    assert units_used(agent) == 1


def test_it_is_told_as_what_it_is(resting: WorkItem, agent: Agent) -> None:
    service.reopen(item_id=resting.pk, by=agent)

    told = explanation(resting.pk)["decisions"][-1]["document"]
    assert told["sentence"] == "Taken up again by its agent"


def test_reopening_twice_holds_capacity_once(resting: WorkItem, agent: Agent) -> None:
    first = service.reopen(item_id=resting.pk, by=agent)

    assert service.reopen(item_id=resting.pk, by=agent) == first
    assert units_used(agent) == 1


def test_only_the_agent_who_had_it_may(resting: WorkItem, second_agent: Agent) -> None:
    with pytest.raises(NotYourItem):
        service.reopen(item_id=resting.pk, by=second_agent)


def test_while_it_waits_for_its_customer_it_is_not_assigned(
    resting: WorkItem, second_agent: Agent, supervisor: User, now: datetime
) -> None:
    with pytest.raises(IllegalMove, match="cannot become assigned"):
        service.assign(item_id=resting.pk, agent=second_agent, by=supervisor, now=now)


def test_an_offer_is_accepted_and_not_reopened(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)

    with pytest.raises(NotYourItem):
        service.reopen(item_id=item.pk, by=agent, now=now)


def test_what_has_ended_stays_ended(workstream: Workstream, agent: Agent, now: datetime) -> None:
    item = in_wrap_up(workstream, agent, now)

    with pytest.raises(IllegalMove):
        service.reopen(item_id=item.pk, by=agent, now=now)
    service.close(item_id=item.pk, by=agent, now=now)
    with pytest.raises(IllegalMove):
        service.reopen(item_id=item.pk, by=agent, now=now)
