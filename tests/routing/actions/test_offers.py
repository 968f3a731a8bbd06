"""Offers: accepted, declined, missed, taken back."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from agents.models import Agent, User
from routing import service
from routing.actions.end_offer import end_offer
from routing.exceptions import AlreadyTaken, MayNotDecline, NotYourItem, OfferExpired
from routing.models import AgentLoad, Assignment
from routing.sweeps import miss_offers
from routing.terms import Outcome
from tests.scenarios import arrive, offered, units_used
from workstreams.models import NotificationTemplate, WorkItemEvent, Workstream
from workstreams.terms import ItemState

pytestmark = pytest.mark.django_db

COUNTDOWN = timedelta(seconds=120)


def test_a_pending_offer_holds_capacity(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    offered(workstream, now)

    assert units_used(agent) == 1


def test_the_database_itself_refuses_a_second_open_assignment(
    workstream: Workstream, agent: Agent, second_agent: Agent, now: datetime
) -> None:
    receipt = Assignment.objects.get(item=offered(workstream, now))
    [other] = {agent, second_agent} - {receipt.agent}
    receipt.pk, receipt.agent = None, other

    with pytest.raises(IntegrityError, match="one_open"), transaction.atomic():
        receipt.save()


def test_accepting_twice_answers_the_same(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)
    first = service.accept(item_id=item.pk, by=agent, now=now)

    assert service.accept(item_id=item.pk, by=agent, now=now) == first
    assert WorkItemEvent.objects.filter(kind="offer-accepted").count() == 1
    assert units_used(agent) == 1


def test_accepting_makes_a_load_that_is_missing(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)
    AgentLoad.objects.filter(agent=agent).delete()

    service.accept(item_id=item.pk, by=agent, now=now)

    assert Assignment.objects.get(item=item).outcome == Outcome.ACCEPTED
    assert AgentLoad.objects.filter(agent=agent).exists()


def test_an_offer_that_ran_out_cannot_be_accepted(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)

    with pytest.raises(OfferExpired):
        service.accept(item_id=item.pk, by=agent, now=now + COUNTDOWN)


def test_what_was_declined_cannot_be_accepted_any_more(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)
    service.decline(item_id=item.pk, by=agent, now=now)

    with pytest.raises(OfferExpired):
        service.accept(item_id=item.pk, by=agent, now=now)


def test_somebody_elses_offer_cannot_be_accepted(
    workstream: Workstream, agent: Agent, agent_of_another_queue: Agent, now: datetime
) -> None:
    item = offered(workstream, now)

    with pytest.raises(AlreadyTaken):
        service.accept(item_id=item.pk, by=agent_of_another_queue, now=now)


def test_declining_gives_the_capacity_back_and_reopens_the_item(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)

    service.decline(item_id=item.pk, by=agent, now=now)

    item.refresh_from_db()
    assert (item.state, item.agent, units_used(agent)) == (ItemState.OPEN, None, 0)


def test_declining_is_refused_where_the_template_says_so(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    workstream.notification_template = NotificationTemplate.objects.filter(
        agents_may_decline=False
    )[0]
    workstream.save()
    item = offered(workstream, now)

    with pytest.raises(MayNotDecline):
        service.decline(item_id=item.pk, by=agent, now=now)


def test_somebody_elses_offer_cannot_be_declined(
    workstream: Workstream, agent: Agent, second_agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)
    [other] = {agent, second_agent} - {item.agent}

    with pytest.raises(OfferExpired):
        service.decline(item_id=item.pk, by=other, now=now)


def test_an_accepted_item_cannot_be_declined_any_more(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)
    service.accept(item_id=item.pk, by=agent, now=now)

    with pytest.raises(OfferExpired):
        service.decline(item_id=item.pk, by=agent, now=now)


def test_what_is_taken_back_is_withdrawn_which_is_no_decline(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = offered(workstream, now)

    service.transfer(item_id=item.pk, by=supervisor, queue=item.queue, now=now)
    taken_back = Assignment.objects.get(item=item)
    service.run_cycle(now=now)

    assert (taken_back.outcome, taken_back.decided_at) == (Outcome.WITHDRAWN, now)
    again = Assignment.objects.get(item=item, ended_at=None)
    assert (again.agent, again.outcome, units_used(agent)) == (agent, Outcome.PENDING, 1)


def test_an_offer_whose_customer_leaves_is_withdrawn(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)

    service.leave(item_id=item.pk, now=now)

    assert Assignment.objects.get(item=item).outcome == Outcome.WITHDRAWN
    assert units_used(agent) == 0


def test_an_offer_that_ran_out_is_missed_once(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)

    assert miss_offers.sweep(now=now + COUNTDOWN - timedelta(seconds=1), limit=10) == 0
    assert miss_offers.sweep(now=now + COUNTDOWN, limit=10) == 1
    assert miss_offers.sweep(now=now + COUNTDOWN, limit=10) == 0
    assert Assignment.objects.get(item=item).outcome == Outcome.MISSED
    assert units_used(agent) == 0


def test_an_offer_that_was_answered_is_not_missed_and_neither_is_the_one_after_it(
    workstream: Workstream, agent: Agent, second_agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)
    first = Assignment.objects.select_related("agent").get(item=item)
    service.decline(item_id=item.pk, by=first.agent, now=now)

    assert not end_offer(item_id=item.pk, assignment_id=first.pk, now=now + COUNTDOWN)
    service.run_cycle(now=now)
    assert not end_offer(item_id=item.pk, assignment_id=first.pk, now=now + COUNTDOWN)
    outcomes = Assignment.objects.filter(item=item).order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == [Outcome.DECLINED, Outcome.PENDING]


@pytest.mark.parametrize("verb", [service.end, service.close, service.release])
def test_what_is_only_offered_is_not_the_agents_yet(
    workstream: Workstream, agent: Agent, now: datetime, verb: Callable[..., None]
) -> None:
    item = offered(workstream, now)

    with pytest.raises(NotYourItem):
        verb(item_id=item.pk, by=agent, now=now)


def test_the_age_of_an_item_survives_a_decline(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)
    later = now + timedelta(seconds=30)

    service.decline(item_id=item.pk, by=agent, now=later)

    item.refresh_from_db()
    assert item.waiting_since == now


def test_nobody_is_offered_more_than_he_has_room_for(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    for _ in range(5):
        arrive(workstream, now)

    assert service.run_cycle(now=now).assigned == 3
    assert units_used(agent) == 3
