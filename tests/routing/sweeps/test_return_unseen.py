"""What was given to somebody who was not there comes back after eight minutes (A 12)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from agents.actions.edit_agent import edit_agent
from agents.actions.note_window import close_window, note_window
from agents.actions.set_presence import set_presence
from agents.models import Agent, AgentPresence, Presence, User
from routing import configuration, service
from routing.sweeps import miss_offers, return_unseen, take_offline
from tests.factories import make_notification_template
from tests.scenarios import arrive, offered, units_used
from workstreams.actions.send_message import send_message
from workstreams.models import WorkItem, Workstream
from workstreams.terms import Author, ItemState

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
COUNTDOWN = timedelta(seconds=60)
EIGHT = timedelta(minutes=8)


@pytest.fixture
def given(workstream: Workstream, agent: Agent, supervisor: User, now: datetime) -> WorkItem:
    """A supervisor's, assigned by the end of the countdown to an agent who is offline."""
    workstream.supervisor_assign_template = make_notification_template(
        agents_may_decline=False, auto_assign=True, countdown_seconds=60
    )
    workstream.save()
    be(agent, "offline", now)
    item = arrive(workstream, now)
    service.assign(item_id=item.pk, agent=agent, by=supervisor, override=True, now=now)
    assert miss_offers.sweep(now=now + COUNTDOWN, limit=10) == 1
    return item


def be(agent: Agent, name: str, now: datetime) -> None:
    set_presence(agent=agent, presence=Presence.objects.get(name=name), by=agent.user, now=now)


def sweep(at: datetime) -> int:
    return return_unseen.sweep(now=at, limit=10)


def test_it_waits_again_eight_minutes_after_the_countdown(
    given: WorkItem, agent: Agent, now: datetime
) -> None:
    early = sweep(now + COUNTDOWN + EIGHT - timedelta(seconds=1))
    late, again = sweep(now + COUNTDOWN + EIGHT), sweep(now + COUNTDOWN + EIGHT)

    given.refresh_from_db()
    assert (early, late, again) == (0, 1, 0)
    assert (given.state, given.waiting_since, units_used(agent)) == (ItemState.OPEN, now, 0)


def test_who_comes_in_time_has_it(given: WorkItem, agent: Agent, now: datetime) -> None:
    be(agent, "available", now + COUNTDOWN + timedelta(minutes=1))

    assert sweep(now + COUNTDOWN + EIGHT) == 0


def test_who_was_there_and_left_has_seen_it(given: WorkItem, agent: Agent, now: datetime) -> None:
    AgentPresence.objects.filter(agent=agent).update(since=now + COUNTDOWN + timedelta(seconds=1))

    assert sweep(now + COUNTDOWN + EIGHT) == 0


@pytest.mark.parametrize(
    ("told", "kept"),
    [({"kind": "record"}, True), ({"channel": "voice"}, True), ({}, False)],
)
def test_who_chose_to_be_offline_keeps_what_nobody_answers_while_his_page_is_there(
    given: WorkItem, agent: Agent, now: datetime, told: dict[str, str], kept: bool
) -> None:
    WorkItem.objects.update(**told)
    note_window(agent=agent, key=uuid4(), now=now + COUNTDOWN + EIGHT - SECOND)

    is_there, is_silent = (sweep(now + COUNTDOWN + after * EIGHT) for after in (1, 2))

    assert (is_there, is_silent) == ((0, 1) if kept else (1, 0))


def test_a_page_keeps_nothing_for_who_is_disabled(
    given: WorkItem, agent: Agent, now: datetime
) -> None:
    WorkItem.objects.update(kind="record")
    note_window(agent=agent, key=uuid4(), now=now + COUNTDOWN + EIGHT - SECOND)
    Agent.objects.update(is_enabled=False)

    assert sweep(now + COUNTDOWN + EIGHT) == 1


def test_he_keeps_what_he_answers_by_a_program(
    given: WorkItem, agent: Agent, now: datetime
) -> None:
    at = now + 2 * COUNTDOWN
    send_message(item_id=given.pk, author=Author.AGENT, agent=agent, text="Hello", now=at)

    assert sweep(now + COUNTDOWN + EIGHT) == 0


def test_what_an_agent_took_himself_he_has_seen(
    given: WorkItem, agent: Agent, now: datetime
) -> None:
    given.assignments.update(decided_at=now + timedelta(seconds=5))

    assert sweep(now + COUNTDOWN + EIGHT) == 0


def test_who_is_disabled_meanwhile_was_not_there_all_the_same(
    given: WorkItem, agent: Agent, supervisor: User, now: datetime
) -> None:
    AgentPresence.objects.filter(agent=agent).update(is_manual=False)
    edit_agent(agent=agent, by=supervisor, now=now + 2 * COUNTDOWN, is_enabled=False)

    assert sweep(now + COUNTDOWN + EIGHT) == 1


def test_where_people_offline_may_have_it_it_stays_unless_he_is_disabled(
    workstream: Workstream, given: WorkItem, agent: Agent, now: datetime
) -> None:
    workstream.allowed_presences = ["available", "offline"]
    workstream.save()
    configuration.publish(by=None, now=now)

    stays = sweep(now + COUNTDOWN + EIGHT)
    Agent.objects.filter(pk=agent.pk).update(is_enabled=False)

    assert (stays, sweep(now + COUNTDOWN + EIGHT)) == (0, 1)


@pytest.mark.parametrize(
    ("heard", "closed", "returned"),
    [(0, None, 1), (COUNTDOWN.seconds + 5, None, 0), (0, COUNTDOWN.seconds + 5, 0)],
    ids=["his browser had died", "he was heard of since", "he closed it since"],
)
def test_it_comes_back_from_who_was_gone_before_that_was_noticed(
    asked: WorkItem, agent: Agent, now: datetime, heard: int, closed: int | None, returned: int
) -> None:
    key = uuid4()
    note_window(agent=agent, key=key, now=now + heard * SECOND)
    if closed:
        close_window(agent=agent, key=key, now=now + closed * SECOND)
    miss_offers.sweep(now=now + COUNTDOWN, limit=10)

    assert take_offline.sweep(now=now + 3 * COUNTDOWN, limit=10) == 1
    assert sweep(now + COUNTDOWN + EIGHT) == returned


@pytest.fixture
def asked(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """The router's own offer, to an agent who is there and whose countdown assigns it."""
    workstream.notification_template = make_notification_template(
        agents_may_decline=False, auto_assign=True, countdown_seconds=60
    )
    workstream.save()
    return offered(workstream, now)


def test_what_he_answered_he_has_seen(asked: WorkItem, agent: Agent, now: datetime) -> None:
    note_window(agent=agent, key=uuid4(), now=now + 59 * SECOND)
    miss_offers.sweep(now=now + COUNTDOWN, limit=10)
    at = now + 2 * COUNTDOWN
    send_message(item_id=asked.pk, author=Author.AGENT, agent=agent, text="Hello", now=at)

    assert take_offline.sweep(now=now + 3 * COUNTDOWN, limit=10) == 1
    assert sweep(now + COUNTDOWN + EIGHT) == 0


@pytest.fixture
def set_while_gone(agent: Agent, supervisor: User, now: datetime) -> None:
    """He had never been there when a supervisor made him available."""
    offline, available = (Presence.objects.get(name=name) for name in ("offline", "available"))
    rows = AgentPresence.objects.filter(agent=agent)
    rows.update(presence=offline, base="offline", is_manual=False)
    set_presence(agent=agent, presence=available, by=supervisor, now=now - SECOND)


@pytest.mark.usefixtures("set_while_gone")
def test_it_comes_back_from_who_was_given_a_presence_while_he_was_gone(
    asked: WorkItem, now: datetime
) -> None:
    miss_offers.sweep(now=now + COUNTDOWN, limit=10)

    early, late = (sweep(now + COUNTDOWN + after) for after in (EIGHT - SECOND, EIGHT))

    asked.refresh_from_db()
    assert (early, late, asked.state) == (0, 1, ItemState.OPEN)


@pytest.mark.usefixtures("set_while_gone")
def test_unless_he_answers_by_a_program(asked: WorkItem, agent: Agent, now: datetime) -> None:
    miss_offers.sweep(now=now + COUNTDOWN, limit=10)
    at = now + 2 * COUNTDOWN
    send_message(item_id=asked.pk, author=Author.AGENT, agent=agent, text="Hello", now=at)

    assert sweep(now + COUNTDOWN + EIGHT) == 0


@pytest.mark.usefixtures("set_while_gone")
@pytest.mark.parametrize("told", [{"kind": "record"}, {"channel": "voice"}])
def test_nor_do_records_and_calls_which_have_no_answers(
    asked: WorkItem, now: datetime, told: dict[str, str]
) -> None:
    miss_offers.sweep(now=now + COUNTDOWN, limit=10)
    WorkItem.objects.filter(pk=asked.pk).update(**told)

    assert sweep(now + COUNTDOWN + EIGHT) == 0
