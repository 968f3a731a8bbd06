"""Live chats of who is gone go on to others, whatever presence somebody else gives him (A 17)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

import pytest

from agents.actions.note_window import note_window
from agents.actions.reset_presence import reset_presence
from agents.actions.set_presence import set_presence
from agents.actions.sign_in_agent import sign_in_agent
from agents.actions.sign_out_agent import sign_out_agent
from agents.models import Agent, AgentPresence, Presence, User
from routing import service
from routing.sweeps import miss_offers, return_dropped, take_offline
from tests.factories import make_notification_template
from tests.scenarios import arrive, choose_presence, in_conversation, offered
from workstreams.actions.change_agents import change_agents
from workstreams.agent_changes import AgentChange
from workstreams.models import ServiceConfiguration, WorkItem, Workstream
from workstreams.terms import DistributionMode

pytestmark = pytest.mark.django_db

Move = Callable[[Agent, datetime], object]
Give = Callable[[Agent, Presence, User, datetime], object]
MINUTE: Final = timedelta(minutes=1)


@pytest.fixture
def chat(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """The agent has it, and his page is there."""
    note_window(agent=agent, key=uuid4(), now=now)
    return in_conversation(workstream, agent, now)


@pytest.fixture(params=["available", "away", "vacation"])
def chosen(request: pytest.FixtureRequest, db: None) -> Presence:
    Presence.objects.create(name="vacation", text="On vacation", base="offline")
    return Presence.objects.get(name=request.param)


def drops_out(agent: Agent, now: datetime) -> None:
    assert take_offline.sweep(now=now, limit=9) == 1


def signs_out(agent: Agent, now: datetime) -> None:
    sign_out_agent(agent=agent, now=now)


def on_his_page(agent: Agent, presence: Presence, by: User, now: datetime) -> None:
    set_presence(agent=agent, presence=presence, by=by, now=now)


def with_others(agent: Agent, presence: Presence, by: User, now: datetime) -> None:
    change_agents(agent_ids=[agent.pk], change=AgentChange(presence=presence), by=by, now=now)


def returned(now: datetime) -> int:
    return return_dropped.sweep(now=now, limit=9)


@pytest.mark.parametrize("gives", [on_his_page, with_others])
@pytest.mark.parametrize("goes", [drops_out, signs_out])
def test_a_presence_that_a_supervisor_gives_him_keeps_no_chats_with_him(
    goes: Move,
    gives: Give,
    chat: WorkItem,
    agent: Agent,
    chosen: Presence,
    supervisor: User,
    now: datetime,
) -> None:
    goes(agent, now + 2 * MINUTE)
    for name in ("busy", chosen.name):
        gives(agent, Presence.objects.get(name=name), supervisor, now + 3 * MINUTE)

    counts = [returned(now + after * MINUTE) for after in (4, 6, 7)]

    assert counts == [0, 1, 0]
    assert AgentPresence.objects.get(agent=agent).presence == chosen
    assert WorkItem.objects.get(pk=chat.pk).state == "open"


def opens_a_page(agent: Agent, now: datetime) -> None:
    note_window(agent=agent, key=uuid4(), now=now)


def signs_in(agent: Agent, now: datetime) -> None:
    sign_in_agent(agent=agent, now=now, session=uuid4())


@pytest.mark.parametrize("gives", [on_his_page, with_others])
@pytest.mark.parametrize("comes", [opens_a_page, signs_in])
def test_who_comes_back_in_time_has_his_chats_and_that_presence(
    comes: Move, gives: Give, chat: WorkItem, agent: Agent, supervisor: User, now: datetime
) -> None:
    away = Presence.objects.get(name="away")
    drops_out(agent, now + 2 * MINUTE)
    gives(agent, away, supervisor, now + 3 * MINUTE)

    comes(agent, now + 4 * MINUTE)

    # A page that falls silent later is waited for anew.
    assert returned(now + 60 * MINUTE) == 0
    row = AgentPresence.objects.get(agent=agent)
    assert (row.presence, row.is_gone) == (away, False)


def test_who_works_without_a_page_keeps_what_he_took_since(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    available, offline = (Presence.objects.get(name=name) for name in ("available", "offline"))
    AgentPresence.objects.filter(agent=agent).update(presence=offline, base="offline")
    on_his_page(agent, available, supervisor, now)

    in_conversation(workstream, agent, now + MINUTE)

    assert returned(now + 60 * MINUTE) == 0


@pytest.mark.parametrize("gives", [on_his_page, with_others])
def test_who_is_there_keeps_his_chats(
    gives: Give, chat: WorkItem, agent: Agent, chosen: Presence, supervisor: User, now: datetime
) -> None:
    gives(agent, chosen, supervisor, now + MINUTE)

    assert returned(now + 60 * MINUTE) == 0


@pytest.mark.parametrize("gives", [on_his_page, with_others])
@pytest.mark.parametrize("name", ["available", "busy"])
@pytest.mark.parametrize("goes", [drops_out, signs_out])
def test_nor_does_the_presence_that_follows_when_the_first_of_them_goes_on(
    goes: Move,
    name: str,
    gives: Give,
    chat: WorkItem,
    workstream: Workstream,
    agent: Agent,
    supervisor: User,
    now: datetime,
) -> None:
    in_conversation(workstream, agent, now)
    goes(agent, now + 2 * MINUTE)
    gives(agent, Presence.objects.get(name=name), supervisor, now + 3 * MINUTE)

    counts = [return_dropped.sweep(now=now + 6 * MINUTE, limit=1) for _ in range(3)]

    assert counts == [1, 1, 0]


def assigned_without_asking(workstream: Workstream, agent: Agent, now: datetime) -> None:
    Workstream.objects.filter(pk=workstream.pk).update(
        notification_template=make_notification_template(
            agents_may_decline=False, auto_assign=True, countdown_seconds=60
        )
    )
    offered(Workstream.objects.get(pk=workstream.pk), now)
    assert miss_offers.sweep(now=now + MINUTE, limit=9) == 1
    assert agent.assignments.filter(outcome="accepted").count() == 2


def missed(workstream: Workstream, agent: Agent, now: datetime) -> None:
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"inactive_after_missed": True})
    offered(workstream, now)
    assert miss_offers.sweep(now=now + 2 * MINUTE, limit=9) == 1


def chosen_again(workstream: Workstream, agent: Agent, now: datetime) -> None:
    """By a supervisor, what the system had made of it."""
    by = User.objects.get(username="sven")
    reset_presence(agent=agent, by=by, now=now)
    on_his_page(agent, Presence.objects.get(name="busy"), by, now)


@pytest.mark.parametrize("happens", [assigned_without_asking, missed, chosen_again])
def test_nor_does_one_that_comes_by_itself(
    happens: Callable[[Workstream, Agent, datetime], None],
    chat: WorkItem,
    workstream: Workstream,
    agent: Agent,
    supervisor: User,
    now: datetime,
) -> None:
    drops_out(agent, now + 2 * MINUTE)
    on_his_page(agent, Presence.objects.get(name="available"), supervisor, now + 2 * MINUTE)
    happens(workstream, agent, now + 2 * MINUTE)

    assert returned(now + 6 * MINUTE) == 1
    assert WorkItem.objects.get(pk=chat.pk).state == "open"


def chooses(workstream: Workstream, agent: Agent, now: datetime) -> None:
    choose_presence(agent, "available", now)


def resets(workstream: Workstream, agent: Agent, now: datetime) -> None:
    reset_presence(agent=agent, by=agent.user, now=now)


def accepts(workstream: Workstream, agent: Agent, now: datetime) -> None:
    in_conversation(workstream, agent, now)


def picks(workstream: Workstream, agent: Agent, now: datetime) -> None:
    Workstream.objects.filter(pk=workstream.pk).update(distribution_mode=DistributionMode.PICK)
    item = arrive(Workstream.objects.get(pk=workstream.pk), now)
    service.pick(item_id=item.pk, by=agent, now=now)


@pytest.mark.parametrize("name", ["available", "away"])
@pytest.mark.parametrize("acts", [chooses, resets, accepts, picks])
def test_who_acts_himself_is_there(
    acts: Callable[[Workstream, Agent, datetime], None],
    name: str,
    chat: WorkItem,
    workstream: Workstream,
    agent: Agent,
    supervisor: User,
    now: datetime,
) -> None:
    Workstream.objects.filter(pk=workstream.pk).update(allowed_presences=["available", "away"])
    workstream.refresh_from_db()
    drops_out(agent, now + 2 * MINUTE)
    on_his_page(agent, Presence.objects.get(name=name), supervisor, now + 3 * MINUTE)

    acts(workstream, agent, now + 4 * MINUTE)

    assert returned(now + 60 * MINUTE) == 0
