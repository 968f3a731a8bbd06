"""A conversation comes back to the agent who had it (user's document, "Agent affinity")."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from agents.actions.edit_agent import edit_agent
from agents.actions.note_window import note_window
from agents.actions.set_presence import set_presence
from agents.models import Agent, Presence
from routing import configuration, service
from routing.models import AgentLoad, Assignment
from routing.queries.explanation import explanation
from routing.sweeps import miss_offers, renew_needs, return_dropped, take_offline
from routing.terms import How
from tests.factories import make_agent, make_notification_template, make_skill, make_workstream
from tests.scenarios import arrive, in_conversation, offered, units_used
from workstreams.actions.send_message import send_message
from workstreams.models import Queue, QueueMembership, WorkItem, Workstream
from workstreams.terms import Author, Channel, ItemState

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
COUNTDOWN = timedelta(seconds=120)


@pytest.fixture
def texts(queue: Queue) -> Workstream:
    """Text messages, which stay with their agent."""
    return make_workstream("Texts", queue=queue, channel=Channel.SMS, keep_same_agent=True)


def rests(item: WorkItem, agent: Agent, now: datetime) -> WorkItem:
    """The agent has it, has answered, and waits for the customer."""
    service.accept(item_id=item.pk, by=agent, now=now)
    service.close(item_id=item.pk, by=agent, now=now)
    item.refresh_from_db()
    assert item.state == ItemState.WAITING
    return item


def comes_back(item: WorkItem, now: datetime) -> Assignment | None:
    """The customer writes again; who is offered it."""
    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Hello again", now=now)
    service.run_cycle(now=now)
    return Assignment.objects.filter(item=item, ended_at=None).first()


def is_offline(agent: Agent, now: datetime) -> None:
    offline = Presence.objects.get(name="offline")
    set_presence(agent=agent, presence=offline, by=agent.user, now=now)


def is_undisturbed(agent: Agent, now: datetime) -> None:
    undisturbed = Presence.objects.get(name="busy_dnd")
    set_presence(agent=agent, presence=undisturbed, by=agent.user, now=now)


def has_no_room(agent: Agent, now: datetime) -> None:
    Agent.objects.filter(pk=agent.pk).update(capacity_units=0)


def left_the_queue(agent: Agent, now: datetime) -> None:
    QueueMembership.objects.filter(agent=agent).delete()


def lost_the_skill(agent: Agent, now: datetime) -> None:
    WorkItem.objects.update(required_skills=[[make_skill("Spanish").pk, 9]])
    configuration.publish(by=None, now=now)


@pytest.mark.parametrize(
    "change", [is_offline, is_undisturbed, has_no_room, left_the_queue, lost_the_skill]
)
def test_the_same_agent_gets_it_though_he(
    texts: Workstream,
    agent: Agent,
    queue: Queue,
    now: datetime,
    change: Callable[[Agent, datetime], None],
) -> None:
    item = rests(offered(texts, now), agent, now)
    make_agent("ben", queues=[queue], skills={"Spanish": 9})
    change(agent, now)

    offer = comes_back(item, now + MINUTE)

    assert offer is not None
    assert (offer.agent, offer.how) == (agent, How.AFFINITY)
    # Only a limit is overridden.
    assert offer.is_override == (change is has_no_room)
    assert bool(explanation(item.pk)["stages"][-1].get("excess")) == (change is has_no_room)


def test_it_goes_before_what_has_waited_longer(
    texts: Workstream, workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = rests(offered(texts, now), agent, now)
    Agent.objects.filter(pk=agent.pk).update(capacity_units=1)
    waited = [arrive(workstream, now - MINUTE * number) for number in range(3)]

    comes_back(item, now + MINUTE)

    assert list(Assignment.objects.filter(ended_at=None).values_list("item", flat=True)) == [
        item.pk
    ]
    assert WorkItem.objects.filter(pk__in=[each.pk for each in waited], state="open").count() == 3


def test_nothing_is_held_while_the_customer_is_awaited(
    texts: Workstream, workstream: Workstream, agent: Agent, now: datetime
) -> None:
    Agent.objects.filter(pk=agent.pk).update(capacity_units=1)
    item = rests(offered(texts, now), agent, now)
    free = units_used(agent)
    offered(workstream, now)

    offer = comes_back(item, now + MINUTE)

    assert offer is not None
    assert (free, offer.agent, units_used(agent)) == (0, agent, 2)


def test_he_may_decline_it_and_then_it_is_everybodys(
    texts: Workstream, agent: Agent, queue: Queue, now: datetime
) -> None:
    item = rests(offered(texts, now), agent, now)
    other = make_agent("ben", queues=[queue])
    comes_back(item, now + MINUTE)

    service.decline(item_id=item.pk, by=agent, now=now + MINUTE)
    service.run_cycle(now=now + MINUTE)

    offer = Assignment.objects.get(item=item, ended_at=None)
    assert (offer.agent, offer.how) == (other, How.PUSH)


def test_who_does_not_come_back_in_time_loses_it_to_others(
    texts: Workstream, agent: Agent, queue: Queue, now: datetime
) -> None:
    item = rests(offered(texts, now), agent, now)
    other = make_agent("ben", queues=[queue])
    is_offline(agent, now)
    comes_back(item, now)

    miss_offers.sweep(now=now + COUNTDOWN, limit=10)
    service.run_cycle(now=now + COUNTDOWN)

    assert Assignment.objects.get(item=item, ended_at=None).agent == other


def test_who_declined_it_once_and_took_it_then_gets_it_back_all_the_same(
    texts: Workstream, agent: Agent, queue: Queue, now: datetime
) -> None:
    item = offered(texts, now)
    service.decline(item_id=item.pk, by=agent, now=now)
    service.run_cycle(now=now + 2 * MINUTE)
    rests(item, agent, now + 2 * MINUTE)
    make_agent("ben", queues=[queue])

    offer = comes_back(item, now + 5 * MINUTE)

    assert offer is not None
    assert (offer.agent, offer.how) == (agent, How.AFFINITY)


def test_it_goes_to_who_had_it_last(
    texts: Workstream, agent: Agent, queue: Queue, now: datetime
) -> None:
    item = offered(texts, now)
    service.decline(item_id=item.pk, by=agent, now=now)
    other = make_agent("ben", queues=[queue])
    service.run_cycle(now=now)
    rests(item, other, now)

    offer = comes_back(item, now + MINUTE)

    assert offer is not None
    assert (offer.agent, offer.how) == (other, How.AFFINITY)


def test_who_was_disabled_meanwhile_does_not_keep_it_from_others(
    texts: Workstream, agent: Agent, queue: Queue, now: datetime
) -> None:
    item = rests(offered(texts, now), agent, now)
    other = make_agent("ben", queues=[queue])
    edit_agent(agent=agent, by=None, now=now, is_enabled=False)

    offer = comes_back(item, now + MINUTE)

    assert offer is not None
    assert (offer.agent, offer.how) == (other, How.PUSH)


def test_where_the_same_agent_is_not_kept_anybody_gets_it(
    texts: Workstream, agent: Agent, queue: Queue, now: datetime
) -> None:
    item = rests(offered(texts, now), agent, now)
    other = make_agent("ben", queues=[queue], units=9)
    is_offline(agent, now)
    Workstream.objects.filter(pk=texts.pk).update(keep_same_agent=False)
    configuration.publish(by=None, now=now)

    offer = comes_back(item, now + MINUTE)

    assert offer is not None
    assert (offer.agent, offer.how) == (other, How.PUSH)


@pytest.mark.parametrize(
    ("keeps", "declines", "alike"), [(0, 0, True), (1, 0, False), (0, 1, False)]
)
def test_what_comes_back_to_anybody_is_as_any_other_work_of_its_sort(
    queue: Queue, agent: Agent, now: datetime, keeps: int, declines: int, alike: bool
) -> None:
    """So that however many come back cost one look; who is meant, or declined, sets it apart."""
    texts = make_workstream(queue=queue, channel=Channel.SMS, keep_same_agent=bool(keeps))
    item = offered(texts, now)
    if declines:
        service.decline(item_id=item.pk, by=agent, now=now)
    service.run_cycle(now=now + MINUTE)
    rests(item, agent, now + MINUTE)

    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Again", now=now + 3 * MINUTE)

    item.refresh_from_db()
    assert (item.requirement_key == arrive(texts, now).requirement_key) is alike


def test_picked_work_is_anybodys_to_pick_again(
    queue: Queue, agent: Agent, second_agent: Agent, now: datetime
) -> None:
    texts = make_workstream("Picked", queue=queue, channel=Channel.SMS, mode="pick")
    item = arrive(texts, now)
    service.pick(item_id=item.pk, by=agent, now=now)
    service.close(item_id=item.pk, by=agent, now=now)

    offer = comes_back(item, now + MINUTE)

    assert offer is None
    assert service.pick(item_id=item.pk, by=second_agent, now=now + MINUTE).agent == second_agent


def test_a_returned_conversation_counts_its_age_from_the_return(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    texts = make_workstream("Anybody's", queue=queue, channel=Channel.SMS)
    first = rests(offered(texts, now), agent, now)
    AgentLoad.objects.filter(agent=agent).update(units_used=3)
    second = arrive(texts, now + MINUTE)
    send_message(item_id=first.pk, author=Author.CUSTOMER, text="Me", now=now + 2 * MINUTE)
    AgentLoad.objects.filter(agent=agent).update(units_used=2)

    service.run_cycle(now=now + 3 * MINUTE)

    assert Assignment.objects.get(ended_at=None).item == second


def drops_out(agent: Agent, now: datetime) -> datetime:
    """His windows are gone for longer than he has to come back; his chats are looked at."""
    note_window(agent=agent, key=uuid4(), now=now)
    take_offline.sweep(now=now + timedelta(seconds=90), limit=10)
    return_dropped.sweep(now=now + 5 * MINUTE, limit=10)
    return now + 5 * MINUTE


def test_a_live_chat_whose_agent_dropped_out_is_his_first_and_then_everybodys(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    item = in_conversation(make_workstream(queue=queue, keep_same_agent=True), agent, now)
    other = make_agent("ben", queues=[queue])
    later = drops_out(agent, now)

    service.run_cycle(now=later)
    first = Assignment.objects.get(item=item, ended_at=None)
    miss_offers.sweep(now=later + COUNTDOWN, limit=10)
    service.run_cycle(now=later + COUNTDOWN)

    assert (first.agent, first.how) == (agent, How.AFFINITY)
    assert Assignment.objects.get(item=item, ended_at=None).agent == other


def test_what_is_assigned_to_who_is_gone_does_not_come_back_to_him_again_and_again(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    template = make_notification_template(agents_may_decline=False, auto_assign=True)
    chats = make_workstream(queue=queue, keep_same_agent=True)
    Workstream.objects.filter(pk=chats.pk).update(notification_template=template)
    item = in_conversation(Workstream.objects.get(pk=chats.pk), agent, now)
    other = make_agent("ben", queues=[queue])
    later = drops_out(agent, now)
    service.run_cycle(now=later)

    miss_offers.sweep(now=later + COUNTDOWN, limit=10)
    return_dropped.sweep(now=later + COUNTDOWN, limit=10)
    service.run_cycle(now=later + COUNTDOWN)

    assert Assignment.objects.get(item=item, ended_at=None).agent == other


@pytest.mark.parametrize("is_there", [True, False])
def test_all_that_wait_go_back_once_their_workstream_keeps_the_agent(
    queue: Queue, agent: Agent, now: datetime, *, is_there: bool
) -> None:
    texts = make_workstream("Texts", queue=queue, channel=Channel.SMS, keep_same_agent=False)
    items = [in_conversation(texts, agent, now) for _ in range(3)]
    for item in items:
        service.close(item_id=item.pk, by=agent, now=now)
        send_message(item_id=item.pk, author=Author.CUSTOMER, text="Hello again", now=now + MINUTE)
    is_offline(agent, now)
    if is_there:
        make_agent("ben", units=50, queues=[queue])
    Workstream.objects.update(keep_same_agent=True)
    configuration.publish(by=None, now=now + 2 * MINUTE)

    told_apart = renew_needs.sweep(now=now + 2 * MINUTE, limit=10)
    again = renew_needs.sweep(now=now + 2 * MINUTE, limit=10)
    service.run_cycle(now=now + 2 * MINUTE)

    assert (told_apart, again) == (3, 0)
    assert {item.agent for item in WorkItem.objects.all()} == {agent}
