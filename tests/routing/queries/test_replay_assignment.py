"""Assignments and intake, made again from what they kept."""

from datetime import timedelta

import pytest
from django.urls import reverse

from routing import configuration, service
from routing.actions.route_record import route_record
from routing.dispatcher.cycle import run_cycle
from routing.models import Assignment, RoutingDecision, Rule
from routing.queries.explanation import explanation
from routing.queries.replay import replay, replay_today, why_not
from routing.queries.stored_decision import document_of
from routing.terms import DecisionStage
from tests.factories import (
    make_agent,
    make_intake_rule,
    make_item,
    make_method,
    make_queue,
    make_record,
    make_workstream,
)
from tests.factories.records import VIP
from tests.routing.engine.methods import row
from tests.scenarios import offered
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.models import Queue, WorkItem, Workstream

pytestmark = pytest.mark.django_db

GERMAN = row("agent.locale", "equals", "de")


def assignments():
    return list(RoutingDecision.objects.filter(stage=DecisionStage.ASSIGNMENT).order_by("id"))


@pytest.fixture
def team(queue):
    """One with much room, one with little."""
    return [make_agent("amira", units=5, queues=[queue]), make_agent("ben", queues=[queue])]


def test_each_of_a_batch_comes_out_the_same_after_all_has_changed(workstream, queue, team, now):
    for _ in range(7):
        make_item(workstream, at=now)
    configuration.publish(by=None, now=now)
    run_cycle(now=now)
    queue.members.clear()
    Queue.objects.update(assignment_method="advanced_round_robin")
    configuration.publish(by=None, now=now)

    replays = [replay(each) for each in assignments()]

    assert len(replays) == 7
    assert {each.document["agent"] for each in assignments()} == {"amira", "ben"}
    assert [each.is_same for each in replays] == [True] * 7


def test_two_batches_of_one_moment_are_told_apart(workstream, team, now):
    for _ in range(5):
        make_item(workstream, at=now)
    configuration.publish(by=None, now=now)
    run_cycle(now=now, limit=2)
    run_cycle(now=now, limit=3)

    assert [each.document["read"]["place"] for each in assignments()] == [0, 1, 0, 1, 2]
    assert all(replay(each).is_same for each in assignments())


def test_another_method_says_who_would_win_and_why(workstream, queue, team, now):
    offered(workstream, now)
    [decision] = assignments()
    Queue.objects.filter(pk=queue.pk).update(assignment_method="advanced_round_robin")
    configuration.publish(by=None, now=now)

    [then, today] = replay_today(decision).answers

    assert (then.is_same, then.document["agent"]) == (True, "amira")
    assert then.document["stages"][0]["why"] == "amira comes before ben by room: 5 against 3."
    assert today.document["compared"] == ["last_assigned_at", "position"]
    assert today.document["stages"][0]["why"].startswith(f"{today.document['agent']} comes before")


def test_rules_of_ones_own_say_what_let_whom_through(workstream, queue, team, now):
    ben = team[1]
    ben.locale = "de"
    ben.save()
    rules = [
        {"name": "Germans", "when": GERMAN, "order_by": []},
        {"name": "Anybody", "when": {}, "order_by": [{"by": "capacity", "descends": True}]},
    ]
    gold = {"name": "Gold", "when": row("context.tier", "equals", "gold"), "order_by": None}
    ours = make_method(rulesets=[{"name": "All", "rules": rules}], prioritization=[gold])
    Queue.objects.filter(pk=queue.pk).update(custom_method=ours)
    offered(workstream, now, context={"tier": "gold"})
    [decision] = assignments()

    [then, _] = replay_today(decision).answers

    [stage] = then.document["stages"]
    assert (then.is_same, stage["agent"]) == (True, "ben")
    results = {
        rule["name"]: (rule["result"], rule.get("note"))
        for ruleset in stage["rulesets"]
        for rule in ruleset["rules"]
    }
    assert results == {
        "Gold": ("applied", None),
        "Germans": ("applied", "1 agent may have it by this rule"),
        "Anybody": ("not_processed", "1 agent would meet it, had nobody met a stricter rule"),
    }
    [amira] = [each for each in then.document["agents_considered"] if each["agent"] == "amira"]
    assert amira["failed_test"] == "no_stricter_rule_has_agents"
    assert amira["numbers"] == {"meets": "Anybody", "used": "Germans"}


def test_what_a_new_rule_asks_of_agents_is_read_now(workstream, queue, team, now):
    offered(workstream, now)
    [decision] = assignments()
    team[1].locale = "de"
    team[1].save()
    ours = make_method(
        rulesets=[{"name": "All", "rules": [{"name": "G", "when": GERMAN, "order_by": []}]}]
    )
    Queue.objects.filter(pk=queue.pk).update(custom_method=ours)
    configuration.publish(by=None, now=now)

    [_, today] = replay_today(decision).answers

    assert (today.is_same, today.document["agent"]) == (False, "ben")
    assert today.document["stages"][0]["why"] == "ben is the only one who may have it."


def test_the_draft_may_leave_nobody(workstream, team, administrator, now):
    save_service_configuration(reviews_before_publishing=True, by=administrator, now=now)
    offered(workstream, now)
    Workstream.objects.filter(pk=workstream.pk).update(allowed_presences=["busy_dnd"])
    configuration.edited(by=administrator, now=now)

    made = replay_today(assignments()[0])

    assert [each.rules for each in made.answers] == ["then", "published", "draft"]
    draft = made.answers[2]
    assert (draft.is_same, draft.document["agent"]) == (False, None)
    assert draft.document["stages"][0]["sentence"] == (
        "Nobody gets it. 2 of 2 members have a presence that the workstream does not allow:"
        " 2 available."
    )


def test_who_goes_back_is_told_from_who_is_chosen(workstream, queue, team, now):
    Workstream.objects.filter(pk=workstream.pk).update(keep_same_agent=True)
    item = make_item(workstream, at=now, last_agent=team[1])
    configuration.publish(by=None, now=now)
    run_cycle(now=now)
    [decision] = assignments()
    unchanged = replay_today(decision)
    Workstream.objects.filter(pk=workstream.pk).update(keep_same_agent=False)
    configuration.publish(by=None, now=now)

    [then, today] = replay_today(decision).answers

    assert (decision.work_item_id, decision.document["how"]) == (item.pk, "affinity")
    assert [each.is_same for each in unchanged.answers] == [True, True]
    assert (then.is_same, today.is_same) == (True, None)
    assert "does not go to ben" in today.sentence


def test_a_pick_is_nothing_to_make_again(queue, team, now):
    item = make_item(make_workstream(mode="pick", queue=queue), at=now)
    configuration.publish(by=None, now=now)
    service.pick(item_id=item.pk, by=team[0], now=now)

    [decision] = assignments()

    assert why_not(decision) == "A person decided it: there is nothing to make again."


def three_at_once(workstream, now):
    for _ in range(3):
        make_item(workstream, at=now)
    configuration.publish(by=None, now=now)
    run_cycle(now=now)
    return assignments()


def test_where_decisions_of_the_batch_are_purged_its_receipts_tell(workstream, team, now):
    first, second, last = three_at_once(workstream, now)
    first.delete()
    second.delete()

    assert [each.is_same for each in replay_today(last).answers] == [True, True]


def test_without_what_was_decided_before_there_is_no_answer(workstream, team, now):
    first, _, last = three_at_once(workstream, now)
    first.delete()
    Assignment.objects.filter(item=first.work_item_id).delete()

    made = replay_today(last)

    assert (made.is_same, made.answers) == (None, [])
    assert "no longer kept" in made.sentence


def test_a_queue_that_is_gone_gives_no_answer(workstream, queue, team, now):
    offered(workstream, now)
    [decision] = assignments()
    Assignment.objects.all().delete()
    WorkItem.objects.filter(pk=decision.work_item_id).update(queue=make_queue())
    workstream.fallback_queue = make_queue()
    workstream.save()
    queue.delete()
    configuration.publish(by=None, now=now)

    [then, today] = replay_today(decision).answers

    assert (then.is_same, today.is_same) == (True, None)
    assert "not among these rules" in today.sentence


def test_agents_without_room_in_the_list_are_named_all_the_same(workstream, queue, now):
    for number in range(45):
        make_agent(f"{'a.name.' * 10}{number:02}", queues=[queue])
    item = offered(workstream, now)
    [decision] = assignments()

    told = explanation(item.pk)

    assert len(document_of(decision)["agents_considered"]) == 10
    assert len(told["agents_considered"]) == 45
    assert [each["rank"] for each in told["agents_considered"]] == list(range(1, 46))
    assert replay(decision).is_same


@pytest.fixture
def routed(record_routing, now):
    """A record of a very important customer, with its decision."""
    desk = make_queue("Case desk", type="record")
    make_intake_rule(make_workstream("VIP", type="record", queue=desk), name="VIPs", when=VIP)
    make_intake_rule(make_workstream("Cases", type="record", queue=desk), name="Rest")
    configuration.publish(by=None, now=now)
    record = make_record(data={"tier": "vip"})
    route_record(record_id=record.pk, now=now)
    return RoutingDecision.objects.get(stage=DecisionStage.INTAKE)


def test_intake_comes_out_the_same_and_todays_rules_are_asked(routed, now):
    same = replay_today(routed)
    Rule.objects.filter(name="VIPs").delete()
    configuration.publish(by=None, now=now)
    [then, today] = replay_today(routed).answers
    Rule.objects.filter(name="Rest").delete()
    configuration.publish(by=None, now=now)
    [_, nobody] = replay_today(routed).answers

    assert [each.is_same for each in same.answers] == [True, True]
    assert [(each.is_same, each.document["workstream"]) for each in (then, today, nobody)] == [
        (True, "VIP"),
        (False, "Cases"),
        (False, None),
    ]
    assert nobody.sentence == "No intake rule matches: the record would stay unrouted."


@pytest.mark.usefixtures("routed")
def test_every_stage_has_a_page_and_an_answer_of_the_api(client, supervisor, now):
    make_agent("carol", queues=[Queue.objects.get(name="Case desk")])
    run_cycle(now=now + timedelta(seconds=1))
    client.force_login(supervisor)
    decisions = list(RoutingDecision.objects.order_by("id"))
    item_id = decisions[0].work_item_id
    whole = client.get(reverse("routing:work-item-explanation", args=[item_id])).content.decode()

    for decision in decisions:
        page = reverse("routing:decision", args=[item_id, decision.pk])
        answer = f"/api/v1/work-items/{item_id}/decisions/{decision.pk}/replay"
        assert page in whole
        assert "Same answer" in client.get(page).content.decode()
        assert client.get(answer).json()["is_same"] is True
    assert {each.stage for each in decisions} == {"intake", "routing", "assignment"}
