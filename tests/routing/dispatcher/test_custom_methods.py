"""Cycles over queues with a custom method: what is read of items, and whom they go to."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agents.models import Agent
from routing import configuration
from routing.dispatcher.cycle import run_cycle
from routing.models import Assignment, RoutingDecision
from routing.queries.explanation import explanation
from routing.queries.fields_of_waiting import _remembered
from routing.queries.waiting import waiting_because
from tests.factories import (
    make_agent,
    make_chat_widget,
    make_item,
    make_method,
    make_queue,
    make_skill,
    make_workstream,
)
from tests.routing.engine.methods import row
from workstreams.models import Queue, WorkItem, Workstream

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
GOLD = {"name": "Gold", "when": row("context.tier", "equals", "gold"), "order_by": None}


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """As in a process that has read nothing yet."""
    _remembered.clear()


def given_to() -> list[tuple[int, str]]:
    rows = Assignment.objects.order_by("pk")
    return list(rows.values_list("item", "agent__user__username"))


def a_queue(method: Any, **fields: Any) -> Queue:
    return make_queue(custom_method=method, **fields)


def waiting(queue: Queue, *contexts: dict[str, Any], now: datetime) -> list[WorkItem]:
    """The first one has waited longest."""
    workstream = Workstream.objects.filter(fallback_queue=queue).first()
    workstream = workstream or make_workstream(queue=queue)
    count = len(contexts)
    return [
        make_item(workstream, at=now - SECOND * (count - index), context=context)
        for index, context in enumerate(contexts)
    ]


def test_a_bucket_goes_first_however_many_older_items_wait(now: datetime) -> None:
    queue = a_queue(make_method(prioritization=[GOLD]))
    items = waiting(queue, *[{}] * 30, {"tier": "gold"}, now=now)
    make_agent("ada", units=2, queues=[queue])
    configuration.publish(by=None, now=now)

    run_cycle(now=now, limit=2)

    assert [item for item, _ in given_to()] == [items[-1].pk, items[0].pk]


def test_a_changed_attribute_counts_in_the_next_cycle(now: datetime) -> None:
    queue = a_queue(make_method(prioritization=[GOLD]))
    items = waiting(queue, {}, {}, {}, now=now)
    ada = make_agent("ada", units=0, queues=[queue])
    configuration.publish(by=None, now=now)
    run_cycle(now=now)
    WorkItem.objects.filter(pk=items[2].pk).update(context={"tier": "gold"})
    Agent.objects.filter(pk=ada.pk).update(capacity_units=1)

    run_cycle(now=now)

    assert given_to() == [(items[2].pk, "ada")]


def test_an_item_that_grows_old_changes_its_bucket_though_nothing_of_it_changed(
    now: datetime,
) -> None:
    old = {"name": "Old", "when": row("context.promised", "older_than", {"minutes": 5})}
    queue = a_queue(make_method(prioritization=[old]))
    items = waiting(queue, {}, {}, {"promised": (now - SECOND).isoformat()}, now=now)
    ada = make_agent("ada", units=1, queues=[queue])
    configuration.publish(by=None, now=now)
    run_cycle(now=now)
    Agent.objects.filter(pk=ada.pk).update(capacity_units=2)

    run_cycle(now=now + SECOND * 300)

    assert [item for item, _ in given_to()] == [items[0].pk, items[2].pk]


def test_of_the_queue_that_is_worked_through_first_a_whole_batch_is_read(now: datetime) -> None:
    """As many as there are queues must not cut a batch short."""
    method = make_method(prioritization=[GOLD])
    queues = [a_queue(method, name=f"Queue {number}") for number in range(4)]
    contexts = [{"tier": "gold"} if number % 2 else {} for number in range(30)]
    lists = [waiting(queue, *contexts, now=now) for queue in reversed(queues)]
    make_agent("ada", units=200, is_manual=True, queues=queues)
    configuration.publish(by=None, now=now)

    result = run_cycle(now=now, limit=40)

    assert (result.proposed, result.assigned, result.has_more) == (40, 40, True)
    first, second = lists[-1], lists[-2]
    in_turn = [*first[1::2], *first[0::2], *second[1::2]]
    assert [item for item, _ in given_to()] == [item.pk for item in in_turn[:40]]


def test_a_sort_that_was_read_whole_cuts_no_batch_short(now: datetime) -> None:
    queues = [a_queue(make_method(prioritization=[GOLD]), name=f"Queue {n}") for n in range(2)]
    for queue in queues:
        waiting(queue, *[{}] * 10, now=now)
    make_agent("ada", units=20, is_manual=True, queues=queues)
    configuration.publish(by=None, now=now)

    result = run_cycle(now=now, limit=10)

    assert (result.proposed, result.assigned) == (10, 10)
    assert run_cycle(now=now, limit=100).assigned == 10


def test_what_did_not_change_is_not_read_again(now: datetime) -> None:
    queue = a_queue(make_method(prioritization=[GOLD]))
    waiting(queue, *[{}] * 5, now=now)
    make_agent("ada", units=9, queues=[queue])
    configuration.publish(by=None, now=now)
    run_cycle(now=now, limit=1)

    with CaptureQueriesContext(connection) as queries:
        run_cycle(now=now, limit=1)

    assert not [each for each in queries.captured_queries if '"context"' in each["sql"]]


def test_a_skill_that_was_renamed_is_asked_for_by_its_new_name(now: datetime) -> None:
    skill = make_skill("German")
    german = {"name": "German", "when": row("skills", "contains", "Deutsch"), "order_by": None}
    queue = a_queue(make_method(prioritization=[german]))
    oldest, _, newest = waiting(queue, {}, {}, {}, now=now)
    WorkItem.objects.filter(pk=newest.pk).update(required_skills=[[skill.pk, None]])
    make_agent(units=2, queues=[queue], skills={"German": 5})
    configuration.publish(by=None, now=now)
    run_cycle(now=now, limit=1)
    skill.name = "Deutsch"
    skill.save()
    configuration.publish(by=None, now=now)

    run_cycle(now=now, limit=1)

    assert [item for item, _ in given_to()] == [oldest.pk, newest.pk]


def test_a_way_in_that_was_renamed_is_read_by_its_new_name(now: datetime) -> None:
    """As one that agents of its own serve, who are told by its name."""
    rule = {"name": "Its own", "when": row("agent.nickname", "equals", item="engagement.instance")}
    queue = a_queue(make_method(rulesets=[{"name": "All", "rules": [rule]}]))
    [item] = waiting(queue, {}, now=now)
    shop = make_chat_widget(item.workstream, name="Shop")
    WorkItem.objects.filter(pk=item.pk).update(channel_instance=shop)
    Agent.objects.filter(pk=make_agent("ada", queues=[queue]).pk).update(nickname="Store")
    configuration.publish(by=None, now=now)
    before = run_cycle(now=now).assigned
    type(shop).objects.filter(pk=shop.pk).update(name="Store")

    run_cycle(now=now)

    assert before == 0
    assert given_to() == [(item.pk, "ada")]


def test_an_item_goes_to_whom_its_context_names(now: datetime) -> None:
    rule = {"name": "Own", "when": row("agent.username", "equals", item="context.owner")}
    queue = a_queue(make_method(rulesets=[{"name": "All", "rules": [rule]}]))
    items = waiting(queue, {"owner": "nobody"}, {"owner": "bea"}, {"owner": "ada"}, now=now)
    for name in ("ada", "bea"):
        make_agent(name, units=3, queues=[queue])
    configuration.publish(by=None, now=now)

    run_cycle(now=now)

    assert given_to() == [(items[1].pk, "bea"), (items[2].pk, "ada")]


def test_many_items_nobody_may_take_hide_no_other(now: datetime) -> None:
    rule = {"name": "Own", "when": row("agent.username", "equals", item="context.owner")}
    queue = a_queue(make_method(rulesets=[{"name": "All", "rules": [rule]}]))
    items = waiting(queue, *[{"owner": "nobody"}] * 40, {"owner": "ada"}, now=now)
    make_agent("ada", units=1, queues=[queue])
    configuration.publish(by=None, now=now)

    run_cycle(now=now, limit=5)

    assert given_to() == [(items[-1].pk, "ada")]


def test_rules_may_want_presences_that_no_workstream_allows(now: datetime) -> None:
    rule = {"name": "Away", "when": row("agent.presence", "equals", "away")}
    queue = a_queue(make_method(rulesets=[{"name": "All", "rules": [rule]}]))
    [item] = waiting(queue, {}, now=now)
    make_agent("ada", units=1, queues=[queue], presence="away")
    make_agent("bea", units=1, queues=[queue])
    configuration.publish(by=None, now=now)

    run_cycle(now=now)

    assert given_to() == [(item.pk, "ada")]


def test_the_explanation_names_criterion_ruleset_rule_and_what_others_failed(now: datetime) -> None:
    german = {"name": "German", "when": row("agent.locale", "equals", "de"), "order_by": []}
    anybody = {"name": "Any", "when": {}, "order_by": [{"by": "least_active"}]}
    queue = a_queue(
        make_method(
            "Ours",
            prioritization=[GOLD],
            rulesets=[
                {"name": "Usual", "rules": [anybody]},
                {"name": "VIP", "rules": [german, anybody]},
            ],
            selection=[{"name": "Golden", "when": GOLD["when"], "ruleset": "VIP"}],
        )
    )
    [item] = waiting(queue, {"tier": "gold"}, now=now)
    ada, bea = (make_agent(name, units=1, queues=[queue]) for name in ("ada", "bea"))
    Agent.objects.filter(pk=ada.pk).update(locale="de")
    Agent.objects.filter(pk=bea.pk).update(capacity_units=0)
    configuration.publish(by=None, now=now)

    run_cycle(now=now)

    stage = explanation(item.pk)["stages"][-1]
    said = {each["agent"]: each for each in explanation(item.pk)["agents_considered"]}
    assert (stage["method"], stage["criterion"], stage["ruleset"]) == ("Ours", "Golden", "VIP")
    assert (stage["numbers"]["bucket"], stage["numbers"]["rule"]) == ("Gold", "German")
    assert said["ada"]["rank"] == 1
    assert said["bea"]["failed_test"] == "has_room"


def test_a_waiting_item_says_which_rule_asks_in_vain_for_what(now: datetime) -> None:
    rule = {"name": "German", "when": row("agent.locale", "equals", "de")}
    queue = a_queue(make_method(rulesets=[{"name": "All", "rules": [rule]}]))
    [item] = waiting(queue, {}, now=now)
    make_agent("ada", units=1, queues=[queue])
    configuration.publish(by=None, now=now)

    [because] = waiting_because(item)

    assert because["blocker"] == "meets_an_assignment_rule"
    assert because["sentence"] == (
        "1 of 1 member meets no assignment rule: “German” asks agent language equals de"
        " (agent language is not set)."
    )


def test_a_best_match_keeps_the_expert_for_whom_he_is_asked_of(
    workstream: Workstream, queue: Queue, now: datetime
) -> None:
    method = make_method(kind="best_match", rulesets=[])
    Queue.objects.filter(pk=queue.pk).update(custom_method=method)
    items = [make_item(workstream, at=now - SECOND * age) for age in (2, 1)]
    make_agent("ada", units=1, queues=[queue])
    configuration.publish(by=None, now=now)

    run_cycle(now=now)

    assert given_to() == [(items[0].pk, "ada")]
    document = RoutingDecision.objects.get(work_item_id=items[0].pk, stage="assignment").document
    assert document["weights"] == {"skills": 60, "waiting": 20, "fairness": 20}
    assert document["numbers"]["score"] > 0
