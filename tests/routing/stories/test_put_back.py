"""Work that its agent puts back goes to another one first (A 17)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from agents.models import Agent
from routing import service
from routing.models import Assignment
from routing.terms import How
from tests.factories import make_agent, make_workstream
from tests.scenarios import choose_presence, in_conversation
from workstreams.actions.change_preferred_agents import set_preferred_agents
from workstreams.actions.send_message import send_message
from workstreams.models import Contact, Queue, ServiceConfiguration, WorkItem, Workstream
from workstreams.terms import Author, Channel, ItemState

pytestmark = pytest.mark.django_db

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def releases(item: WorkItem, agent: Agent, now: datetime) -> None:
    service.release(item_id=item.pk, by=agent, now=now)


def closes_without_ending(item: WorkItem, agent: Agent, now: datetime) -> None:
    service.close(item_id=item.pk, by=agent, now=now)


def transfers_to_his_own_queue(item: WorkItem, agent: Agent, now: datetime) -> None:
    service.transfer(item_id=item.pk, by=agent.user, queue=item.queue, now=now)


PUTS_BACK = [releases, closes_without_ending, transfers_to_his_own_queue]
PutsBack = Callable[[WorkItem, Agent, datetime], None]


def who_is_offered(item: WorkItem, now: datetime) -> Agent | None:
    service.run_cycle(now=now)
    item.refresh_from_db()
    return item.agent


@pytest.mark.parametrize("puts_back", PUTS_BACK)
def test_it_goes_to_another_though_he_comes_first(
    workstream: Workstream, agent: Agent, queue: Queue, now: datetime, puts_back: PutsBack
) -> None:
    item = in_conversation(workstream, agent, now)
    ben = make_agent("ben", queues=[queue], units=1)

    puts_back(item, agent, now + MINUTE)

    assert who_is_offered(item, now + MINUTE) == ben


@pytest.mark.parametrize("puts_back", PUTS_BACK)
def test_where_nobody_else_can_take_it_it_is_his_again_after_the_cool_down(
    workstream: Workstream, agent: Agent, now: datetime, puts_back: PutsBack
) -> None:
    item = in_conversation(workstream, agent, now)

    puts_back(item, agent, now)

    assert who_is_offered(item, now + MINUTE - SECOND) is None
    assert who_is_offered(item, now + MINUTE) == agent


def test_a_preferred_agent_who_puts_it_back_does_not_get_it_at_once_again(
    workstream: Workstream, agent: Agent, queue: Queue, now: datetime
) -> None:
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"preferred_agents": True})
    customer = Contact.objects.create(name="Grace")
    set_preferred_agents(contact_id=customer.pk, agents=[agent], now=now)
    item = in_conversation(workstream, agent, now, contact=customer)
    ben = make_agent("ben", queues=[queue])

    releases(item, agent, now)

    assert who_is_offered(item, now) == ben
    assert Assignment.objects.get(item=item, ended_at=None).how == How.PUSH


def test_the_cool_down_does_not_begin_anew_when_another_declines(
    workstream: Workstream, agent: Agent, queue: Queue, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    ben = make_agent("ben", queues=[queue])
    releases(item, agent, now)
    who_is_offered(item, now)

    service.decline(item_id=item.pk, by=ben, now=now + 30 * SECOND)

    assert who_is_offered(item, now + 30 * SECOND) is None
    assert who_is_offered(item, now + MINUTE) == agent


def test_who_had_a_conversation_when_it_began_to_wait_for_its_customer_put_nothing_back(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    texts = make_workstream("Texts", queue=queue, channel=Channel.SMS, keep_same_agent=False)
    item = in_conversation(texts, agent, now)
    service.close(item_id=item.pk, by=agent, now=now)

    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Hello again", now=now + SECOND)

    assert who_is_offered(item, now + SECOND) == agent


def test_who_declined_what_he_put_back_is_asked_last(
    workstream: Workstream, agent: Agent, queue: Queue, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    ben = make_agent("ben", queues=[queue], presence="away", units=1)
    releases(item, agent, now)
    who_is_offered(item, now + MINUTE)
    service.decline(item_id=item.pk, by=agent, now=now + MINUTE)

    choose_presence(ben, "available", now + 3 * MINUTE)

    assert who_is_offered(item, now + 3 * MINUTE) == ben
    assert item.state == ItemState.ACTIVE
