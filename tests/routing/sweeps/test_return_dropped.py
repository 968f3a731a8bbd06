"""Live work of agents who are gone: which, when, and where people offline may have it (A 17)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from agents.actions.edit_agent import edit_agent
from agents.actions.note_window import close_window, note_window
from agents.actions.set_presence import set_presence
from agents.actions.sign_out_agent import sign_out_agent
from agents.models import Agent, AgentPresence, Presence, User
from routing import service
from routing.models import Assignment
from routing.sweeps import miss_offers, return_dropped, take_offline
from tests.factories import make_notification_template, make_queue, make_workstream
from tests.scenarios import arrive, in_conversation, offered
from workstreams.actions.send_message import send_message
from workstreams.models import Queue, WorkItem, Workstream
from workstreams.terms import Author, DistributionMode

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def for_anybody(workstream: Workstream) -> Workstream:
    """Chats that people offline may have, assigned without asking."""
    workstream.allowed_presences = ["available", "offline"]
    workstream.notification_template = make_notification_template(
        agents_may_decline=False, auto_assign=True, countdown_seconds=60
    )
    workstream.save()
    return workstream


def leaves(agent: Agent, now: datetime) -> None:
    note_window(agent=agent, key=uuid4(), now=now)
    assert take_offline.sweep(now=now + 2 * MINUTE, limit=9) == 1


def assigned_while_gone(workstream: Workstream, now: datetime) -> WorkItem:
    item = offered(workstream, now)
    assert miss_offers.sweep(now=now + MINUTE, limit=9) == 1
    return item


def test_what_is_meant_for_who_is_gone_stays_with_him(
    for_anybody: Workstream, agent: Agent, now: datetime
) -> None:
    leaves(agent, now)
    item = assigned_while_gone(for_anybody, now + 5 * MINUTE)

    assert return_dropped.sweep(now=now + 20 * MINUTE, limit=9) == 0
    assert Assignment.objects.get(item=item).agent == agent


def test_what_he_had_before_he_went_does_not(
    for_anybody: Workstream, agent: Agent, now: datetime
) -> None:
    in_conversation(for_anybody, agent, now)
    leaves(agent, now)

    assert return_dropped.sweep(now=now + 5 * MINUTE, limit=9) == 1


def test_nor_what_was_given_to_somebody_who_is_disabled_since(
    for_anybody: Workstream, agent: Agent, now: datetime
) -> None:
    leaves(agent, now)
    assigned_while_gone(for_anybody, now + 5 * MINUTE)
    Agent.objects.filter(pk=agent.pk).update(is_enabled=False)

    assert return_dropped.sweep(now=now + 20 * MINUTE, limit=9) == 1


def test_nor_what_such_a_person_picked_by_a_program_after_he_had_signed_out(
    queue: Queue, agent: Agent, administrator: User, now: datetime
) -> None:
    sign_out_agent(agent=agent, now=now - timedelta(days=1))
    item = arrive(make_workstream(mode=DistributionMode.PICK, queue=queue), now)
    service.pick(item_id=item.pk, by=agent, now=now)
    before = return_dropped.sweep(now=now + 5 * MINUTE, limit=9)

    edit_agent(agent=agent, is_enabled=False, by=administrator, now=now + 5 * MINUTE)

    assert (before, return_dropped.sweep(now=now + 8 * MINUTE, limit=9)) == (0, 1)
    item.refresh_from_db()
    assert (item.state, item.agent) == ("open", None)


def on_the_line(agent: Agent, now: datetime, **fields: Any) -> WorkItem:
    queue = make_queue(type=fields.get("type", "messaging"))
    queue.members.add(agent)
    return in_conversation(make_workstream(queue=queue, **fields), agent, now)


def test_a_call_goes_to_others_ninety_seconds_after_its_agent_was_heard_of(
    agent: Agent, now: datetime
) -> None:
    call = on_the_line(agent, now, type="voice")
    key = uuid4()
    note_window(agent=agent, key=key, now=now)
    close_window(agent=agent, key=key, now=now + 5 * SECOND)
    assert take_offline.sweep(now=now + 20 * SECOND, limit=9) == 1

    counts = [return_dropped.sweep(now=now + after * SECOND, limit=9) for after in (94, 95, 96)]

    call.refresh_from_db()
    assert (counts, call.state, call.agent) == ([0, 1, 0], "open", None)


def test_one_whose_agent_fell_silent_waits_from_the_moment_in_which_that_is_noticed(
    agent: Agent, now: datetime
) -> None:
    call = on_the_line(agent, now, type="voice")
    key = uuid4()
    note_window(agent=agent, key=key, now=now)
    assert take_offline.sweep(now=now + 90 * SECOND, limit=9) == 1

    counts = [return_dropped.sweep(now=now + after * SECOND, limit=9) for after in (179, 180)]

    call.refresh_from_db()
    assert (counts, call.state) == ([0, 1], "open")


def test_one_whose_agent_could_not_tell_once_stays_with_him(agent: Agent, now: datetime) -> None:
    call = on_the_line(agent, now, type="voice")
    key = uuid4()
    note_window(agent=agent, key=key, now=now)
    assert take_offline.sweep(now=now + 95 * SECOND, limit=9) == 1
    assert return_dropped.sweep(now=now + 100 * SECOND, limit=9) == 0

    note_window(agent=agent, key=key, now=now + 120 * SECOND)

    assert return_dropped.sweep(now=now + 300 * SECOND, limit=9) == 0
    call.refresh_from_db()
    assert call.agent == agent


def test_so_does_one_whose_agent_signed_out(agent: Agent, now: datetime) -> None:
    on_the_line(agent, now, type="voice")
    sign_out_agent(agent=agent, now=now + SECOND)

    counts = [return_dropped.sweep(now=now + after * SECOND, limit=9) for after in (90, 91)]

    assert counts == [0, 1]


@pytest.mark.parametrize(
    "fields", [{"channel": "sms"}, {"persistent_chat": True}, {"type": "record"}], ids=str
)
def test_what_nobody_holds_the_line_for_stays_with_its_agent(
    agent: Agent, now: datetime, record_routing: None, fields: dict[str, Any]
) -> None:
    item = on_the_line(agent, now, **fields)
    leaves(agent, now)

    assert return_dropped.sweep(now=now + 60 * MINUTE, limit=9) == 0
    item.refresh_from_db()
    assert (item.state, item.agent) == ("active", agent)


@pytest.mark.parametrize(("heard", "keeps"), [(30, False), (90, True)])
def test_who_had_gone_before_it_was_given_to_him_is_not_asked_again(
    workstream: Workstream, agent: Agent, now: datetime, heard: int, keeps: bool
) -> None:
    """That he had is noticed later."""
    workstream.keep_same_agent = True
    workstream.notification_template = make_notification_template(
        agents_may_decline=False, auto_assign=True, countdown_seconds=60
    )
    workstream.save()
    item = offered(workstream, now)
    note_window(agent=agent, key=uuid4(), now=now + heard * SECOND)
    miss_offers.sweep(now=now + MINUTE, limit=9)

    assert take_offline.sweep(now=now + 4 * MINUTE, limit=9) == 1
    assert return_dropped.sweep(now=now + 9 * MINUTE, limit=9) == 1
    item.refresh_from_db()
    assert item.last_agent == (agent if keeps else None)


def test_a_call_is_not_offered_to_who_dropped_out_of_it(agent: Agent, now: datetime) -> None:
    call = on_the_line(agent, now, type="voice", keep_same_agent=True)
    leaves(agent, now)

    assert return_dropped.sweep(now=now + 5 * MINUTE, limit=9) == 1
    call.refresh_from_db()
    assert call.last_agent is None


@pytest.mark.parametrize(("wrote", "returned"), [(1, 1), (4, 0)], ids=["before", "since"])
def test_who_answers_by_a_program_keeps_that_chat_whatever_presence_it_is_told_he_has(
    workstream: Workstream,
    agent: Agent,
    supervisor: User,
    now: datetime,
    wrote: int,
    returned: int,
) -> None:
    chat = in_conversation(workstream, agent, now)
    offline, away = (Presence.objects.get(name=name) for name in ("offline", "away"))
    rows = AgentPresence.objects.filter(agent=agent)
    rows.update(presence=offline, base="offline", is_manual=False)
    set_presence(agent=agent, presence=away, by=supervisor, now=now + 3 * MINUTE)
    at = now + wrote * MINUTE
    send_message(item_id=chat.pk, author=Author.AGENT, agent=agent, text="Hello", now=at)

    assert return_dropped.sweep(now=now + 7 * MINUTE, limit=9) == returned
