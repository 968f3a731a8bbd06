"""A queue is asked for advice: who of it comes, and what the others hear."""

from datetime import datetime

import pytest

from agents.actions.sign_out_agent import sign_out_agent
from agents.models import Agent, User
from config.live.topics import topics_of
from routing import service
from routing.exceptions import (
    AdvisingAlready,
    AlreadyAdvised,
    AskedByName,
    AskedOfQueue,
    NobodyElseThere,
    NobodyThere,
    NotAnsweredYet,
)
from routing.sweeps import miss_consults
from tests.factories import make_agent, make_queue
from tests.scenarios import in_conversation
from workstreams.actions.delete_queue import delete_queue
from workstreams.models import (
    Consult,
    Queue,
    QueueMembership,
    WorkItem,
    WorkItemEvent,
    Workstream,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(workstream: Workstream, agent: Agent, experts: Queue, now: datetime) -> WorkItem:
    return in_conversation(workstream, agent, now)


@pytest.fixture
def experts(agent: Agent) -> Queue:
    return make_queue("Experts")


@pytest.fixture
def adviser(experts: Queue) -> Agent:
    return make_agent("eva", queues=[experts])


@pytest.fixture
def colleague(experts: Queue) -> Agent:
    return make_agent("finn", queues=[experts])


@pytest.fixture
def asked(item: WorkItem, agent: Agent, adviser: Agent, colleague: Agent, now: datetime) -> Consult:
    return service.consult(item_id=item.pk, by=agent, queue=adviser.queues.get(), now=now)


def by_name(item: WorkItem, agent: Agent, adviser: Agent, now: datetime) -> Consult:
    return service.consult(item_id=item.pk, by=agent, agent=adviser, now=now)


def test_nobody_declines_for_the_other_members(
    asked: Consult, adviser: Agent, colleague: Agent, now: datetime
) -> None:
    with pytest.raises(AskedOfQueue, match="Everybody of the queue Experts is asked"):
        service.decline_consult(consult_id=asked.pk, by=adviser, now=now)

    taken = service.accept_consult(consult_id=asked.pk, by=colleague, now=now)
    assert taken.agent == colleague


def test_who_declines_too_late_hears_who_advises(
    asked: Consult, adviser: Agent, colleague: Agent, now: datetime
) -> None:
    service.accept_consult(consult_id=asked.pk, by=colleague, now=now)

    with pytest.raises(AlreadyAdvised, match="finn advises on this work item already"):
        service.decline_consult(consult_id=asked.pk, by=adviser, now=now)


def test_who_advises_does_not_decline(asked: Consult, adviser: Agent, now: datetime) -> None:
    service.accept_consult(consult_id=asked.pk, by=adviser, now=now)

    with pytest.raises(AdvisingAlready):
        service.decline_consult(consult_id=asked.pk, by=adviser, now=now)


def test_who_is_asked_by_name_too_answers_that(
    asked: Consult, item: WorkItem, agent: Agent, adviser: Agent, now: datetime
) -> None:
    by_name(item, agent, adviser, now)

    with pytest.raises(AskedByName, match="alice asks you by name too"):
        service.accept_consult(consult_id=asked.pk, by=adviser, now=now)


def test_who_advises_already_does_not_do_so_twice(
    asked: Consult, item: WorkItem, agent: Agent, adviser: Agent, now: datetime
) -> None:
    named = by_name(item, agent, adviser, now)
    service.accept_consult(consult_id=named.pk, by=adviser, now=now)

    with pytest.raises(AdvisingAlready):
        service.accept_consult(consult_id=asked.pk, by=adviser, now=now)

    asked.refresh_from_db()
    assert (asked.state, asked.agent) == ("asked", None)


def test_nobody_is_added_before_somebody_answers(
    asked: Consult, agent: Agent, now: datetime
) -> None:
    with pytest.raises(NotAnsweredYet, match="Experts has not answered yet"):
        service.add_consultant(consult_id=asked.pk, by=agent, now=now)


@pytest.mark.parametrize("answers", [False, True])
def test_a_queue_is_not_asked_whose_only_other_member_is_in_already(
    item: WorkItem, agent: Agent, adviser: Agent, experts: Queue, now: datetime, answers: bool
) -> None:
    QueueMembership.objects.create(queue=experts, agent=agent)
    named = by_name(item, agent, adviser, now)
    if answers:
        service.accept_consult(consult_id=named.pk, by=adviser, now=now)

    with pytest.raises(NobodyElseThere, match="Whoever else of the queue Experts is signed in"):
        service.consult(item_id=item.pk, by=agent, queue=experts, now=now)

    make_agent("finn", queues=[experts])
    assert service.consult(item_id=item.pk, by=agent, queue=experts, now=now).queue == experts


def test_a_queue_whose_adviser_has_left_is_empty(
    item: WorkItem, agent: Agent, adviser: Agent, experts: Queue, now: datetime
) -> None:
    named = by_name(item, agent, adviser, now)
    service.accept_consult(consult_id=named.pk, by=adviser, now=now)
    sign_out_agent(agent=adviser, now=now)

    with pytest.raises(NobodyThere):
        service.consult(item_id=item.pk, by=agent, queue=experts, now=now)


def test_who_advises_is_not_asked_again(
    item: WorkItem, agent: Agent, adviser: Agent, now: datetime
) -> None:
    named = by_name(item, agent, adviser, now)
    service.accept_consult(consult_id=named.pk, by=adviser, now=now)

    with pytest.raises(AlreadyAdvised, match="eva advises on this work item already"):
        by_name(item, agent, adviser, now)


def test_a_queue_that_is_deleted_is_asked_no_more(
    asked: Consult, administrator: User, experts: Queue, now: datetime
) -> None:
    before = miss_consults.sweep(now=now, limit=10)
    delete_queue(queue=experts, by=administrator, now=now)

    assert (before, miss_consults.sweep(now=now, limit=10)) == (0, 1)
    asked.refresh_from_db()
    assert (asked.state, asked.ended_at) == ("missed", now)


def test_who_came_from_a_queue_that_is_deleted_goes_on_advising(
    asked: Consult, administrator: User, experts: Queue, adviser: Agent, now: datetime
) -> None:
    service.accept_consult(consult_id=asked.pk, by=adviser, now=now)
    delete_queue(queue=experts, by=administrator, now=now)

    assert miss_consults.sweep(now=now, limit=10) == 0
    asked.refresh_from_db()
    assert asked.state == "advising"


def test_pages_of_members_who_are_signed_in_hear_of_it_and_that_it_is_answered(
    asked: Consult, adviser: Agent, colleague: Agent, now: datetime
) -> None:
    service.accept_consult(consult_id=asked.pk, by=colleague, now=now)
    service.end_consult(consult_id=asked.pk, by=colleague.user, now=now)

    told = [topics_of(vars(event)) & {f"agent-{adviser.pk}"} for event in events_of(asked)]
    assert [bool(each) for each in told] == [True, True, False]


def test_members_who_are_signed_out_and_what_is_asked_by_name_cost_nobody_else_a_look(
    item: WorkItem, agent: Agent, adviser: Agent, colleague: Agent, now: datetime
) -> None:
    sign_out_agent(agent=colleague, now=now)
    of_queue = service.consult(item_id=item.pk, by=agent, queue=adviser.queues.get(), now=now)
    named = by_name(item, agent, adviser, now)

    [first], [second] = (events_of(each) for each in (of_queue, named))
    assert f"agent-{colleague.pk}" not in topics_of(vars(first))
    assert "agent_ids" not in second.data


def events_of(consult: Consult) -> list[WorkItemEvent]:
    return list(WorkItemEvent.objects.filter(data__consult_id=consult.pk).order_by("id"))
