"""Defects of peers, as stories; each scenario is told in the table of
``tests/project/test_pitfalls.py``."""

from datetime import datetime, timedelta

import pytest

from agents.models import Agent, AgentPresence, User
from routing import service
from routing.queries.waiting import waiting_because
from tests.factories import make_agent, make_queue, make_workstream
from tests.scenarios import arrive, in_conversation, offered, units_used
from workstreams.actions.send_message import send_message
from workstreams.models import Message, Queue, WorkItem, WorkItemEvent, Workstream
from workstreams.terms import Author, ItemState

pytestmark = pytest.mark.django_db


def kinds(item: WorkItem) -> list[str]:
    events = WorkItemEvent.objects.filter(work_item_id=item.pk).order_by("id")
    return [event.kind for event in events]


def test_two_changes_in_one_transaction_are_two_events(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    Workstream.objects.update(persistent_chat=True)
    item = in_conversation(workstream, agent, now)
    service.close(item_id=item.pk, by=agent, now=now)

    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Back", now=now)

    assert kinds(item)[-3:] == ["work-item-returned", "work-item-queued", "message-added"]


def test_an_agent_back_from_leave_gets_no_flood(
    workstream: Workstream, queue: Queue, now: datetime
) -> None:
    there = [make_agent(queues=[queue], units=9) for _ in range(2)]
    for number in range(8):
        arrive(workstream, now + timedelta(seconds=number))
    service.run_cycle(now=now + timedelta(seconds=9))
    returned = make_agent(queues=[queue], units=3)

    for number in range(9):
        arrive(workstream, now + timedelta(seconds=10 + number))
    service.run_cycle(now=now + timedelta(seconds=20))

    # Room counts, not who has had less: the others come first as long as they have more.
    assert units_used(returned) == 2
    assert sum(units_used(each) for each in there) == 8 + 9 - 2


def test_in_turns_a_returned_agent_gets_what_the_others_get(
    workstream: Workstream, queue: Queue, now: datetime
) -> None:
    Queue.objects.update(assignment_method="advanced_round_robin")
    there = [make_agent(queues=[queue], units=30) for _ in range(2)]
    for number in range(10):
        arrive(workstream, now + timedelta(seconds=number))
    service.run_cycle(now=now + timedelta(seconds=11))
    returned = make_agent(queues=[queue], units=30)
    before = [units_used(each) for each in there]

    for number in range(6):
        arrive(workstream, now + timedelta(seconds=20 + number))
    service.run_cycle(now=now + timedelta(seconds=30))

    assert units_used(returned) == 2
    assert [units_used(each) for each in there] == [held + 2 for held in before]


def test_words_stay_those_of_the_agent_who_said_them(
    workstream: Workstream, agent: Agent, second_agent: Agent, supervisor: User, now: datetime
) -> None:
    item = offered(workstream, now)
    first = item.agent
    assert first is not None
    other = second_agent if first == agent else agent
    service.accept(item_id=item.pk, by=first, now=now)

    def say(text: str, by: Agent) -> None:
        send_message(item_id=item.pk, author=Author.AGENT, text=text, agent=by, now=now)

    say("Hello", first)

    service.transfer(item_id=item.pk, by=supervisor, agent=other, now=now)
    service.accept(item_id=item.pk, by=other, now=now)
    say("I go on", other)

    replies = Message.objects.filter(item=item, author=Author.AGENT).order_by("pk")
    assert [each.agent for each in replies] == [first, other]


def test_an_email_that_weighs_nothing_leaves_room_for_a_call(now: datetime) -> None:
    queue, calls = make_queue(type="record"), make_queue(type="voice")
    agent = make_agent(queues=[queue, calls], units=1)
    email = make_workstream(type="record", queue=queue, capacity_units=0)
    in_conversation(email, agent, now)
    assert AgentPresence.objects.get(agent=agent).base == "available"

    call = offered(make_workstream(type="voice", queue=calls), now)

    assert call.agent == agent


def test_an_empty_queue_closes_nothing_and_says_that_nobody_serves_it(now: datetime) -> None:
    item = arrive(make_workstream(queue=make_queue("Nobody")), now)

    service.run_cycle(now=now + timedelta(minutes=5))

    item.refresh_from_db()
    assert item.state == ItemState.OPEN
    assert [each["blocker"] for each in waiting_because(item)] == ["queue_has_no_members"]
