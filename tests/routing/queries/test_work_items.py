"""Lists of work items: order, filters, pages."""

from datetime import timedelta

import pytest

from routing.queries.work_item_filters import ItemFilters
from routing.queries.work_items import ITEMS_SHOWN, all_items, unfinished
from tests.factories import make_item, make_user, make_workstream
from tests.history import FEW, copy_many, look_again, rows_read
from workstreams.terms import ItemState, Reason

pytestmark = pytest.mark.django_db


def hold(workstream, agent, state=ItemState.ACTIVE, reason=Reason.IN_CONVERSATION, **fields):
    return make_item(workstream, agent=agent, state=state, reason=reason, **fields)


def test_unfinished_items_leave_closed_ones_out(workstream, agent, now):
    make_item(workstream, at=now, title="young")
    make_item(workstream, at=now - timedelta(hours=1), title="old")
    hold(workstream, agent, ItemState.CLOSED, Reason.ENDED_BY_AGENT, closed_at=now)

    assert [row.title for row in unfinished(ItemFilters()).rows] == ["old", "young"]


def test_open_items_come_by_their_wait(workstream, now):
    make_item(workstream, title="came later", waiting_since=now)
    earlier = {"waiting_since": now - timedelta(hours=1), "last_activity_at": now}
    make_item(workstream, title="came first", **earlier)

    rows = unfinished(ItemFilters(state="open")).rows

    assert [row.title for row in rows] == ["came first", "came later"]


def test_open_items_tell_since_when_nobody_attends_to_them(workstream, now):
    put_back = now - timedelta(minutes=1)
    make_item(workstream, at=now - timedelta(hours=1), put_back_at=put_back)

    (row,) = unfinished(ItemFilters(state="open")).rows

    assert row.since == put_back


@pytest.mark.parametrize("state", ["", "open"])
def test_pages_follow_each_other_without_gap_or_repetition(workstream, now, state):
    for number in range(ITEMS_SHOWN + 3):
        make_item(workstream, at=now - timedelta(minutes=number // 2))

    first = unfinished(ItemFilters(state=state))
    second = unfinished(ItemFilters(state=state, after=first.next))

    shown = [row.id for row in (*first.rows, *second.rows)]
    assert len(shown) == len(set(shown)) == ITEMS_SHOWN + 3
    assert (first.is_first, second.is_first, second.next) == (True, False, "")


@pytest.mark.parametrize("offset", ["+20:00", "-23:59", "+01:00:00.5"])
def test_a_page_begins_at_a_moment_that_any_offset_tells(workstream, now, offset):
    make_item(workstream, at=now - timedelta(days=3))
    item = make_item(workstream, at=now)
    day_before = (now - timedelta(days=2)).replace(tzinfo=None).isoformat()

    page = unfinished(ItemFilters(after=f"{day_before}{offset}_1"))

    assert [row.id for row in page.rows] == [item.pk]


@pytest.mark.parametrize(
    "after",
    [
        "nonsense",
        "2026-03-02_4",
        "2026-13-41T00:00:00+00:00_1",
        "0001-01-01T00:00:00+20:00_1",
        "9999-12-31T23:00:00-20:00_1",
        "_",
    ],
)
def test_a_page_that_makes_no_sense_is_the_first(workstream, after):
    make_item(workstream)

    assert len(unfinished(ItemFilters(after=after)).rows) == 1


def test_all_items_are_newest_first_and_paged(workstream):
    ids = [make_item(workstream).pk for _ in range(ITEMS_SHOWN + 2)]

    first = all_items(ItemFilters())
    second = all_items(ItemFilters(after=first.next))

    assert [row.id for row in (*first.rows, *second.rows)] == ids[::-1]


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"search": "lost"}, ["Lost card"]),
        ({"search": "card"}, []),
        ({"state": "active"}, ["Lost card"]),
        ({"agent": "alice"}, ["Lost card"]),
        ({"channel": "live_chat"}, ["Address", "Lost card"]),
        ({"channel": "sms"}, []),
    ],
)
def test_items_are_filtered(workstream, agent, asked, titles):
    hold(workstream, agent, title="Lost card")
    make_item(workstream, title="Address")

    assert [row.title for row in all_items(ItemFilters(**asked)).rows] == titles


def test_an_item_is_found_by_its_number(workstream):
    item = make_item(workstream)
    make_item(workstream)

    assert [row.id for row in all_items(ItemFilters(search=f"#{item.pk}")).rows] == [item.pk]


def test_filters_leave_out_what_makes_no_sense(supervisor):
    asked = {"state": "lost", "queue": "x", "workstream": "9" * 30, "channel": "fax", "q": " a "}

    assert ItemFilters.of(asked, by=supervisor) == ItemFilters(search="a")


def test_items_of_the_queues_that_one_serves(workstream, agent, agent_of_another_queue):
    item = make_item(workstream)
    make_item(make_workstream(queue=agent_of_another_queue.queues.get()))
    mine = ItemFilters.of({"queue": "mine"}, by=agent.user)

    assert [row.id for row in unfinished(mine).rows] == [item.pk]
    assert [row.id for row in all_items(mine).rows] == [item.pk]
    assert mine.is_set
    nobody = ItemFilters.of({"queue": "mine"}, by=make_user(role="supervisor"))
    assert all_items(nobody).rows == ()


def test_unfinished_items_are_found_by_the_start_of_the_customers_name(workstream):
    item = make_item(workstream, customer={"name": "Chloé Laurent"})
    make_item(workstream, customer={"name": "Ann"})
    titled = make_item(workstream, title="Chlorine")

    assert {row.id for row in unfinished(ItemFilters(search="chlo")).rows} == {item.pk, titled.pk}
    assert [row.id for row in all_items(ItemFilters(search="chlo")).rows] == [titled.pk]


@pytest.fixture
def few(workstream, agent, now):
    """Before much that was closed."""
    held = [hold(workstream, agent, state).pk for state in (ItemState.ACTIVE, ItemState.WRAP_UP)]
    waiting = make_item(workstream).pk
    closed = {"state": ItemState.CLOSED, "reason": Reason.ENDED_BY_AGENT, "closed_at": now}
    copy_many(make_item(workstream, **closed))
    look_again()
    return [*held, waiting]


@pytest.mark.parametrize("state", ["open", "active", "wrap_up"])
def test_what_is_not_closed_is_found_without_reading_what_is(few, state):
    before = rows_read()

    rows = all_items(ItemFilters(state=state)).rows

    assert [(row.id in few, row.state) for row in rows] == [(True, state)]
    assert rows_read() - before < FEW


@pytest.mark.parametrize(("state", "number"), [("", 2), ("active", 1), ("closed", 0)])
def test_a_reason_of_what_is_not_closed_is_found_as_fast(few, state, number):
    before = rows_read()

    rows = all_items(ItemFilters(reason=Reason.IN_CONVERSATION, state=state)).rows

    assert len(rows) == number
    assert rows_read() - before < FEW


@pytest.mark.parametrize(
    ("items", "state"), [(all_items, ""), (all_items, "closed"), (unfinished, "")]
)
def test_only_what_a_page_shows_is_read(few, items, state):
    before = rows_read()

    rows = items(ItemFilters(state=state)).rows

    assert len(rows) == (ITEMS_SHOWN if items is all_items else len(few))
    assert rows_read() - before < FEW


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("active", ""),
        ("active", "awaiting_agent_acceptance"),
        ("", "awaiting_agent_acceptance"),
        ("waiting", ""),
        ("wrap_up", ""),
    ],
)
def test_what_agents_hold_is_found_without_reading_all_that_waits(
    workstream, agent, now, state, reason
):
    held = {"at": now, "reason": reason or Reason.IN_CONVERSATION}
    item = hold(workstream, agent, state or ItemState.ACTIVE, **held)
    copy_many(make_item(workstream, at=now - timedelta(hours=1)))
    look_again()
    before = rows_read()

    rows = unfinished(ItemFilters(state=state, reason=reason)).rows

    assert [row.id for row in rows] == [item.pk]
    assert rows_read() - before < FEW


def test_a_customers_name_is_found_without_reading_all_that_waits(workstream, now):
    item = make_item(workstream, at=now, customer={"name": "Chloé Dubois"})
    copy_many(make_item(workstream, at=now - timedelta(hours=1), customer={"name": "Somebody"}))
    look_again()
    before = rows_read()

    rows = unfinished(ItemFilters(search="chloé")).rows

    assert [row.id for row in rows] == [item.pk]
    assert rows_read() - before < FEW


@pytest.mark.parametrize("name", ["x" * 5_000, {"first": "".join(map(chr, range(0x4E00, 0x7000)))}])
def test_a_customers_name_may_be_of_any_length(workstream, name):
    item = make_item(workstream, customer={"name": name})

    shown = unfinished(ItemFilters(search=str(name)[:300] if isinstance(name, str) else "{")).rows

    assert [row.id for row in shown] == [item.pk]
