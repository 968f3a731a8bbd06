"""Advice that several people reach for at once."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from agents.models import Agent, User
from config.models import Event
from routing import service
from routing.exceptions import AlreadyAdvised, AlreadyConsulted, ConsultOver, NobodyThere
from routing.models import ConsultReceipt
from routing.sweeps import miss_consults, release_consults
from tests.factories import make_agent, make_queue, make_user
from tests.races.together import queued_behind
from tests.scenarios import in_conversation
from workstreams.actions.delete_queue import delete_queue
from workstreams.models import (
    Consult,
    ConsultNote,
    Queue,
    ServiceConfiguration,
    WorkItem,
    Workstream,
)
from workstreams.terms import ConsultState


@pytest.fixture
def experts(agent: Agent) -> Queue:
    return make_queue("Experts")


@pytest.fixture
def advisers(experts: Queue) -> list[Agent]:
    return [make_agent(name, queues=[experts]) for name in ("eva", "finn")]


@pytest.fixture
def item(workstream: Workstream, agent: Agent, experts: Queue, now: datetime) -> WorkItem:
    return in_conversation(workstream, agent, now - timedelta(minutes=5))


def row(item: WorkItem):
    return WorkItem.objects.filter(pk=item.pk)


def kinds(outcomes: list[object]) -> set[type]:
    return {type(outcome) for outcome in outcomes}


def test_one_of_two_members_of_a_queue_advises(
    item: WorkItem, agent: Agent, experts: Queue, advisers: list[Agent], now: datetime
) -> None:
    consult = service.consult(item_id=item.pk, by=agent, queue=experts, now=now)
    accept = [
        lambda who=who: service.accept_consult(consult_id=consult.pk, by=who, now=now)
        for who in advisers
    ]

    assert kinds(queued_behind(row(item), *accept)) == {Consult, AlreadyAdvised}
    assert Event.objects.filter(kind="consult-accepted").count() == 1


def test_a_queue_that_is_deleted_while_it_is_asked_has_nobody(
    item: WorkItem, agent: Agent, experts: Queue, advisers: list[Agent], now: datetime
) -> None:
    by = make_user("ada", "administrator")

    [outcome] = queued_behind(
        Queue.objects.filter(pk=experts.pk),
        lambda: service.consult(item_id=item.pk, by=agent, queue=experts, now=now),
        then=lambda: delete_queue(queue=experts, by=by, now=now),
    )

    assert isinstance(outcome, NobodyThere)
    assert not Consult.objects.exists()


def test_an_agent_is_asked_once_however_often_the_button_is_pressed(
    item: WorkItem, agent: Agent, advisers: list[Agent], now: datetime
) -> None:
    ask = lambda: service.consult(item_id=item.pk, by=agent, agent=advisers[0], now=now)  # noqa: E731

    assert kinds(queued_behind(row(item), ask, ask)) == {Consult, AlreadyConsulted}
    assert Consult.objects.count() == 1


def test_nobody_advises_on_work_that_ends_in_that_moment(
    item: WorkItem, agent: Agent, advisers: list[Agent], now: datetime
) -> None:
    consult = service.consult(item_id=item.pk, by=agent, agent=advisers[0], now=now)

    queued_behind(
        row(item),
        lambda: service.end(item_id=item.pk, by=agent, now=now),
        lambda: service.accept_consult(consult_id=consult.pk, by=advisers[0], now=now),
    )

    consult.refresh_from_db()
    assert consult.state == ConsultState.ENDED
    assert not Consult.objects.running().exists()


def test_a_request_is_either_answered_or_missed(
    item: WorkItem, agent: Agent, advisers: list[Agent], now: datetime
) -> None:
    then = now - timedelta(minutes=3)
    consult = service.consult(item_id=item.pk, by=agent, agent=advisers[0], now=then)

    answered, missed = queued_behind(
        row(item),
        lambda: service.accept_consult(consult_id=consult.pk, by=advisers[0], now=then),
        lambda: miss_consults.sweep(now=now, limit=10),
    )

    consult.refresh_from_db()
    assert (type(answered), missed, consult.state) in (
        (Consult, 0, ConsultState.ADVISING),
        (ConsultOver, 1, ConsultState.MISSED),
    )


def test_a_note_sent_twice_at_once_is_stored_once(
    item: WorkItem, agent: Agent, advisers: list[Agent], now: datetime
) -> None:
    consult = service.consult(item_id=item.pk, by=agent, agent=advisers[0], now=now)
    key = uuid4()
    write = lambda: service.write_note(  # noqa: E731
        consult_id=consult.pk, by=agent, text="Hm?", client_key=key, now=now
    )

    first, again = queued_behind(row(item), write, write)

    assert first == again
    assert ConsultNote.objects.count() == 1


def test_an_adviser_who_joins_and_leaves_at_once_is_out(
    item: WorkItem, agent: Agent, advisers: list[Agent], now: datetime
) -> None:
    consult = service.consult(item_id=item.pk, by=agent, agent=advisers[0], now=now)
    service.accept_consult(consult_id=consult.pk, by=advisers[0], now=now)

    queued_behind(
        row(item),
        lambda: service.add_consultant(consult_id=consult.pk, by=agent, now=now),
        lambda: service.end_consult(consult_id=consult.pk, by=advisers[0].user, now=now),
    )

    consult.refresh_from_db()
    assert consult.state == ConsultState.ENDED


def test_who_lost_work_to_another_advises_once_or_not_at_all(
    item: WorkItem, agent: Agent, advisers: list[Agent], supervisor: User, now: datetime
) -> None:
    service.transfer(item_id=item.pk, by=supervisor, agent=advisers[0], now=now)
    consult = Consult.objects.get()

    queued_behind(
        row(item),
        lambda: service.decline(item_id=item.pk, by=advisers[0], now=now),
        lambda: service.end_consult(consult_id=consult.pk, by=agent.user, now=now),
    )

    consult.refresh_from_db()
    assert consult.state == ConsultState.ENDED
    assert Event.objects.filter(kind="consult-ended").count() == 1


def test_two_supervisors_who_move_the_same_work_leave_one_adviser_at_most(
    item: WorkItem, agent: Agent, advisers: list[Agent], supervisor: User, now: datetime
) -> None:
    move = [
        lambda to=to: service.transfer(item_id=item.pk, by=supervisor, agent=to, now=now)
        for to in advisers
    ]

    queued_behind(row(item), *move)

    item.refresh_from_db()
    # The second move takes back an offer, and whoever had the work is out then.
    assert item.agent in advisers
    assert not Consult.objects.running().exists()
    assert Consult.objects.get().agent == agent


def test_advice_that_holds_capacity_and_the_next_offer_do_not_meet(
    item: WorkItem, agent: Agent, advisers: list[Agent], supervisor: User, now: datetime
) -> None:
    ServiceConfiguration.objects.update_or_create(
        pk=1, defaults={"agent_consults_hold_capacity": True}
    )

    queued_behind(
        row(item),
        lambda: service.transfer(item_id=item.pk, by=supervisor, agent=advisers[0], now=now),
        lambda: service.end(item_id=item.pk, by=agent, now=now),
    )
    release_consults.sweep(now=now, limit=10)

    held = ConsultReceipt.objects.filter(capacity_released_at__isnull=True).count()
    assert held == Consult.objects.running().count()
