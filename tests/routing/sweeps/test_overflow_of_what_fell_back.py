"""The overflow of a queue is not for work that only fell back to it (A 7, A 8.4)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import pytest
from django.test import Client
from django.urls import reverse

from agents.models import Agent, User
from routing import configuration, service
from routing.actions.overflow_item import overflow_item
from routing.models import Rule
from routing.queries.explanation import explanation
from routing.sweeps import miss_offers, overflow_waiting
from tests.factories import make_overflow, make_queue, make_route, make_workstream
from tests.history import FEW, copy_many, look_again, rows_read
from tests.scenarios import arrive, in_conversation
from workstreams.actions.take_in import take_in
from workstreams.models import Queue, WorkItem, Workstream
from workstreams.terms import OverflowCondition

pytestmark = pytest.mark.django_db
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)


@pytest.fixture
def spare(db: None) -> Queue:
    return make_queue("Spare")


@pytest.fixture
def short(queue: Queue, spare: Queue) -> Queue:
    """A queue whose work goes elsewhere after five minutes."""
    make_overflow(queue, OverflowCondition.WAITING_TIME, threshold=300, to=spare)
    return queue


def without_rules(short: Queue, now: datetime) -> WorkItem:
    return arrive(make_workstream(queue=short), now)


def without_match(short: Queue, now: datetime) -> WorkItem:
    workstream = make_workstream(queue=short)
    route = make_route(workstream)
    Rule.objects.filter(pk=route.pk).update(when={"field": "title", "op": "equals", "value": "X"})
    return arrive(workstream, now)


def before_it_is_published(short: Queue, now: datetime) -> WorkItem:
    configuration.publish(by=None, now=now)
    return take_in(workstream=make_workstream(queue=short), title="Help", now=now)


def by_rule(short: Queue, now: datetime) -> WorkItem:
    workstream = make_workstream(queue=short)
    make_route(workstream)
    return arrive(workstream, now)


@pytest.mark.parametrize("fall_back", [without_rules, without_match, before_it_is_published])
def test_what_fell_back_stays_however_long_it_waits(
    short: Queue, now: datetime, fall_back: Callable[[Queue, datetime], WorkItem]
) -> None:
    item = fall_back(short, now)

    assert overflow_waiting.sweep(now=now + HOUR, limit=9) == 0
    assert not overflow_item(item_id=item.pk, now=now + HOUR)
    assert "does not act on it" in explanation(item.pk)["without_overflow"]


def test_its_explanation_and_the_choice_of_the_queue_say_so(
    client: Client, short: Queue, administrator: User, now: datetime
) -> None:
    item = without_rules(short, now)
    client.force_login(administrator)

    page = client.get(reverse("routing:work-item-explanation", args=[item.pk])).content.decode()
    form = client.get(reverse("workstreams:workstream-fallback-queue", args=[item.workstream_id]))

    assert "not a rule, so the queue&#x27;s overflow does not act on it." in page
    assert "Overflow of the queue does not act on such work." in form.content.decode()


def test_what_a_rule_sent_to_the_same_queue_goes(short: Queue, spare: Queue, now: datetime) -> None:
    item = by_rule(short, now)

    assert explanation(item.pk)["without_overflow"] == ""
    assert overflow_waiting.sweep(now=now + HOUR, limit=9) == 1
    item.refresh_from_db()
    assert item.queue == spare


def test_what_fell_back_holds_up_nothing_that_goes(short: Queue, now: datetime) -> None:
    for _ in range(3):
        without_rules(short, now)
    item = by_rule(short, now + MINUTE)

    assert overflow_waiting.sweep(now=now + HOUR, limit=1) == 1
    item.refresh_from_db()
    assert item.queue.name == "Spare"


def test_however_much_fell_back_none_of_it_is_read(short: Queue, now: datetime) -> None:
    copy_many(without_rules(short, now))
    look_again()
    before = rows_read()

    overflow_waiting.sweep(now=now + HOUR, limit=9)

    assert rows_read() - before < FEW


def test_what_people_transferred_in_goes(
    short: Queue, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = arrive(make_workstream(), now)
    service.transfer(item_id=item.pk, by=supervisor, queue=short, now=now)

    assert overflow_waiting.sweep(now=now + HOUR, limit=9) == 1


def test_so_does_what_its_agent_put_back(short: Queue, agent: Agent, now: datetime) -> None:
    item = in_conversation(make_workstream(queue=short), agent, now)
    service.release(item_id=item.pk, by=agent, now=now)

    assert overflow_waiting.sweep(now=now + HOUR, limit=9) == 1


def test_a_missed_offer_changes_nothing_about_how_it_came(
    workstream: Workstream, short: Queue, agent: Agent, now: datetime
) -> None:
    item = arrive(workstream, now)
    service.run_cycle(now=now)
    miss_offers.sweep(now=now + 10 * MINUTE, limit=9)

    item.refresh_from_db()
    assert (item.state, item.queue, item.fell_back) == ("open", short, True)
    assert overflow_waiting.sweep(now=now + HOUR, limit=9) == 0


def test_what_overflowed_to_a_queue_overflows_there_again(
    short: Queue, spare: Queue, now: datetime
) -> None:
    make_overflow(spare, OverflowCondition.WAITING_TIME, threshold=600, to=make_queue("Last"))
    item = by_rule(short, now)

    moves = [overflow_waiting.sweep(now=now + n * HOUR, limit=9) for n in (1, 2)]

    item.refresh_from_db()
    assert (moves, item.queue.name) == ([1, 1], "Last")


def test_so_does_what_somebody_transferred_to_an_agent_who_missed_it(
    short: Queue, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = arrive(make_workstream(queue=short), now)
    service.transfer(item_id=item.pk, by=supervisor, agent=agent, now=now)
    miss_offers.sweep(now=now + 2 * MINUTE, limit=9)

    assert explanation(item.pk)["without_overflow"] == ""
    assert overflow_waiting.sweep(now=now + HOUR, limit=9) == 1
