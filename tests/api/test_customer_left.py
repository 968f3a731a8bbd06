"""Integrations say that a customer ended a conversation which runs elsewhere, as calls do."""

from datetime import datetime

import pytest

from agents.models import Agent
from routing import service
from tests.api.conftest import Caller
from tests.factories import make_workstream
from tests.scenarios import arrive, in_conversation, units_used
from workstreams.models import Queue, ServiceConfiguration, WorkItem, Workstream
from workstreams.terms import Channel

pytestmark = pytest.mark.django_db


def left(caller: Caller, item: WorkItem) -> tuple[str, str]:
    shown = caller.post(f"/work-items/{item.pk}/customer-left").json()
    return shown["state"], shown["reason"]


@pytest.fixture
def calls(queue: Queue) -> Workstream:
    Queue.objects.filter(pk=queue.pk).update(type="voice")
    queue.refresh_from_db()
    return make_workstream("Calls", type="voice", queue=queue)


def test_a_caller_who_hangs_up_in_the_queue_is_offered_to_nobody_any_more(
    as_supervisor: Caller, calls: Workstream, now: datetime
) -> None:
    item = arrive(calls, now)

    outcome = left(as_supervisor, item)

    assert outcome == ("closed", "customer_disconnected_or_left_open_conversation")
    assert service.run_cycle(now=now).assigned == 0


def test_a_caller_who_hangs_up_on_his_agent_leaves_him_in_wrap_up(
    as_supervisor: Caller, calls: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_conversation(calls, agent, now)

    outcomes = [left(as_supervisor, item) for _ in range(2)]

    assert outcomes == [("wrap_up", "customer_moved_to_wrap_up")] * 2
    assert units_used(agent) == 1


def test_what_waits_for_its_customer_is_closed(
    as_supervisor: Caller, queue: Queue, agent: Agent, now: datetime
) -> None:
    item = in_conversation(make_workstream(queue=queue, channel=Channel.SMS), agent, now)
    service.close(item_id=item.pk, by=agent, now=now)

    assert left(as_supervisor, item)[0] == "closed"


def test_customers_leave_also_where_supervisors_close_nothing_by_force(
    as_supervisor: Caller, calls: Workstream, agent: Agent, now: datetime
) -> None:
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"supervisors_force_close": False})
    item = in_conversation(calls, agent, now)

    assert left(as_supervisor, item) == ("wrap_up", "customer_moved_to_wrap_up")


def test_a_record_has_no_customer_who_leaves(
    as_supervisor: Caller, record_routing: None, now: datetime
) -> None:
    item = arrive(make_workstream("Cases", type="record"), now)

    answer = as_supervisor.post(f"/work-items/{item.pk}/customer-left")

    assert (answer.status_code, answer.json()["type"]) == (409, "no-customer-in-it")


def test_agents_end_conversations_themselves(
    as_agent: Caller, workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)

    assert as_agent.post(f"/work-items/{item.pk}/customer-left").status_code == 403
