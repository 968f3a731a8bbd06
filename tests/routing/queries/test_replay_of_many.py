"""Assignments that looked at more agents than a decision keeps, made again from the first ten."""

from datetime import timedelta

import pytest

from agents.models import AgentPresence, AgentSkill
from routing import configuration
from routing.dispatcher.cycle import run_cycle
from routing.engine.methods.built_in import ALLOWED, ROOM
from routing.engine.what_was_seen import MOST_AGENTS
from routing.models import AgentLoad, RoutingDecision
from routing.queries.replay import replay, replay_today, why_not
from routing.terms import DecisionStage
from tests.factories import make_agent, make_item, make_method, make_profile, make_skill
from tests.routing.engine.methods import row
from workstreams.models import Queue, Workstream

pytestmark = pytest.mark.django_db
MEMBERS = MOST_AGENTS + 5
MOST_ROOM = [{"by": "capacity", "direction": "descending"}]


@pytest.fixture
def crowd(queue):
    return [make_agent(f"agent{number:02}", queues=[queue], units=9) for number in range(MEMBERS)]


def decided(workstream, now, items=1):
    for _ in range(items):
        make_item(workstream, at=now, required_units=1)
    configuration.publish(by=None, now=now)
    run_cycle(now=now)
    return list(RoutingDecision.objects.filter(stage=DecisionStage.ASSIGNMENT).order_by("id"))


@pytest.mark.parametrize("method", ["highest_capacity", "advanced_round_robin", "least_active"])
def test_each_of_a_batch_comes_out_the_same(workstream, queue, crowd, now, method):
    Queue.objects.filter(pk=queue.pk).update(assignment_method=method)
    decisions = decided(workstream, now, items=8)

    made = [replay_today(each) for each in decisions]

    assert len(made) == 8
    assert not any("seen" in each.document for each in decisions)
    assert all([a.is_same for a in each.answers] == [True, True] for each in made)
    [stage] = made[0].document["stages"]
    assert stage["members"] == MEMBERS
    assert "the first 10 who could take it are compared" in made[0].answers[0].sentence


def test_by_the_numbers_of_then_whatever_has_become_of_the_agents(workstream, crowd, now):
    [decision] = decided(workstream, now)
    AgentLoad.objects.update(units_used=9)

    assert replay(decision).is_same is True


def test_another_agent_in_the_decision_is_found_out(workstream, crowd, now):
    [decision] = decided(workstream, now)
    decision.document["agent"] = "agent07"

    assert replay(decision).is_same is False


def test_once_all_who_were_kept_were_given_work_there_is_no_answer(workstream, crowd, now):
    decisions = decided(workstream, now, items=12)

    said = [replay(each) for each in decisions]

    assert [each.is_same for each in said] == [True] * 10 + [None] * 2
    assert "changed the 10 of them who were kept" in said[-1].sentence


def test_where_the_first_work_changes_who_may_have_more_only_the_first_one_is_told(
    workstream, crowd, now
):
    Workstream.objects.filter(pk=workstream.pk).update(allowed_presences=["available"])
    decisions = decided(workstream, now, items=2)

    assert [replay(each).is_same for each in decisions] == [True, None]


def test_by_other_rules_of_today_another_may_have_come_first(workstream, queue, crowd, now):
    [decision] = decided(workstream, now)
    Queue.objects.filter(pk=queue.pk).update(assignment_method="least_active")
    configuration.publish(by=None, now=now + timedelta(seconds=1))

    [then, today] = replay_today(decision).answers

    assert (then.is_same, today.is_same) == (True, None)
    assert today.sentence == (
        "By these rules another of the 55 agents may have come first, and only the first 10 who"
        " could take it then were kept."
    )


def test_profiles_rank_as_units_do(workstream, queue, now):
    chats = make_profile("Chats", limit=4)
    for number in range(MEMBERS):
        make_agent(f"agent{number:02}", queues=[queue], profiles=[chats])
    Workstream.objects.filter(pk=workstream.pk).update(capacity_format="profile")
    for _ in range(3):
        make_item(workstream, at=now, required_units=0, required_profiles=[chats.pk])
    configuration.publish(by=None, now=now)
    run_cycle(now=now)

    decisions = RoutingDecision.objects.filter(stage=DecisionStage.ASSIGNMENT)

    assert [replay(each).is_same for each in decisions] == [True] * 3


def decided_by(rules, workstream, queue, now, items):
    ours = make_method(rulesets=[{"name": "All", "rules": rules}])
    Queue.objects.filter(pk=queue.pk).update(custom_method=ours)
    return decided(workstream, now, items)


def test_rules_of_ones_own_rank_by_the_numbers_that_are_kept(workstream, queue, crowd, now):
    rule = {"name": "Free", "when": {"all": [ALLOWED, ROOM]}, "order_by": MOST_ROOM}
    decisions = decided_by([rule], workstream, queue, now, items=8)

    made = [replay_today(each) for each in decisions]

    assert all([a.is_same for a in each.answers] == [True, True] for each in made)
    [stage] = made[0].document["stages"]
    assert (stage["ruleset"], stage["rule"], stage["members"]) == ("All", "Free", MEMBERS)
    assert stage["why"].startswith("agent00 comes before agent01 by place among the members")


def test_where_work_may_let_others_in_only_the_first_one_of_a_batch_is_told(
    workstream, queue, crowd, now
):
    """Who is given work is busy, and then the stricter rule is his."""
    AgentPresence.objects.update(is_manual=False)
    rules = [
        {"name": "Busy", "when": row("agent.presence", "equals", "busy"), "order_by": []},
        {"name": "Any", "when": {}, "order_by": []},
    ]
    decisions = decided_by(rules, workstream, queue, now, items=2)

    said = [replay(each) for each in decisions]

    assert [each.is_same for each in said] == [True, None]
    assert "may have let others come first" in said[1].sentence


def test_closest_matching_ranks_by_the_closeness_that_is_kept(workstream, queue, crowd, now):
    Workstream.objects.filter(pk=workstream.pk).update(skill_matching="closest")
    german = make_skill("German")
    for number, agent in enumerate(crowd):
        AgentSkill.objects.create(agent=agent, skill=german, rating=1 + number % 5)
    for _ in range(6):
        make_item(workstream, at=now, required_units=1, required_skills=[[german.pk, 3]])
    configuration.publish(by=None, now=now)
    run_cycle(now=now)
    AgentSkill.objects.all().delete()

    decisions = RoutingDecision.objects.filter(stage=DecisionStage.ASSIGNMENT).order_by("id")
    made = [replay(each) for each in decisions]

    assert [each.is_same for each in made] == [True] * 6
    assert made[0].document["compared"][:4] == [
        "skills_met", "shortfall", "distance", "skills_beside"
    ]  # fmt: skip
    assert made[0].document["agent"] == "agent02"


def test_a_best_match_of_many_says_that_it_was_made_for_all_at_once(workstream, queue, crowd, now):
    match = make_method(kind="best_match", rulesets=[])
    Queue.objects.filter(pk=queue.pk).update(custom_method=match)
    [decision] = decided(workstream, now)

    assert "where items are matched all at once" in why_not(decision)


def test_who_has_another_name_now_is_not_guessed(workstream, crowd, now):
    [decision] = decided(workstream, now)
    crowd[3].user.username = "renamed"
    crowd[3].user.save()

    assert "the names that they had then" in replay(decision).sentence
