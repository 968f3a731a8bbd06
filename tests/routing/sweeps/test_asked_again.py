"""What comes back from an agent who is gone is offered to others first (A 17)."""

from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

import pytest

from agents.actions.note_window import note_window
from agents.actions.set_presence import set_presence
from agents.actions.sign_out_agent import sign_out_agent
from agents.models import Agent, Presence, User
from routing import configuration, service
from routing.sweeps import miss_offers, return_dropped, return_unseen, take_offline
from tests.factories import make_agent, make_notification_template, make_queue, make_workstream
from tests.scenarios import in_conversation, offered
from workstreams.actions.send_message import send_message
from workstreams.models import Queue, WorkItem, Workstream
from workstreams.terms import Author

pytestmark = pytest.mark.django_db

MINUTE: Final = timedelta(minutes=1)


@pytest.fixture(params=["messaging", "voice"])
def line(request: pytest.FixtureRequest) -> Queue:
    return make_queue(type=request.param)


@pytest.fixture
def alice(line: Queue) -> Agent:
    """She has most room."""
    return make_agent("alice", queues=[line], units=9)


@pytest.fixture
def bob(line: Queue) -> Agent:
    return make_agent("bob", queues=[line], units=2)


def drops_out(agent: Agent, now: datetime) -> None:
    note_window(agent=agent, key=uuid4(), now=now - 2 * MINUTE)
    assert take_offline.sweep(now=now, limit=9) == 1


def be_given(agent: Agent, name: str, by: User, now: datetime) -> None:
    set_presence(agent=agent, presence=Presence.objects.get(name=name), by=by, now=now)


def who_is_asked(item: WorkItem, now: datetime) -> Agent | None:
    service.run_cycle(now=now)
    item.refresh_from_db()
    return item.agent


def test_whom_a_supervisor_made_available_while_she_was_gone_is_not_asked_first_again(
    line: Queue, alice: Agent, bob: Agent, supervisor: User, now: datetime
) -> None:
    item = in_conversation(make_workstream(queue=line, type=line.type), alice, now)
    drops_out(alice, now + 2 * MINUTE)
    be_given(alice, "available", supervisor, now + 3 * MINUTE)

    assert return_dropped.sweep(now=now + 6 * MINUTE, limit=9) == 1

    assert who_is_asked(item, now + 6 * MINUTE) == bob


def test_where_nobody_else_is_there_she_is_asked_after_the_cool_down(
    line: Queue, alice: Agent, supervisor: User, now: datetime
) -> None:
    item = in_conversation(make_workstream(queue=line, type=line.type), alice, now)
    drops_out(alice, now + 2 * MINUTE)
    be_given(alice, "available", supervisor, now + 3 * MINUTE)
    return_dropped.sweep(now=now + 6 * MINUTE, limit=9)

    assert who_is_asked(item, now + 6 * MINUTE) is None
    assert who_is_asked(item, now + 7 * MINUTE) == alice


@pytest.mark.parametrize("line", ["messaging"], indirect=True)
def test_nor_is_she_with_what_was_assigned_to_her_without_asking(
    line: Queue, alice: Agent, bob: Agent, supervisor: User, now: datetime
) -> None:
    drops_out(alice, now - MINUTE)
    be_given(alice, "available", supervisor, now - MINUTE)
    chats = make_workstream(queue=line)
    chats.notification_template = make_notification_template(
        agents_may_decline=False, auto_assign=True, countdown_seconds=60
    )
    chats.save()
    item = offered(chats, now)
    assert miss_offers.sweep(now=now + MINUTE, limit=9) == 1

    assert return_unseen.sweep(now=now + 9 * MINUTE, limit=9) == 1

    assert who_is_asked(item, now + 9 * MINUTE) == bob


@pytest.mark.parametrize("keeps", [False, True])
def test_what_comes_from_who_is_offline_waits_like_the_work_of_others_unless_it_is_hers(
    line: Queue, alice: Agent, now: datetime, keeps: bool
) -> None:
    """However many go at once: each item of its own would cost a look."""
    work = make_workstream(queue=line, type=line.type, keep_same_agent=keeps)
    item = in_conversation(work, alice, now)
    drops_out(alice, now + 2 * MINUTE)

    assert return_dropped.sweep(now=now + 6 * MINUTE, limit=9) == 1

    item.refresh_from_db()
    is_hers = keeps and line.type == "messaging"
    assert (":" in item.requirement_key, item.last_agent) == (is_hers, alice if is_hers else None)


@pytest.mark.parametrize("line", ["messaging"], indirect=True)
def test_where_the_workstream_keeps_the_agent_what_she_had_before_is_hers_though_spared(
    line: Queue, alice: Agent, bob: Agent, supervisor: User, now: datetime
) -> None:
    item = in_conversation(make_workstream(queue=line, keep_same_agent=True), alice, now)
    drops_out(alice, now + 2 * MINUTE)
    be_given(alice, "available", supervisor, now + 3 * MINUTE)

    assert return_dropped.sweep(now=now + 6 * MINUTE, limit=9) == 1

    assert who_is_asked(item, now + 6 * MINUTE) == alice


def hers_again(line: Queue, alice: Agent, now: datetime, by: User | None = None) -> WorkItem:
    """She signed out with a chat, perhaps was given a presence since, and was asked first: the
    countdown has made it hers, two minutes ago in the end."""
    chats = make_workstream(queue=line, keep_same_agent=True)
    chats.notification_template = make_notification_template(
        agents_may_decline=False, auto_assign=True, countdown_seconds=60
    )
    chats.save()
    item = in_conversation(chats, alice, now - 9 * MINUTE)
    sign_out_agent(agent=alice, now=now - 8 * MINUTE)
    if by is not None:
        be_given(alice, "away", by, now - 7 * MINUTE)
    assert return_dropped.sweep(now=now - 3 * MINUTE, limit=9) == 1
    assert who_is_asked(item, now - 3 * MINUTE) == alice
    assert miss_offers.sweep(now=now - 2 * MINUTE, limit=9) == 1
    return item


@pytest.mark.parametrize("line", ["messaging"], indirect=True)
@pytest.mark.parametrize("is_set", [False, True], ids=["signed out", "and was given a presence"])
def test_what_the_countdown_made_hers_again_after_she_signed_out_goes_to_others_at_once(
    line: Queue, alice: Agent, bob: Agent, supervisor: User, now: datetime, *, is_set: bool
) -> None:
    item = hers_again(line, alice, now, by=supervisor if is_set else None)

    assert return_dropped.sweep(now=now, limit=9) == 1

    assert who_is_asked(item, now) == bob


@pytest.mark.parametrize("line", ["messaging"], indirect=True)
def test_unless_she_answers_it_by_a_program(line: Queue, alice: Agent, now: datetime) -> None:
    item = hers_again(line, alice, now)
    at = now - MINUTE
    send_message(item_id=item.pk, author=Author.AGENT, agent=alice, text="Hello", now=at)

    assert return_dropped.sweep(now=now, limit=9) == 0


@pytest.mark.parametrize("line", ["messaging"], indirect=True)
def test_or_her_workstream_lets_people_offline_have_it(
    line: Queue, alice: Agent, now: datetime
) -> None:
    hers_again(line, alice, now)
    Workstream.objects.update(allowed_presences=["available", "offline"])
    configuration.publish(by=None, now=now)

    assert return_dropped.sweep(now=now, limit=9) == 0
