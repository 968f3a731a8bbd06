"""An agent asks another one for advice, in a talk of their own."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from agents.actions.sign_out_agent import sign_out_agent
from config.models import Event
from routing import configuration, service
from routing.exceptions import (
    AgentNotThere,
    AlreadyAdvised,
    AlreadyConsulted,
    ConsultOver,
    ConsultYourself,
    NobodyThere,
    NoConsultant,
    NotInConversation,
    NotYourItem,
    TooManyConsults,
)
from routing.permissions import may_read, visible_items
from routing.sweeps import miss_consults
from tests.factories import make_agent, make_queue, make_workstream
from tests.scenarios import arrive, in_conversation, offered, units_used
from workstreams.actions.send_message import send_message
from workstreams.exceptions import MessageKeyReused, NotYourConversation
from workstreams.models import Consult, Message, QueueMembership
from workstreams.queries.conversation import conversation
from workstreams.terms import Author, ConsultState, ItemState

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(workstream, agent, now):
    return in_conversation(workstream, agent, now)


@pytest.fixture
def adviser(db):
    return make_agent("eva", queues=[make_queue("Experts")])


def asked(item, agent, adviser, now, **fields):
    return service.consult(item_id=item.pk, by=agent, agent=adviser, now=now, **fields)


def advising(item, agent, adviser, now):
    consult = asked(item, agent, adviser, now)
    return service.accept_consult(consult_id=consult.pk, by=adviser, now=now)


def joined(item, agent, adviser, now):
    consult = advising(item, agent, adviser, now)
    return service.add_consultant(consult_id=consult.pk, by=agent, now=now)


def told(kind):
    return Event.objects.filter(kind=kind).count()


def test_an_adviser_reads_along_once_he_accepts(item, agent, adviser, now):
    consult = asked(item, agent, adviser, now, question=" Is this covered? ")
    before = may_read(adviser.user, item)

    service.accept_consult(consult_id=consult.pk, by=adviser, now=now)

    consult.refresh_from_db()
    assert (consult.state, consult.question) == ("advising", "Is this covered?")
    assert (before, may_read(adviser.user, item)) == (False, True)
    assert (told("consult-asked"), told("consult-accepted")) == (1, 1)


def test_advice_takes_neither_capacity_nor_presence(item, agent, adviser, now):
    joined(item, agent, adviser, now)

    adviser.presence.refresh_from_db()
    assert (units_used(agent), adviser.presence.base) == (1, "available")
    assert not adviser.assignments.exists()


def test_accepting_twice_answers_the_same(item, agent, adviser, now):
    consult = advising(item, agent, adviser, now)

    again = service.accept_consult(consult_id=consult.pk, by=adviser, now=now)

    assert (again, told("consult-accepted")) == (consult, 1)


def test_the_adviser_writes_to_the_customer_once_he_is_added(item, agent, adviser, now):
    consult = advising(item, agent, adviser, now)
    hello = {"item_id": item.pk, "author": Author.AGENT, "agent": adviser, "now": now}

    with pytest.raises(NotYourConversation):
        send_message(text="Hello", **hello)
    service.add_consultant(consult_id=consult.pk, by=agent, now=now)

    assert send_message(text="Hello", **hello).agent == adviser
    item.refresh_from_db()
    assert item.agent == agent


def test_the_customer_hears_of_who_joins_and_leaves_and_nothing_of_the_side_talk(
    item, agent, adviser, now
):
    consult = joined(item, agent, adviser, now)
    service.write_note(
        consult_id=consult.pk, by=adviser, text="Offer a refund", client_key=uuid4(), now=now
    )

    service.end_consult(consult_id=consult.pk, by=adviser.user, now=now)

    lines = [line.text for line in conversation(item, is_for_customer=True)]
    assert [line for line in lines if "refund" in line] == []
    assert len(lines) == 3, lines
    assert not Message.objects.filter(text__contains="refund").exists()


def test_a_note_is_stored_once(item, agent, adviser, now):
    consult = asked(item, agent, adviser, now)
    note = {"consult_id": consult.pk, "by": agent, "client_key": uuid4(), "now": now}

    first, again = (service.write_note(text="Hm?", **note) for _ in range(2))

    assert first == again
    with pytest.raises(MessageKeyReused):
        service.write_note(text="Other", **note)


def test_only_the_two_write_notes(item, agent, adviser, second_agent, now):
    consult = asked(item, agent, adviser, now)

    with pytest.raises(Http404):
        service.write_note(
            consult_id=consult.pk, by=second_agent, text="Me too", client_key=uuid4(), now=now
        )


@pytest.mark.parametrize("verb", ["end", "release", "close"])
def test_advice_ends_with_the_work(verb, item, agent, adviser, now):
    consult = joined(item, agent, adviser, now)

    getattr(service, verb)(item_id=item.pk, by=agent, now=now)

    consult.refresh_from_db()
    assert (consult.state, consult.ended_at) == ("ended", now)
    assert not may_read(adviser.user, item)
    with pytest.raises(ConsultOver):
        service.write_note(consult_id=consult.pk, by=agent, text="So?", client_key=uuid4(), now=now)


def test_the_work_goes_to_the_adviser(item, agent, second_agent, now):
    consult = advising(item, agent, second_agent, now)

    service.transfer(item_id=item.pk, by=agent.user, agent=second_agent, now=now)
    service.accept(item_id=item.pk, by=second_agent, now=now)

    item.refresh_from_db()
    consult.refresh_from_db()
    assert (item.agent, consult.state) == (second_agent, "ended")
    assert (units_used(agent), units_used(second_agent)) == (0, 1)


def test_whoever_of_a_queue_is_first_advises(item, agent, adviser, now):
    other = make_agent("carol", queues=[adviser.queues.get()])
    configuration.publish(by=None, now=now)
    consult = service.consult(item_id=item.pk, by=agent, queue=adviser.queues.get(), now=now)

    service.accept_consult(consult_id=consult.pk, by=adviser, now=now)

    with pytest.raises(AlreadyAdvised, match="eva advises on this work item already"):
        service.accept_consult(consult_id=consult.pk, by=other, now=now)
    with pytest.raises(Http404):
        service.accept_consult(consult_id=consult.pk, by=agent, now=now)


def test_a_request_that_nobody_answers_is_over(item, agent, adviser, now):
    consult = asked(item, agent, adviser, now)
    late = now + timedelta(minutes=3)

    with pytest.raises(ConsultOver):
        service.accept_consult(consult_id=consult.pk, by=adviser, now=late)

    assert [miss_consults.sweep(now=late, limit=10) for _ in range(2)] == [1, 0]
    consult.refresh_from_db()
    assert consult.state == ConsultState.MISSED
    assert not visible_items(adviser.user).exists()


def test_a_declined_request_is_over(item, agent, adviser, now):
    consult = asked(item, agent, adviser, now)

    service.decline_consult(consult_id=consult.pk, by=adviser, now=now)

    consult.refresh_from_db()
    assert consult.state == ConsultState.DECLINED
    with pytest.raises(ConsultOver):
        service.accept_consult(consult_id=consult.pk, by=adviser, now=now)


def test_whom_one_cannot_ask(item, agent, adviser, second_agent, now):
    sign_out_agent(agent=second_agent, now=now)
    asked(item, agent, adviser, now)

    for refusal, whom in (
        (NoConsultant, {}),
        (NoConsultant, {"agent": adviser, "queue": item.queue}),
        (ConsultYourself, {"agent": agent}),
        (AgentNotThere, {"agent": second_agent}),
        (NobodyThere, {"queue": item.queue}),
        (AlreadyConsulted, {"agent": adviser}),
    ):
        with pytest.raises(refusal):
            service.consult(item_id=item.pk, by=agent, now=now, **whom)


def test_who_has_the_work_alone_asks_and_while_it_runs(item, agent, adviser, now):
    with pytest.raises(NotYourItem):
        service.consult(item_id=item.pk, by=adviser, agent=agent, now=now)
    service.end(item_id=item.pk, by=agent, now=now)
    with pytest.raises(NotInConversation):
        asked(item, agent, adviser, now)


def test_five_advise_at_most(item, agent, now):
    for number in range(5):
        asked(item, agent, make_agent(f"expert{number}"), now)

    with pytest.raises(TooManyConsults):
        asked(item, agent, make_agent("sixth"), now)


def test_advice_starts_the_clock_of_auto_close_anew(item, agent, adviser, now):
    later = now + timedelta(minutes=9)

    asked(item, agent, adviser, later)

    item.refresh_from_db()
    assert item.last_activity_at == later


def test_an_offer_is_no_work_to_ask_about(workstream, agent, adviser, now):
    waiting = offered(workstream, now)

    with pytest.raises(NotYourItem):
        asked(waiting, agent, adviser, now)


def test_a_supervisor_watches_and_joins_and_both_are_written_down(item, supervisor, now):
    watching = make_agent("sue")
    watching.user.role = "supervisor"
    watching.user.save()

    service.monitor(item_id=item.pk, by=watching.user, now=now)
    consult = service.join(item_id=item.pk, by=watching, now=now)

    assert (consult.state, consult.by_supervisor) == ("joined", True)
    assert (told("work-item-monitored"), told("consult-joined")) == (1, 1)
    assert service.join(item_id=item.pk, by=watching, now=now) == consult
    with pytest.raises(NotInConversation):
        service.monitor(item_id=item.pk, by=item.agent.user, now=now)


def test_records_are_advised_on_and_not_joined(agent, adviser, queue, record_routing, now):
    cases = make_queue("Cases", type="record")
    QueueMembership.objects.create(queue=cases, agent=agent)
    item = arrive(make_workstream("Cases", type="record", mode="pick", queue=cases), now)
    service.pick(item_id=item.pk, by=agent, now=now)
    consult = advising(item, agent, adviser, now)

    with pytest.raises(NotInConversation):
        service.add_consultant(consult_id=consult.pk, by=agent, now=now)


def test_a_waiting_item_has_no_consult(item, agent, adviser, now):
    consult = asked(item, agent, adviser, now)
    service.force_close(item_id=item.pk, by=agent.user, now=now)

    assert not Consult.objects.running().filter(item=item).exists()
    consult.refresh_from_db()
    assert (consult.state, ItemState.CLOSED) == ("ended", "closed")
