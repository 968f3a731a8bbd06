"""What overflowed while it waited, asked again: after the same wait, then and today."""

from datetime import timedelta

import pytest

from routing import configuration
from routing.models import RoutingDecision
from routing.queries.replay import replay, replay_today
from routing.sweeps import overflow_waiting
from tests.factories import make_item, make_overflow, make_queue, make_workstream
from workstreams.models import OverflowRule, Queue, Workstream
from workstreams.terms import OverflowAction, OverflowCondition

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def overflowed(now):
    """One that went from Short to Spare after five minutes."""
    queue, spare = make_queue("Short"), make_queue("Spare")
    make_overflow(queue, OverflowCondition.WAITING_TIME, "", threshold=300, to=spare)
    item = make_item(make_workstream(queue=queue), at=now - 5 * MINUTE)
    configuration.publish(by=None, now=now)
    assert overflow_waiting.sweep(now=now, limit=10) == 1
    item.refresh_from_db()
    return item


@pytest.fixture
def decision(overflowed):
    return RoutingDecision.objects.get(work_item_id=overflowed.pk)


def answers(decision):
    return [(each.rules, each.is_same) for each in replay_today(decision).answers]


def test_it_comes_out_the_same_whatever_becomes_of_the_queues(decision, now):
    Queue.objects.filter(name="Short").update(name="Brief")
    OverflowRule.objects.all().delete()
    configuration.publish(by=None, now=now)

    made = replay(decision)

    assert made.is_same is True
    assert made.document["queue"] == "Spare"
    [stage] = made.document["stages"]
    assert stage["sentence"] == (
        "Waited 5 min in the queue, and the limit is 5 min: transferred to Spare."
    )


def test_by_the_rules_of_today_it_goes_the_same_way(decision):
    assert answers(decision) == [("then", True), ("published", True)]


def test_by_a_longer_limit_of_today_it_would_have_stayed(decision, now):
    OverflowRule.objects.update(threshold=301)
    configuration.publish(by=None, now=now)

    assert answers(decision) == [("then", True), ("published", False)]
    assert replay_today(decision).answers[1].sentence == (
        "It stays in Short: by these rules it may wait longer."
    )


def test_by_another_action_of_today_it_would_have_ended(decision, now):
    OverflowRule.objects.update(action=OverflowAction.END, to_queue=None)
    configuration.publish(by=None, now=now)

    assert answers(decision) == [("then", True), ("published", False)]
    [stage] = replay_today(decision).answers[1].document["stages"]
    assert stage["sentence"].endswith(": ended.")


def test_without_its_queue_todays_rules_have_no_answer(overflowed, decision, now):
    Workstream.objects.update(fallback_queue=overflowed.queue)
    Queue.objects.filter(name="Short").update(deleted_at=now)
    configuration.publish(by=None, now=now)

    assert answers(decision) == [("then", True), ("published", None)]


def test_on_the_page_it_says_what_todays_rules_would_do(client, supervisor, overflowed, decision):
    client.force_login(supervisor)
    item_page = client.get(f"/work-items/{overflowed.pk}/").content.decode()
    page = f"/work-items/{overflowed.pk}/decisions/{decision.pk}/"

    assert page in item_page
    assert "The overflow while waiting, then and today" in item_page
    assert client.get(page).content.decode().count("transferred to Spare") == 2


def test_the_api_answers_it_too(client, supervisor, overflowed, decision):
    client.force_login(supervisor)

    made = client.get(f"/api/v1/work-items/{overflowed.pk}/decisions/{decision.pk}/replay")

    assert made.json()["is_same"] is True
    assert [each["queue"] for each in made.json()["answers"]] == ["Spare", "Spare"]
