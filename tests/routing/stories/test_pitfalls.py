"""Defects of peers, as stories; each scenario is told in the table of
``tests/project/test_pitfalls.py``."""

from datetime import datetime, timedelta

import pytest

from agents.models import Agent, AgentPresence, User
from config.clock import database_now
from routing import service
from routing.queries.waiting import waiting_because
from routing.router import DUTIES, Router
from routing.sweeps import release_wrap_up
from tests.factories import make_agent, make_queue, make_workstream
from tests.scenarios import arrive, choose_presence, in_conversation, offered, units_used
from workstreams.actions.send_message import send_message
from workstreams.models import Message, Queue, WorkItem, WorkItemEvent, Workstream
from workstreams.queries.conversation import conversation
from workstreams.terms import Author, ItemState, WrapUpBlock

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
    names = [each.name for each in conversation(item) if each.author == Author.AGENT]
    assert names == [each.user.display_name for each in (first, other)]


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
    later = now + timedelta(minutes=15)

    service.run_cycle(now=later)
    for duty, _ in DUTIES:
        duty(now=later, limit=100)

    item.refresh_from_db()
    assert item.state == ItemState.OPEN
    assert [each["blocker"] for each in waiting_because(item)] == ["queue_has_no_members"]


def test_each_wrap_up_ends_by_its_own_timer(
    queue: Queue, agent: Agent, second_agent: Agent, now: datetime
) -> None:
    workstream = make_workstream(queue=queue, wrap_up_block=WrapUpBlock.CUSTOM, wrap_up_seconds=60)
    items = [offered(workstream, now) for _ in range(2)]
    people = [item.agent for item in items if item.agent]
    assert {*people} == {agent, second_agent}
    for item, by, seconds in zip(items, people, (0, 30), strict=True):
        for verb in (service.accept, service.end, service.close):
            verb(item_id=item.pk, by=by, now=now + timedelta(seconds=seconds))

    freed = {}
    for seconds in (59, 60, 89, 90):
        release_wrap_up.sweep(now=now + timedelta(seconds=seconds), limit=10)
        freed[seconds] = [units_used(by) for by in people]

    assert freed == {59: [1, 1], 60: [0, 1], 89: [0, 1], 90: [0, 0]}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_queue_whose_last_agent_left_goes_on_when_somebody_comes(
    workstream: Workstream, agent: Agent, second_agent: Agent
) -> None:
    now, router = database_now(), Router()
    choose_presence(second_agent, "offline", now)
    items = [arrive(workstream, now) for _ in range(2)]
    router.step()
    assert units_used(agent) == 2

    choose_presence(agent, "offline", now)
    for item in items:
        service.decline(item_id=item.pk, by=agent)
    router.step()
    assert units_used(agent) == units_used(second_agent) == 0

    choose_presence(second_agent, "available", now)
    router.step()
    assert units_used(second_agent) == 2
