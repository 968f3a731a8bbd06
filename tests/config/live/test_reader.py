"""The feed skips nothing, whatever order transactions commit in."""

import random
import threading
import time

import psycopg
import pytest
from django.db import connection

from config.live import reader
from config.live.reader import FEED_SQL, HINTS_SQL, Cursor, UnknownCursor
from config.models import Event

INSERT = "INSERT INTO config_event (kind, work_item_id) VALUES ('noise', %s) RETURNING id"

# As long as the longest transaction of any test beside this one.
PATIENCE_SECONDS = 900
PAUSE_SECONDS = 0.05


def connect():
    settings = connection.settings_dict
    return psycopg.connect(
        dbname=settings["NAME"],
        user=settings.get("USER") or None,
        password=settings.get("PASSWORD") or None,
        host=settings.get("HOST") or None,
        port=settings.get("PORT") or None,
    )


def read_all(after=None, limit=100, wanted=0, until=None):
    """Everything there is; what ``wanted`` counts may take as long as other tests write.

    Transaction ids belong to the whole server, so the transactions of tests that run
    beside this one hold the feed back too.
    """
    found = []
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        events, after = reader.read(after, limit)
        found += [event.pk for event in events]
        is_all = len(found) >= wanted and until in (None, *found)
        if not events:
            if is_all or time.monotonic() > deadline:
                return found, after
            time.sleep(PAUSE_SECONDS)


@pytest.mark.django_db(transaction=True)
def test_events_come_in_order_and_the_cursor_goes_on():
    ids = [Event.objects.create(kind="noise").pk for _ in range(5)]

    found, end = read_all(limit=3, wanted=5)
    first, _ = reader.read(None, 3)

    assert found == ids
    assert [event.pk for event in first] == ids[:3]
    assert reader.read(end, 3) == ([], end)


@pytest.mark.django_db(transaction=True)
def test_an_event_of_a_running_transaction_holds_back_what_came_after_it():
    with connect() as slow:
        held = slow.execute(INSERT, [1]).fetchone()[0]
        later = Event.objects.create(kind="noise").pk

        before, cursor = read_all()
        slow.commit()
        after, _ = read_all(cursor, wanted=2)

    assert before == []
    assert after == [held, later]


@pytest.mark.django_db(transaction=True)
def test_from_the_latest_place_nothing_that_comes_is_skipped():
    with connect() as slow:
        held = slow.execute(INSERT, [1]).fetchone()[0]

        cursor = reader.latest()
        slow.commit()
    later = Event.objects.create(kind="noise").pk

    found, _ = read_all(cursor, until=later)

    assert found[-2:] == [held, later]


def test_a_cursor_survives_being_text():
    cursor = Cursor(xid=12, id=34)

    assert reader.parse(str(cursor)) == cursor


@pytest.mark.parametrize(
    "text", ["", "1", "1.", "-1.2", "a.b", "1.2.3", f"{2**63}.1", "\u0661.\u0662"]
)
def test_any_other_text_is_no_cursor(text):
    with pytest.raises(UnknownCursor):
        reader.parse(text)


def write_in_bits(number_of_transactions, written, seed):
    dice = random.Random(seed)
    with connect() as writer:
        for _ in range(number_of_transactions):
            rows = [writer.execute(INSERT, [seed]).fetchone()[0] for _ in range(dice.randint(1, 3))]
            time.sleep(dice.choice([0, 0, 0.001, 0.01]))
            rows += [writer.execute(INSERT, [seed]).fetchone()[0]]
            if dice.random() < 0.1:
                writer.rollback()
            else:
                writer.commit()
                written.extend(rows)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_event_is_skipped_or_told_twice_while_eight_write_at_once():
    written: list[int] = []
    writers = [threading.Thread(target=write_in_bits, args=(60, written, n)) for n in range(8)]
    for writer in writers:
        writer.start()

    found, cursor = [], None
    while any(writer.is_alive() for writer in writers):
        more, cursor = read_all(cursor, limit=7)
        found += more
    more, _ = read_all(cursor, limit=7, wanted=len(written) - len(found))
    found += more

    assert len(found) == len(set(found))
    assert sorted(found) == sorted(written)


@pytest.mark.django_db
@pytest.mark.parametrize("sql", [FEED_SQL, HINTS_SQL], ids=["feed", "hints"])
def test_a_reader_far_behind_reads_a_page_and_sorts_nothing(sql):
    with connection.cursor() as cursor:
        # So few rows would be sorted anyway, where that is a choice.
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} TO off")
        cursor.execute(f"EXPLAIN (COSTS OFF) {sql}", [*Cursor(xid=0, id=0).parameters, 100])
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "Index Scan using config_event_feed" in plan
    assert "Sort" not in plan
