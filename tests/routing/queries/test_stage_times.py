"""How long a work item was in each stage, and how often somebody was tried (A 23)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config.clock import database_now
from routing import service
from routing.queries.explanation import explanation
from routing.queries.stage_times import attempts, stage_times
from tests.factories import make_item, make_queue, make_record, make_workstream
from tests.scenarios import arrive

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def told(item, now):
    item.refresh_from_db()
    return [(each["stage"], each["seconds"], each["is_now"]) for each in stage_times(item, now=now)]


@pytest.fixture
def declined(workstream, agent, second_agent, now):
    """Waited 60 s, was offered for 10, waited on for 20, and is offered to the other one."""
    item = arrive(workstream, now)
    service.run_cycle(now=now + 60 * SECOND)
    first = item.assignments.get().agent
    service.decline(item_id=item.pk, by=first, now=now + 70 * SECOND)
    service.run_cycle(now=now + 90 * SECOND)
    return item


def test_stages_that_come_again_are_counted_together(declined, now):
    assert told(declined, now + 95 * SECOND) == [
        ("Waiting in a queue", 80, False),
        ("Offered", 15, True),
    ]


def test_after_its_end_time_stands_still(declined, now):
    second = declined.assignments.get(outcome="pending").agent
    service.accept(item_id=declined.pk, by=second, now=now + 100 * SECOND)
    service.end(item_id=declined.pk, by=second, now=now + 160 * SECOND)
    service.close(item_id=declined.pk, by=second, now=now + 190 * SECOND)

    assert told(declined, now + timedelta(days=1)) == [
        ("Waiting in a queue", 80, False),
        ("Offered", 20, False),
        ("With an agent", 60, False),
        ("In wrap-up", 30, False),
    ]


def test_attempts_are_counted(declined, now):
    assert attempts(declined) == {"total": 2, "last_at": now + 90 * SECOND}


def test_nobody_was_tried_yet(now):
    item = arrive(make_workstream("Nobody"), now)

    assert attempts(item) == {"total": 0, "last_at": None}


def test_the_page_says_so(client, supervisor, declined):
    client.force_login(supervisor)

    page = client.get(reverse("routing:work-item-explanation", args=[declined.pk]))

    text = " ".join(page.content.decode().split())
    assert "Waiting in a queue: 1:20" in text
    assert "<dt>Attempts</dt> <dd> 2, last" in text


def test_the_page_of_a_records_item_leads_to_the_record(client, supervisor, record_routing, now):
    desk = make_queue("Case desk", type="record")
    record = make_record()
    item = make_item(make_workstream("Cases", type="record", queue=desk), at=now, record=record)
    client.force_login(supervisor)

    page = client.get(reverse("routing:work-item-explanation", args=[item.pk])).content.decode()

    assert reverse("workstreams:record-detail", args=[record.pk]) in page


def test_a_wrong_clock_of_the_process_changes_nothing(workstream, monkeypatch):
    item = arrive(workstream, database_now())
    ahead = timezone.now() + timedelta(minutes=10)
    monkeypatch.setattr(timezone, "now", lambda: ahead)

    [stage] = explanation(item.pk)["stage_times"]

    assert stage["seconds"] < 300
