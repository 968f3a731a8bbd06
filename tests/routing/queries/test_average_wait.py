"""The average wait of a queue: from twenty conversations on, forgotten after a quiet week."""

from datetime import timedelta

import pytest

from routing.models import Assignment, AverageWait, QueueDuty
from routing.queries.average_wait import average_wait, known_wait, moving_average
from routing.sweeps import average_waits
from routing.tasks import renew_average_waits
from routing.terms import How, Outcome
from tests.factories import make_item, make_queue, make_workstream
from tests.factories.bots import make_bot
from workstreams.models import BotConversation

MINUTE = timedelta(minutes=1)
WEEK = timedelta(days=7)


def waits(now, *minutes, apart=MINUTE):
    """Conversations that were taken one after the other, up to now."""
    first = now - (len(minutes) - 1) * apart
    taken = [first + number * apart for number in range(len(minutes))]
    return [(at - each * MINUTE, at) for at, each in zip(taken, minutes, strict=True)]


def test_fewer_than_twenty_say_nothing(now):
    assert moving_average(waits(now, *[5] * 19), now=now) is None
    assert moving_average(waits(now, *[5] * 20), now=now) == 5 * MINUTE


def test_each_conversation_weighs_a_tenth(now):
    average = moving_average(waits(now, *[5] * 20, 15), now=now)

    assert average == 6 * MINUTE


def test_a_quiet_week_is_forgotten(now):
    known = waits(now, *[5] * 30)

    assert moving_average(known, now=now + WEEK) == 5 * MINUTE
    assert moving_average(known, now=now + WEEK + MINUTE) is None


def test_after_a_quiet_week_it_begins_anew(now):
    before = waits(now - WEEK - timedelta(days=1), *[5] * 30)

    assert moving_average([*before, *waits(now, *[9] * 19)], now=now) is None
    assert moving_average([*before, *waits(now, *[9] * 20)], now=now) == 9 * MINUTE


def take(item, agent, at):
    Assignment.objects.create(
        item=item,
        agent=agent,
        queue=item.queue,
        how=How.PICK,
        outcome=Outcome.ACCEPTED,
        offered_at=at,
        decided_at=at,
        ended_at=at,
        capacity_released_at=at,
    )


@pytest.mark.django_db
def test_the_wait_begins_when_a_bot_hands_over(workstream, agent, now):
    bot = make_bot()
    for _ in range(20):
        item = make_item(workstream, at=now - 25 * MINUTE, state="active", agent=agent)
        BotConversation.objects.create(
            item=item,
            bot=bot,
            outcome="escalated",
            started_at=now - 25 * MINUTE,
            last_message_at=now - 2 * MINUTE,
            ended_at=now - 2 * MINUTE,
        )
        take(item, agent, now)

    assert average_wait(workstream.fallback_queue_id, now=now) == 2 * MINUTE


@pytest.mark.django_db
def test_the_wait_begins_when_it_came_to_the_queue(workstream, agent, now):
    came = now - timedelta(seconds=5)
    for _ in range(20):
        waited = make_item(
            workstream, at=now - 5 * MINUTE, queued_at=came, state="active", agent=agent
        )
        take(waited, agent, now)

    assert average_wait(workstream.fallback_queue_id, now=now) == timedelta(seconds=5)


@pytest.mark.django_db
def test_a_later_return_to_a_queue_is_not_the_first_wait(workstream, agent, now):
    for _ in range(20):
        returned = make_item(
            workstream, at=now - 3 * MINUTE, queued_at=now + MINUTE, state="active", agent=agent
        )
        take(returned, agent, now)

    assert average_wait(workstream.fallback_queue_id, now=now) == 3 * MINUTE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "is_counted"),
    [
        ({"type": "voice"}, True),
        ({"channel": "whatsapp"}, False),
        ({"channel": "live_chat", "persistent_chat": True}, False),
    ],
    ids=["a call", "a message", "a persistent chat"],
)
def test_what_may_wait_overnight_is_left_out(agent, now, more, is_counted):
    workstream = make_workstream("Another", **more)
    for _ in range(20):
        take(make_item(workstream, at=now - MINUTE, state="active", agent=agent), agent, now)

    average = average_wait(workstream.fallback_queue_id, now=now)

    assert average == (MINUTE if is_counted else None)


@pytest.mark.django_db
def test_only_the_first_taking_counts_and_takes_one_query(
    workstream, agent, now, django_assert_num_queries
):
    for _ in range(20):
        item = make_item(workstream, at=now - 3 * MINUTE, state="active", agent=agent)
        for taken_at in (now, now + 60 * MINUTE):
            take(item, agent, taken_at)

    with django_assert_num_queries(1):
        average = average_wait(workstream.fallback_queue_id, now=now)

    assert average == 3 * MINUTE


@pytest.mark.django_db
def test_it_is_worked_out_every_ten_minutes_and_kept(workstream, agent, now):
    for number in range(20):
        at = now - timedelta(minutes=number)
        take(make_item(workstream, at=at - 5 * MINUTE, state="closed", closed_at=at), agent, at)
    queue = workstream.fallback_queue
    assert known_wait(queue.pk, now=now) is None

    assert average_waits.sweep(now=now + 2 * MINUTE, limit=10) == 1
    assert known_wait(queue.pk, now=now) == 5 * MINUTE
    assert known_wait(queue.pk, now=now + WEEK + MINUTE) is None

    assert average_waits.sweep(now=now + WEEK, limit=10) == 0
    assert average_waits.sweep(now=now + WEEK + MINUTE, limit=10) == 1
    assert not AverageWait.objects.exists()


@pytest.mark.django_db
def test_what_was_taken_before_but_written_late_is_not_left_out(workstream, agent, now):
    take(make_item(workstream, at=now, state="active", agent=agent), agent, now)
    assert average_waits.sweep(now=now + MINUTE, limit=10) == 1

    take(make_item(workstream, at=now, state="active", agent=agent), agent, now + MINUTE / 2)

    assert average_waits.sweep(now=now + 11 * MINUTE, limit=10) == 1


@pytest.mark.django_db
def test_queues_nobody_took_from_cost_one_query_together(
    workstream, now, django_assert_num_queries
):
    for number in range(5):
        make_queue(f"quiet {number}")

    with django_assert_num_queries(1):
        assert average_waits.sweep(now=now, limit=10) == 0


@pytest.mark.django_db
def test_it_looks_no_further_back_however_often_conversations_return(
    workstream, agent, now, monkeypatch
):
    monkeypatch.setattr("routing.queries.average_wait.SEARCHED", 30)
    items = [
        make_item(workstream, at=now - 3 * MINUTE, state="active", agent=agent) for _ in range(20)
    ]
    for returns in range(3):
        for item in items:
            take(item, agent, now + returns * MINUTE)

    assert average_wait(workstream.fallback_queue_id, now=now) is None


@pytest.mark.django_db
def test_the_job_ends_however_many_queues_are_due(agent, now, monkeypatch):
    queues = [make_queue(f"busy {number}") for number in range(3)]
    for queue in queues:
        take(
            make_item(make_workstream(queue=queue), at=now, state="active", agent=agent), agent, now
        )
    moments = [now + number * timedelta(milliseconds=1) for number in range(len(queues))]
    monkeypatch.setattr("routing.tasks.database_now", iter(moments).__next__)
    monkeypatch.setattr("routing.tasks.AVERAGED_QUEUES", 1)

    renew_average_waits(timestamp=0)

    assert QueueDuty.objects.filter(queue__in=queues).count() == len(queues)
