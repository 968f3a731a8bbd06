"""Transfers and assignments by people."""

from datetime import datetime, timedelta

import pytest

from agents.models import Agent, AgentPresence, User
from routing import configuration, service
from routing.exceptions import (
    AgentDisabled,
    AlreadyTaken,
    HasItAlready,
    NoCapacityLeft,
    NoDestination,
    NotYourItem,
    PresenceNotAllowed,
    QueueEmpty,
    WrongQueueType,
)
from routing.models import Assignment
from routing.queries.excess import excess_of_last
from routing.terms import How, Outcome
from tests.factories import make_queue, make_user, make_workstream
from tests.scenarios import arrive, in_conversation, offered, units_used
from workstreams.exceptions import IllegalMove
from workstreams.models import WorkItem, WorkItemEvent, Workstream
from workstreams.terms import ItemState, WorkstreamType

pytestmark = pytest.mark.django_db


def test_a_transfer_to_another_queue_frees_the_agent_and_keeps_the_age(
    workstream: Workstream, agent: Agent, agent_of_another_queue: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    elsewhere = agent_of_another_queue.queues.get()

    service.transfer(item_id=item.pk, by=agent.user, queue=elsewhere, now=now)

    item.refresh_from_db()
    assert (item.state, item.queue, item.waiting_since) == (ItemState.OPEN, elsewhere, now)
    assert units_used(agent) == 0


@pytest.mark.parametrize("channel", ["live_chat", "sms"])
def test_work_that_is_put_back_keeps_its_turn_and_waits_from_then_on_through_all_queues(
    workstream: Workstream,
    agent: Agent,
    agent_of_another_queue: Agent,
    now: datetime,
    channel: str,
) -> None:
    item = in_conversation(workstream, agent, now)
    WorkItem.objects.update(channel=channel)
    elsewhere, later = agent_of_another_queue.queues.get(), now + timedelta(minutes=39)

    service.transfer(item_id=item.pk, by=agent.user, queue=elsewhere, now=later)
    service.transfer(
        item_id=item.pk,
        by=make_user(role="supervisor"),
        queue=workstream.fallback_queue,
        now=later + timedelta(minutes=5),
    )

    item.refresh_from_db()
    assert (item.waiting_since, item.unattended_since) == (now, later)


def test_work_that_nobody_took_waits_since_it_came(
    workstream: Workstream, agent: Agent, agent_of_another_queue: Agent, now: datetime
) -> None:
    item = offered(workstream, now)
    later = now + timedelta(seconds=20)

    service.decline(item_id=item.pk, by=agent, now=later)
    elsewhere = agent_of_another_queue.queues.get()
    service.transfer(item_id=item.pk, by=make_user(role="supervisor"), queue=elsewhere, now=later)

    item.refresh_from_db()
    assert (item.state, item.unattended_since) == (ItemState.OPEN, now)


def test_a_transfer_to_an_agent_is_an_offer_to_that_agent(
    workstream: Workstream, agent: Agent, agent_of_another_queue: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)

    service.transfer(item_id=item.pk, by=agent.user, agent=agent_of_another_queue, now=now)

    offer = Assignment.objects.get(item=item, ended_at=None)
    assert (offer.agent, offer.how) == (agent_of_another_queue, How.TRANSFER)
    assert (units_used(agent), units_used(agent_of_another_queue)) == (0, 1)


def test_nothing_is_transferred_to_who_has_it_or_is_offered_it(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = offered(workstream, now)
    offer = Assignment.objects.get(item=item)
    with pytest.raises(HasItAlready):
        service.transfer(item_id=item.pk, by=supervisor, agent=agent, now=now)
    service.accept(item_id=item.pk, by=agent, now=now)

    for by in (agent.user, supervisor):
        with pytest.raises(HasItAlready):
            service.transfer(item_id=item.pk, by=by, agent=agent, now=now)

    assert Assignment.objects.get(item=item, ended_at=None) == offer


def test_nobody_transfers_somebody_elses_item(
    workstream: Workstream, agent: Agent, agent_of_another_queue: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    by = agent_of_another_queue.user

    with pytest.raises(NotYourItem):
        service.transfer(item_id=item.pk, by=by, agent=agent_of_another_queue, now=now)


def test_a_queue_without_members_is_refused(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    empty = make_queue()
    item = in_conversation(workstream, agent, now)

    with pytest.raises(QueueEmpty):
        service.transfer(item_id=item.pk, by=agent.user, queue=empty, now=now)


def test_a_queue_whose_members_are_all_disabled_is_refused(
    workstream: Workstream, agent: Agent, agent_of_another_queue: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    elsewhere = agent_of_another_queue.queues.get()
    elsewhere.members.update(is_enabled=False)

    with pytest.raises(QueueEmpty):
        service.transfer(item_id=item.pk, by=agent.user, queue=elsewhere, now=now)


def test_a_queue_of_another_type_is_refused(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    records = make_queue(type=WorkstreamType.RECORD)
    item = in_conversation(workstream, agent, now)

    with pytest.raises(WrongQueueType):
        service.transfer(item_id=item.pk, by=agent.user, queue=records, now=now)


def test_a_transfer_goes_to_one_place(workstream: Workstream, agent: Agent, now: datetime) -> None:
    item = in_conversation(workstream, agent, now)

    with pytest.raises(NoDestination):
        service.transfer(item_id=item.pk, by=agent.user, now=now)


def test_an_agent_who_is_away_gets_no_transfer(
    workstream: Workstream, agent: Agent, second_agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)
    holder = item.agent
    assert holder is not None
    service.accept(item_id=item.pk, by=holder, now=now)
    other = second_agent if holder == agent else agent
    AgentPresence.objects.filter(agent=other).update(base="away")

    with pytest.raises(PresenceNotAllowed):
        service.transfer(item_id=item.pk, by=holder.user, agent=other, now=now)


def test_a_closed_item_cannot_be_transferred(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = arrive(workstream, now)
    service.leave(item_id=item.pk, now=now)

    with pytest.raises(IllegalMove):
        service.transfer(item_id=item.pk, by=supervisor, agent=agent, now=now)


def test_a_supervisor_assigns_a_waiting_item(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = arrive(workstream, now)

    service.assign(item_id=item.pk, agent=agent, by=supervisor, now=now)
    service.accept(item_id=item.pk, by=agent, now=now)

    assignment = Assignment.objects.get(item=item)
    assert (assignment.how, assignment.outcome) == (How.SUPERVISOR, Outcome.ACCEPTED)


def test_an_item_that_somebody_has_is_not_assigned_again(
    workstream: Workstream, agent: Agent, second_agent: Agent, supervisor: User, now: datetime
) -> None:
    item = offered(workstream, now)

    with pytest.raises(AlreadyTaken):
        service.assign(item_id=item.pk, agent=second_agent, by=supervisor, now=now)


def test_what_is_over_is_not_assigned_and_nobody_is_said_to_have_it(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = arrive(workstream, now)
    service.force_close(item_id=item.pk, by=supervisor, now=now)

    with pytest.raises(IllegalMove, match="is closed and cannot become assigned"):
        service.assign(item_id=item.pk, agent=agent, by=supervisor, now=now)


def test_a_full_agent_is_assigned_more_only_by_a_named_override(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    for _ in range(3):
        offered(workstream, now)
    item = arrive(workstream, now)

    with pytest.raises(NoCapacityLeft, match="Units: 3 of 3 before, 4 of 3 with it, 1 over"):
        service.assign(item_id=item.pk, agent=agent, by=supervisor, now=now)
    receipt = service.assign(item_id=item.pk, agent=agent, by=supervisor, override=True, now=now)

    assert receipt.is_override
    assert units_used(agent) == 4
    [excess] = excess_of_last(item.pk)
    assert (excess.before, excess.after, excess.limit, excess.over) == (3, 4, 3, 1)


def test_what_has_room_passes_no_limit(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = arrive(workstream, now)

    service.assign(item_id=item.pk, agent=agent, by=supervisor, override=True, now=now)

    assert excess_of_last(item.pk) == ()


def test_the_event_of_a_transfer_names_where_the_item_came_from(
    workstream: Workstream, agent: Agent, agent_of_another_queue: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    left = item.queue_id

    elsewhere = agent_of_another_queue.queues.get()
    service.transfer(item_id=item.pk, by=agent.user, queue=elsewhere, now=now)

    event = WorkItemEvent.objects.get(work_item_id=item.pk, kind="work-item-transferred")
    assert (event.data["from_queue_id"], event.agent_id) == (left, agent.pk)


def test_an_offer_cannot_be_handed_on_before_it_is_accepted(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)

    with pytest.raises(NotYourItem):
        service.transfer(item_id=item.pk, by=agent.user, queue=item.queue, now=now)


def test_agents_cannot_fill_a_colleague_past_the_limit_but_supervisors_can(
    workstream: Workstream,
    agent: Agent,
    agent_of_another_queue: Agent,
    supervisor: User,
    now: datetime,
) -> None:
    items = [in_conversation(workstream, agent, now) for _ in range(3)]
    for item in items:
        service.transfer(item_id=item.pk, by=agent.user, agent=agent_of_another_queue, now=now)
    item = in_conversation(workstream, agent, now)

    with pytest.raises(NoCapacityLeft):
        service.transfer(item_id=item.pk, by=agent.user, agent=agent_of_another_queue, now=now)
    service.transfer(item_id=item.pk, by=supervisor, agent=agent_of_another_queue, now=now)

    assert units_used(agent_of_another_queue) == 4


def test_a_disabled_agent_is_assigned_nothing_even_by_override(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = arrive(workstream, now)
    Agent.objects.filter(pk=agent.pk).update(is_enabled=False)

    with pytest.raises(AgentDisabled):
        service.assign(item_id=item.pk, agent=agent, by=supervisor, override=True, now=now)


def test_nothing_is_transferred_to_a_disabled_agent_though_people_offline_get_work(
    workstream: Workstream, agent: Agent, second_agent: Agent, supervisor: User, now: datetime
) -> None:
    workstream.allowed_presences = ["available", "offline"]
    workstream.save()
    item = in_conversation(workstream, agent, now)
    Agent.objects.filter(pk=second_agent.pk).update(is_enabled=False)

    with pytest.raises(AgentDisabled):
        service.transfer(item_id=item.pk, by=supervisor, agent=second_agent, now=now)


def test_what_waits_for_its_customer_takes_of_another_agent_what_is_published_now(
    agent: Agent, second_agent: Agent, supervisor: User, now: datetime
) -> None:
    texts = make_workstream("Texts", channel="sms", queue=agent.queues.get())
    item = in_conversation(texts, agent, now)
    service.close(item_id=item.pk, by=agent, now=now)
    Workstream.objects.filter(pk=texts.pk).update(capacity_units=2)
    configuration.publish(by=None, now=now)

    service.transfer(item_id=item.pk, by=supervisor, agent=second_agent, now=now)

    assert units_used(second_agent) == 2
