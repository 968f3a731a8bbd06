"""Templates act: which one an offer follows, and what that makes of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from agents.actions.edit_agent import edit_agent
from agents.models import Agent, AgentPresence, User
from routing import configuration, service
from routing.exceptions import MayNotDecline
from routing.models import Assignment
from routing.sweeps import miss_offers, return_unseen
from routing.terms import Outcome
from tests.factories import make_agent, make_method, make_notification_template
from tests.scenarios import arrive, choose_presence, in_conversation, offered, units_used
from workstreams.actions.send_message import send_message
from workstreams.models import Account, Contact, Queue, WorkItem, WorkItemEvent, Workstream
from workstreams.terms import Author, ItemState, Reason

pytestmark = pytest.mark.django_db

COUNTDOWN = timedelta(seconds=120)


def test_an_unknown_customer_is_offered_by_the_first_template(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    use(workstream, notification_template=make_notification_template(countdown_seconds=45))

    assert offer_of(offered(workstream, now)).deadline_at == now + timedelta(seconds=45)


@pytest.mark.parametrize(("field", "record"), [("contact", Contact), ("account", Account)])
def test_a_known_customer_is_offered_by_the_template_for_known_customers(
    workstream: Workstream, agent: Agent, now: datetime, field: str, record: type[Contact]
) -> None:
    known = make_notification_template(countdown_seconds=15, agents_may_decline=False)
    use(workstream, authenticated_template=known)
    item = arrive(workstream, now)
    WorkItem.objects.filter(pk=item.pk).update(**{field: record.objects.create(name="Ada")})

    service.run_cycle(now=now)

    offer = offer_of(item)

    assert (offer.template, offer.may_decline) == (known, False)
    assert offer.deadline_at == now + timedelta(seconds=15)


def test_a_transfer_follows_its_own_template(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    template = make_notification_template(agents_may_decline=False, countdown_seconds=10)
    use(workstream, transfer_template=template)
    item = in_conversation(workstream, agent, now)
    taker = make_agent("bob", queues=[item.queue])

    service.transfer(item_id=item.pk, by=agent.user, agent=taker, now=now)

    assert offer_of(item).deadline_at == now + timedelta(seconds=10)
    with pytest.raises(MayNotDecline):
        service.decline(item_id=item.pk, by=taker, now=now)


def test_a_supervisors_assignment_follows_its_own_template(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    template = make_notification_template(countdown_seconds=20)
    use(workstream, supervisor_assign_template=template)
    item = offered(workstream, now)
    service.decline(item_id=item.pk, by=agent, now=now)

    service.assign(item_id=item.pk, agent=agent, by=supervisor, now=now)

    assert offer_of(item).template == template


def test_a_scenario_without_a_template_follows_that_of_incoming_work(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = offered(workstream, now)
    service.decline(item_id=item.pk, by=agent, now=now)

    service.assign(item_id=item.pk, agent=agent, by=supervisor, now=now)

    assert offer_of(item).template == workstream.notification_template


def test_a_running_offer_keeps_the_rules_it_was_made_by(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    template = make_notification_template()
    use(workstream, notification_template=template)
    item = offered(workstream, now)
    template.agents_may_decline, template.countdown_seconds = False, 5
    template.save()

    service.decline(item_id=item.pk, by=agent, now=now + timedelta(seconds=60))

    item.refresh_from_db()
    assert item.state == ItemState.OPEN


def test_what_is_assigned_without_asking_is_the_agents_when_the_countdown_ends(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = assigned_without_asking(workstream, now)

    assert miss_offers.sweep(now=now + COUNTDOWN, limit=10) == 1

    item.refresh_from_db()
    assert offer_of(item).outcome == Outcome.ACCEPTED
    assert (item.state, item.reason) == (ItemState.ACTIVE, Reason.IN_CONVERSATION)
    assert (item.agent, item.last_agent, units_used(agent)) == (agent, agent, 1)


def test_it_is_not_the_agents_before_the_countdown_ends(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = assigned_without_asking(workstream, now)

    miss_offers.sweep(now=now + COUNTDOWN - timedelta(seconds=1), limit=10)

    assert offer_of(item).outcome == Outcome.PENDING


def test_the_timeline_says_that_the_countdown_assigned_it(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = assigned_without_asking(workstream, now)

    miss_offers.sweep(now=now + COUNTDOWN, limit=10)

    event = WorkItemEvent.objects.get(work_item_id=item.pk, kind="offer-accepted")
    assert event.data["sentences"] == ["Assigned when the countdown ended"]


def test_open_takes_it_at_once_and_late_too(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = assigned_without_asking(workstream, now)

    service.accept(item_id=item.pk, by=agent, now=now + COUNTDOWN + timedelta(seconds=1))

    assert offer_of(item).outcome == Outcome.ACCEPTED


def test_it_cannot_be_declined(workstream: Workstream, agent: Agent, now: datetime) -> None:
    item = assigned_without_asking(workstream, now)

    with pytest.raises(MayNotDecline):
        service.decline(item_id=item.pk, by=agent, now=now)


def test_nothing_is_given_to_an_agent_who_went_home(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = assigned_without_asking(workstream, now)
    choose_presence(agent, "offline", now)

    miss_offers.sweep(now=now + COUNTDOWN, limit=10)

    item.refresh_from_db()
    assert (item.state, offer_of(item).outcome) == (ItemState.OPEN, Outcome.MISSED)


def by_the_workstream(workstream: Workstream) -> None:
    use(workstream, allowed_presences=["available", "offline"])


def by_rules_that_ask_for_no_presence(workstream: Workstream) -> None:
    method = make_method(rulesets=[{"name": "All", "rules": [{"name": "Anybody"}]}])
    Queue.objects.filter(pk=workstream.fallback_queue_id).update(custom_method=method)


@pytest.mark.parametrize("means", [by_the_workstream, by_rules_that_ask_for_no_presence])
def test_who_is_offline_and_meant_all_the_same_has_it_when_the_countdown_ends(
    workstream: Workstream, agent: Agent, now: datetime, means: Callable[[Workstream], None]
) -> None:
    means(workstream)
    AgentPresence.objects.filter(agent=agent).update(base="offline")
    item = assigned_without_asking(workstream, now)

    miss_offers.sweep(now=now + COUNTDOWN, limit=10)
    unseen = return_unseen.sweep(now=now + timedelta(hours=1), limit=10)

    item.refresh_from_db()
    assert (item.state, offer_of(item).outcome) == (ItemState.ACTIVE, Outcome.ACCEPTED)
    assert unseen == 0


def test_a_disabled_agent_gets_nothing_though_people_offline_may_have_it(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    use(workstream, allowed_presences=["available", "offline"])
    item = assigned_without_asking(workstream, now)
    edit_agent(agent=agent, by=None, now=now, is_enabled=False)

    miss_offers.sweep(now=now + COUNTDOWN, limit=10)

    assert offer_of(item).outcome == Outcome.MISSED


def test_work_that_comes_back_to_its_agent_is_asked_for_like_any_other(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    use(workstream, keep_same_agent=True)
    use(workstream, channel="sms")
    item = in_conversation(workstream, agent, now)
    service.close(item_id=item.pk, by=agent, now=now)
    template = make_notification_template(agents_may_decline=False)
    use(workstream, notification_template=template)
    configuration.publish(by=None, now=now)
    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Again", now=now)

    service.run_cycle(now=now)

    offer = offer_of(item)
    assert (offer.agent, offer.how, offer.may_decline) == (agent, "affinity", False)


def use(workstream: Workstream, **settings: object) -> None:
    """Change the workstream; whatever arrives next is routed by it."""
    for name, value in settings.items():
        setattr(workstream, name, value)
    workstream.save()


def assigned_without_asking(workstream: Workstream, now: datetime) -> WorkItem:
    use(workstream, notification_template=make_notification_template(auto_assign=True))
    return offered(workstream, now)


def offer_of(item: WorkItem) -> Assignment:
    return Assignment.objects.filter(item=item).latest("id")
