"""Made-up customers and agents, step by step."""

from datetime import timedelta
from random import Random

import pytest

from agents.actions.set_presence import set_presence
from agents.models import Agent, AgentPresence, Presence
from agents.terms import FOLLOWING_CAPACITY
from config.clock import database_now
from config.models import Event
from routing import service
from routing.actions.switch_demo_traffic import switch_demo_traffic
from routing.demo.customers_at_the_other_end import MAXIMUM_UNFINISHED
from routing.demo.organisation import create_organisation
from routing.demo.staff import free_agents
from routing.demo.traffic import FINISHING, demo_step
from routing.exceptions import NoDemo
from routing.models import Assignment, DemoTraffic
from tests.factories import make_chat_widget
from workstreams.actions.take_in import take_in
from workstreams.models import Message, WorkItem, Workstream
from workstreams.terms import Author, ItemState

STEP = timedelta(seconds=5)
LONG_STEP = timedelta(seconds=20)


@pytest.fixture
def organisation(db: None) -> Agent:
    """The demo organisation; answers one of its agents."""
    create_organisation(now=database_now(), has_history=False)
    return Agent.objects.get(user__username="amira")


@pytest.fixture
def boss(organisation: Agent):
    """Who switches the traffic on and off."""
    return Agent.objects.get(user__username="supervisor").user


def flow(now, steps: int, step: timedelta = STEP):
    """That many steps, with the router at work between them."""
    random = Random(1)
    for _ in range(steps):
        now += step
        demo_step(now=now, random=random)
        service.run_cycle(now=now)
    return now


@pytest.mark.slow
def test_nothing_happens_until_it_is_switched_on(organisation) -> None:
    events = Event.objects.count()

    flow(database_now(), steps=3)

    assert Event.objects.count() == events


@pytest.mark.slow
def test_customers_arrive_are_answered_and_leave(boss) -> None:
    now = database_now()
    closed = WorkItem.objects.filter(state=ItemState.CLOSED).count()
    switch_demo_traffic(is_on=True, by=boss, now=now)

    now = flow(now, steps=40)

    assert WorkItem.objects.filter(state=ItemState.CLOSED).count() > closed
    assert Message.objects.filter(created_at__gt=now - 40 * STEP, author=Author.AGENT).exists()
    assert WorkItem.objects.exclude(state=ItemState.CLOSED).count() <= MAXIMUM_UNFINISHED
    assert AgentPresence.objects.filter(base__in=FOLLOWING_CAPACITY).count() > 20


@pytest.mark.slow
def test_it_never_acts_for_somebody_who_is_signed_in(boss, organisation, client) -> None:
    client.login(username="amira", password="demo")
    now = database_now()
    switch_demo_traffic(is_on=True, by=boss, now=now)

    flow(now, steps=15)

    own = Assignment.objects.filter(agent=organisation, offered_at__gt=now)
    assert not own.filter(outcome="accepted").exists()
    assert not Message.objects.filter(agent=organisation, created_at__gt=now).exists()


@pytest.mark.slow
def test_an_agent_is_free_again_some_time_after_signing_out(organisation, client) -> None:
    client.login(username="amira", password="demo")
    client.logout()

    now = database_now()

    assert organisation not in free_agents(now)
    assert organisation in free_agents(now + timedelta(minutes=16))


@pytest.mark.slow
def test_presences_that_people_chose_stay(boss, organisation) -> None:
    now = database_now()
    training = Presence.objects.get(name="training")
    set_presence(agent=organisation, presence=training, by=boss, now=now)
    switch_demo_traffic(is_on=True, by=boss, now=now)

    flow(now, steps=12)

    assert AgentPresence.objects.get(agent=organisation).presence == training


@pytest.mark.slow
def test_real_customers_get_answers_and_nobody_speaks_for_them(boss) -> None:
    now = database_now()
    switch_demo_traffic(is_on=True, by=boss, now=now)
    now = flow(now, steps=10)
    workstream = Workstream.objects.get(name="Contoso chat")
    item = take_in(
        workstream=workstream,
        channel_instance=make_chat_widget(workstream),
        customer={"name": "Someone real"},
        first_message="Is anybody there?",
        now=now,
    )

    flow(now, steps=24)

    authors = list(item.messages.values_list("author", flat=True))
    assert authors.count(Author.CUSTOMER) == 1
    assert Author.AGENT in authors


@pytest.mark.slow
def test_after_switching_off_work_is_finished_and_everybody_goes_home(boss) -> None:
    now = database_now()
    switch_demo_traffic(is_on=True, by=boss, now=now)
    now = flow(now, steps=15)
    switch_demo_traffic(is_on=False, by=boss, now=now)
    items = WorkItem.objects.count()

    flow(now, steps=int(FINISHING / LONG_STEP), step=LONG_STEP)

    assert WorkItem.objects.count() == items
    assert set(AgentPresence.objects.values_list("base", flat=True)) == {"offline"}
    assert not Assignment.objects.filter(ended_at__isnull=True).exists()


@pytest.mark.slow
def test_switching_is_an_event_and_the_same_again_is_none(boss) -> None:
    now = database_now()

    switch_demo_traffic(is_on=True, by=boss, now=now)
    switch_demo_traffic(is_on=True, by=boss, now=now)

    assert DemoTraffic.objects.get().is_on
    assert Event.objects.filter(kind="demo-traffic-switched").count() == 1


def test_without_a_demo_organisation_there_is_nothing_to_switch(supervisor, now) -> None:
    with pytest.raises(NoDemo):
        switch_demo_traffic(is_on=True, by=supervisor, now=now)
