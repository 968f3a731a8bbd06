"""Conversations close after the times that are published (A 18)."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from agents.models import Agent, User
from routing import configuration, service
from routing.sweeps import close_inactive
from tests.factories import make_workstream
from tests.factories.bots import make_bot
from tests.scenarios import arrive, in_conversation, in_wrap_up
from workstreams.actions.save_auto_close import save_auto_close
from workstreams.actions.send_message import send_message
from workstreams.auto_close import DEFAULTS
from workstreams.models import AutoCloseTime, Queue, WorkItem
from workstreams.terms import Author, AutoCloseChannel, Channel, ItemState, Reason

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
A_YEAR = timedelta(days=365)
CELLS = [(channel, state) for channel, row in DEFAULTS.items() for state in row]


def lying(queue: Queue, channel: str, state: str, agent: Agent, now: datetime) -> WorkItem:
    """A conversation of the channel that has just come into the state."""
    persistent = channel == AutoCloseChannel.PERSISTENT_CHAT
    workstream = make_workstream(
        queue=queue,
        channel=Channel.LIVE_CHAT if persistent else channel,
        type="voice" if channel == Channel.VOICE else "messaging",
        persistent_chat=persistent,
    )
    item = arrive(workstream, now)
    WorkItem.objects.filter(pk=item.pk).update(
        state=state, agent=None if state == ItemState.OPEN else agent
    )
    return item


@pytest.mark.parametrize(("channel", "state"), CELLS)
def test_each_time_of_the_table_is_kept(
    queue: Queue, agent: Agent, now: datetime, channel: str, state: str
) -> None:
    item = lying(queue, channel, state, agent, now)
    minutes = DEFAULTS[channel][state]
    if minutes is None:
        assert close_inactive.sweep(now=now + A_YEAR, limit=10) == 0
        return

    early = close_inactive.sweep(now=now + (minutes - 1) * MINUTE, limit=10)
    late = close_inactive.sweep(now=now + minutes * MINUTE, limit=10)
    again = close_inactive.sweep(now=now + minutes * MINUTE, limit=10)

    item.refresh_from_db()
    assert (early, late, again) == (0, 1, 0)
    assert (item.state, item.reason) == (ItemState.CLOSED, Reason.AUTO_CLOSED)


@pytest.mark.parametrize(("channel", "state"), CELLS)
def test_each_time_can_be_changed_and_holds_for_work_that_is_there(
    queue: Queue, agent: Agent, now: datetime, administrator: User, channel: str, state: str
) -> None:
    lying(queue, channel, state, agent, now)
    save_auto_close(times={channel: {state: 7}}, by=administrator, now=now)

    assert close_inactive.sweep(now=now + 6 * MINUTE, limit=10) == 0
    assert close_inactive.sweep(now=now + 7 * MINUTE, limit=10) == 1


@pytest.mark.parametrize("state", ["open", "active", "wrap_up"])
def test_never_is_never(
    queue: Queue, agent: Agent, now: datetime, administrator: User, state: str
) -> None:
    lying(queue, "sms", state, agent, now)
    save_auto_close(times={"sms": {state: None}}, by=administrator, now=now)

    assert close_inactive.sweep(now=now + A_YEAR, limit=10) == 0


@pytest.mark.parametrize(
    ("channel", "state", "is_told"),
    [
        ("live_chat", "open", True),
        ("live_chat", "active", True),
        ("persistent_chat", "open", True),
        ("live_chat", "wrap_up", False),
        ("sms", "open", False),
    ],
)
def test_who_waits_or_talks_in_a_chat_is_told_that_it_is_closed(
    queue: Queue, agent: Agent, now: datetime, channel: str, state: str, is_told: bool
) -> None:
    save_auto_close(times={channel: {state: 20}}, by=None, now=now)
    item = lying(queue, channel, state, agent, now)

    close_inactive.sweep(now=now + 20 * MINUTE, limit=10)

    assert item.messages.filter(text__startswith="This conversation is closed").exists() is is_told


def test_a_message_starts_the_time_anew(workstream, agent: Agent, now: datetime) -> None:
    item = arrive(workstream, now)
    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Still here", now=now + 10 * MINUTE)

    assert close_inactive.sweep(now=now + 29 * MINUTE, limit=10) == 0
    assert close_inactive.sweep(now=now + 30 * MINUTE, limit=10) == 1


def test_a_transfer_starts_the_time_anew(
    workstream, agent: Agent, second_agent: Agent, supervisor: User, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    save_auto_close(times={"live_chat": {"active": 20}}, by=None, now=now)
    service.transfer(item_id=item.pk, agent=second_agent, by=supervisor, now=now + 10 * MINUTE)

    assert close_inactive.sweep(now=now + 29 * MINUTE, limit=10) == 0
    assert close_inactive.sweep(now=now + 30 * MINUTE, limit=10) == 1


def test_watching_starts_the_time_anew(
    workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    save_auto_close(times={"live_chat": {"active": 20}}, by=None, now=now)
    service.monitor(item_id=item.pk, by=supervisor, now=now + 10 * MINUTE)

    assert close_inactive.sweep(now=now + 29 * MINUTE, limit=10) == 0
    assert close_inactive.sweep(now=now + 30 * MINUTE, limit=10) == 1


def test_a_call_goes_to_wrap_up_and_its_wrap_up_ends_by_itself(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    item = in_conversation(make_workstream(queue=queue, type="voice", channel="voice"), agent, now)

    close_inactive.sweep(now=now + 120 * MINUTE, limit=10)
    item.refresh_from_db()
    afterwards = item.state
    close_inactive.sweep(now=now + 120 * MINUTE + timedelta(days=1), limit=10)
    item.refresh_from_db()

    assert (afterwards, item.state) == (ItemState.WRAP_UP, ItemState.CLOSED)


def test_a_longer_wrap_up_time_of_a_workstream_wins_on_every_channel(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    workstream = make_workstream(
        queue=queue, channel="sms", wrap_up_block="custom", wrap_up_seconds=3600
    )
    in_wrap_up(workstream, agent, now)
    save_auto_close(times={"sms": {"wrap_up": 15}}, by=None, now=now)

    assert close_inactive.sweep(now=now + 59 * MINUTE, limit=10) == 0
    assert close_inactive.sweep(now=now + 60 * MINUTE, limit=10) == 1


def test_a_conversation_with_a_bot_has_the_time_of_bots(queue: Queue, now: datetime) -> None:
    item = arrive(make_workstream(queue=queue, channel="sms", bot=make_bot()), now)
    save_auto_close(times={"sms": {"active": 1}}, by=None, now=now)

    item.refresh_from_db()
    assert item.is_with_bot
    assert close_inactive.sweep(now=now + 2 * MINUTE, limit=10) == 0


def test_records_are_closed_by_no_time(queue: Queue, agent: Agent, now: datetime) -> None:
    arrive(make_workstream(type="record"), now)

    assert close_inactive.sweep(now=now + A_YEAR, limit=10) == 0


def test_times_travel_in_the_document(administrator: User, now: datetime) -> None:
    save_auto_close(times={"line": {"active": None, "open": 5}}, by=administrator, now=now)
    document = configuration.document()
    AutoCloseTime.objects.all().delete()

    configuration.import_document(document, by=administrator, now=now)

    line = {"open": 5, "active": None, "wrap_up": 1440}
    assert document["service"]["auto_close"]["line"] == line
    assert configuration.document() == document
    assert configuration.current().compiled.service.auto_close["line"] == line


@pytest.mark.parametrize(
    "broken",
    [
        {"channel": "record", "state": "open"},
        {"channel": "sms", "state": "waiting"},
        {"channel": "sms", "state": "open", "minutes": 0},
        {"channel": "sms", "state": "open", "minutes": 525_601},
    ],
)
def test_the_database_knows_what_a_time_is(broken: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        AutoCloseTime.objects.create(**broken)


def test_the_database_keeps_one_time_a_cell() -> None:
    AutoCloseTime.objects.create(channel="sms", state="open", minutes=5)

    with pytest.raises(IntegrityError):
        AutoCloseTime.objects.create(channel="sms", state="open", minutes=6)
