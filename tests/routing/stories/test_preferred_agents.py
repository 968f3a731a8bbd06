"""A customer reaches a preferred agent: through routing, the ledger and the explanation."""

from datetime import datetime, timedelta

import pytest

from agents.actions.delete_agent import delete_agent
from agents.actions.set_presence import set_presence
from agents.models import Agent, Presence, User
from routing import configuration, service
from routing.models import Assignment
from routing.queries import waiting_items
from routing.queries.explanation import explanation
from routing.queries.waiting import waiting_because
from routing.terms import How
from tests.factories import make_agent, make_item, make_method, make_workstream
from tests.routing.engine.methods import row
from tests.scenarios import arrive, units_used
from workstreams.actions.change_preferred_agents import set_preferred_agents
from workstreams.models import Contact, Queue, ServiceConfiguration, WorkItem, Workstream
from workstreams.terms import ItemState

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(agent: Agent, now: datetime) -> Contact:
    """Prefers ``agent``."""
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"preferred_agents": True})
    customer = Contact.objects.create(name="Grace")
    set_preferred_agents(contact_id=customer.pk, agents=[agent], now=now)
    return customer


@pytest.fixture
def waits(customer: Contact) -> None:
    ServiceConfiguration.objects.update(waits_for_preferred_agent=True)


def go_away(agent: Agent, now: datetime) -> None:
    away = Presence.objects.filter(base="away").first()
    assert away is not None
    set_presence(agent=agent, presence=away, by=agent.user, now=now)


def test_she_gets_him_though_she_is_full(
    workstream: Workstream, agent: Agent, second_agent: Agent, customer: Contact, now: datetime
) -> None:
    Agent.objects.filter(pk=agent.pk).update(capacity_units=0)

    item = arrive(workstream, now, contact=customer)
    service.run_cycle(now=now)

    assignment = Assignment.objects.get(item=item)
    assert (assignment.agent, assignment.how) == (agent, How.PREFERRED)
    assert assignment.is_override
    assert units_used(agent) == 1
    stage = explanation(item.pk)["stages"][-1]
    assert stage["preferred"] == [{"agent": "alice", "failed_test": None, "numbers": {}}]
    assert [each["sentence"] for each in stage["excess"]] == [
        "Units: none allowed, 0 before, 1 with it"
    ]


def test_within_her_limit_she_is_no_override(
    workstream: Workstream, agent: Agent, customer: Contact, now: datetime
) -> None:
    item = arrive(workstream, now, contact=customer)
    service.run_cycle(now=now)

    assignment = Assignment.objects.get(item=item)
    assert (assignment.how, assignment.is_override) == (How.PREFERRED, False)
    assert "excess" not in explanation(item.pk)["stages"][-1]


def test_while_she_is_away_the_next_best_gets_him(
    workstream: Workstream, agent: Agent, second_agent: Agent, customer: Contact, now: datetime
) -> None:
    go_away(agent, now)

    item = arrive(workstream, now, contact=customer)
    service.run_cycle(now=now)

    assignment = Assignment.objects.get(item=item)
    assert (assignment.agent, assignment.how) == (second_agent, How.PUSH)
    stage = explanation(item.pk)["stages"][-1]
    assert [wish["failed_test"] for wish in stage["preferred"]] == ["presence_is_allowed"]


@pytest.mark.usefixtures("waits")
def test_where_nobody_else_may_he_waits_with_a_reason_until_she_is_back(
    workstream: Workstream, agent: Agent, second_agent: Agent, customer: Contact, now: datetime
) -> None:
    go_away(agent, now)
    item = arrive(workstream, now, contact=customer)
    service.run_cycle(now=now)

    item.refresh_from_db()
    assert item.state == ItemState.OPEN
    [because] = waiting_because(item)
    assert because["blocker"] == "waits_for_preferred_agent"

    available = Presence.objects.get(name="available")
    set_presence(agent=agent, presence=available, by=agent.user, now=now)
    service.run_cycle(now=now)
    item.refresh_from_db()
    assert item.agent == agent


@pytest.mark.usefixtures("waits")
def test_those_who_wait_for_somebody_hold_up_nobody(
    workstream: Workstream, agent: Agent, second_agent: Agent, customer: Contact, now: datetime
) -> None:
    go_away(agent, now)
    configuration.publish(by=None, now=now)
    for number in range(40):
        make_item(workstream, contact=customer, at=now - timedelta(minutes=60 - number))
    last = make_item(workstream, at=now)

    result = service.run_cycle(now=now)

    last.refresh_from_db()
    assert (result.assigned, last.agent) == (1, second_agent)


@pytest.mark.usefixtures("waits")
def test_nor_those_whose_preferred_agents_may_not_have_them_now(
    queue: Queue, agent: Agent, second_agent: Agent, customer: Contact, now: datetime, monkeypatch
) -> None:
    monkeypatch.setattr(waiting_items, "MOST_PERSONAL", 2)
    make_workstream(queue=queue, allowed_presences=["away"])
    workstream = make_workstream(queue=queue, allowed_presences=["available"])
    go_away(agent, now)
    for _ in range(4):
        arrive(workstream, now, contact=customer)
    other = Contact.objects.create(name="Hedy")
    set_preferred_agents(contact_id=other.pk, agents=[second_agent], now=now)
    item = arrive(workstream, now, contact=other)

    for second in range(20):
        service.run_cycle(now=now + timedelta(seconds=second))

    assert Assignment.objects.get().item == item


def test_he_is_found_far_back_in_a_line_that_nobody_can_take(
    workstream: Workstream, agent: Agent, customer: Contact, now: datetime
) -> None:
    Agent.objects.filter(pk=agent.pk).update(capacity_units=0)
    configuration.publish(by=None, now=now)
    for number in range(40):
        make_item(workstream, at=now - timedelta(minutes=60 - number))
    last = make_item(workstream, contact=customer, at=now)

    service.run_cycle(now=now)

    last.refresh_from_db()
    assert last.agent == agent
    assert WorkItem.objects.filter(state=ItemState.OPEN).count() == 40


@pytest.mark.parametrize("older", [0, 1])
def test_he_is_found_among_the_oldest_of_a_queue_where_others_come_first(
    older: int, queue: Queue, agent: Agent, customer: Contact, now: datetime
) -> None:
    """Whose place is too small for any of it."""
    workstream = make_workstream(queue=queue, capacity_units=2)
    gold = {"name": "Gold", "when": row("context.tier", "equals", "gold"), "order_by": None}
    Queue.objects.filter(pk=queue.pk).update(custom_method=make_method(prioritization=[gold]))
    Agent.objects.filter(pk=agent.pk).update(capacity_units=1)
    configuration.publish(by=None, now=now)
    customers = [None] * older + [customer]
    for number, contact in enumerate(customers):
        item = make_item(workstream, contact=contact, at=now - timedelta(minutes=60 - number))
    for _ in range(20):
        make_item(workstream, context={"tier": "gold"}, at=now)

    service.run_cycle(now=now, limit=1)

    assert Assignment.objects.get().item == item


def test_switched_off_nobody_is_preferred(
    workstream: Workstream, agent: Agent, second_agent: Agent, customer: Contact, now: datetime
) -> None:
    ServiceConfiguration.objects.update(preferred_agents=False)
    Agent.objects.filter(pk=agent.pk).update(capacity_units=0)

    item = arrive(workstream, now, contact=customer)
    service.run_cycle(now=now)

    assert Assignment.objects.get(item=item).agent == second_agent


def test_who_does_not_serve_the_queue_is_not_preferred_there(
    workstream: Workstream,
    agent: Agent,
    agent_of_another_queue: Agent,
    customer: Contact,
    now: datetime,
) -> None:
    set_preferred_agents(contact_id=customer.pk, agents=[agent_of_another_queue], now=now)

    item = arrive(workstream, now, contact=customer)
    service.run_cycle(now=now)

    assert Assignment.objects.get(item=item).agent == agent


def test_picked_work_asks_for_nobody(queue: Queue, agent: Agent, customer: Contact, now) -> None:
    item = arrive(make_workstream("Mail", mode="pick", queue=queue), now, contact=customer)
    service.run_cycle(now=now)

    assert not Assignment.objects.filter(item=item).exists()


def test_a_new_preference_reaches_who_waits_already(
    workstream: Workstream, customer: Contact, agent: Agent, now: datetime
) -> None:
    go_away(agent, now)
    item = arrive(workstream, now, contact=customer)
    full = make_agent("dora", queues=[workstream.fallback_queue], units=0)
    service.run_cycle(now=now)
    set_preferred_agents(contact_id=customer.pk, agents=[full], now=now)

    service.run_cycle(now=now)

    assert Assignment.objects.get(item=item).agent == full


@pytest.mark.usefixtures("waits")
def test_who_waits_for_an_agent_that_is_deleted_is_anybodys(
    workstream: Workstream, agent: Agent, administrator: User, customer: Contact, now: datetime
) -> None:
    gone = make_agent("gone", queues=[workstream.fallback_queue], presence="offline")
    set_preferred_agents(contact_id=customer.pk, agents=[gone], now=now)
    item = arrive(workstream, now, contact=customer)
    service.run_cycle(now=now)
    waiting = Assignment.objects.filter(item=item).count()

    delete_agent(agent=gone, by=administrator, now=now)
    service.run_cycle(now=now)

    assert (waiting, Assignment.objects.get(item=item).agent) == (0, agent)
