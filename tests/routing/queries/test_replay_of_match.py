"""Best overall matches, made again along with all that was matched at once."""

from datetime import timedelta

import pytest

from agents.models import AgentSkill
from routing import configuration
from routing.dispatcher.cycle import run_cycle
from routing.models import AgentLoad, RoutingDecision
from routing.queries.explanation import explanation
from routing.queries.replay import of_match, replay, replay_today
from routing.terms import DecisionStage
from tests.factories import make_agent, make_item, make_method, make_skill, make_workstream
from workstreams.models import Queue, Workstream

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def matched(queue):
    Queue.objects.filter(pk=queue.pk).update(
        custom_method=make_method(kind="best_match", rulesets=[])
    )


@pytest.fixture
def decisions(workstream, queue, matched, now):
    """An expert is kept for the second item, which alone asks for one; others wait in vain."""
    german = make_skill("German")
    make_agent("alice", units=1, queues=[queue], skills={"German": 5})
    make_agent("bob", units=2, queues=[queue])
    needs = [[], [[german.pk, 5]], [], [], []]
    for age, skills in enumerate(needs):
        at, key = now - SECOND * (9 - age), str(skills)
        make_item(workstream, at=at, required_units=1, required_skills=skills, requirement_key=key)
    configuration.publish(by=None, now=now)
    run_cycle(now=now)
    return made_decisions()


def made_decisions():
    return list(RoutingDecision.objects.filter(stage=DecisionStage.ASSIGNMENT).order_by("id"))


def test_each_is_made_again_along_with_the_others(decisions):
    AgentLoad.objects.update(units_used=3)
    AgentSkill.objects.all().delete()

    made = [replay_today(each).answers[0] for each in decisions]

    assert [each.is_same for each in made] == [True] * 3
    assert "3 items of the queue were matched at once, and are again" in made[0].sentence
    [plain] = [each for each in decisions if each.document["read"]["place"] == 0]
    stage = replay(plain).document["stages"][0]
    assert stage["agent"] == plain.document["agent"]
    assert stage["numbers"] == plain.document["numbers"]


def test_another_agent_in_a_decision_is_not_taken_for_the_same(decisions):
    first = decisions[0]
    others = {"alice", "bob"} - {first.document["agent"]}
    first.document["agent"] = others.pop()
    first.agent_id = AgentLoad.objects.get(agent__user__username=first.document["agent"]).agent_id

    assert replay(first).is_same is None


def test_who_declined_it_is_not_as_good_for_it_however_well_he_fits(
    workstream, queue, matched, now
):
    skills = [make_skill("German"), make_skill("Greek")]
    make_agent("alice", units=1, queues=[queue], skills={"German": 1, "Greek": 10})
    make_agent("bob", units=1, queues=[queue], skills={"German": 10, "Greek": 1})
    for skill in skills:
        needs = {"required_skills": [[skill.pk, 1]], "requirement_key": skill.name}
        make_item(workstream, at=now, required_units=1, **needs)
    configuration.publish(by=None, now=now)
    run_cycle(now=now)
    first = made_decisions()[0]
    assert replay(first).is_same

    first.document["seen"] |= {"declined": [[first.agent_id, 1]], "cooling_down": []}

    made = replay(first)
    assert made.is_same is None
    assert "declines weigh more in it than they did" in made.sentence


def test_what_the_batch_gave_before_in_other_queues_counts(workstream, queue, matched, now):
    urgent = Queue.objects.create(name="Urgent", type="messaging", priority=1)
    Queue.objects.filter(pk=queue.pk).update(priority=5)
    for name in ("alice", "bob"):
        make_agent(name, units=2, queues=[queue, urgent])
    make_item(make_workstream(queue=urgent), at=now, required_units=1)
    for _ in range(3):
        make_item(workstream, at=now, required_units=1)
    configuration.publish(by=None, now=now)
    run_cycle(now=now)

    made = [replay(each) for each in made_decisions()]

    assert [each.is_same for each in made] == [True] * 4


def test_it_says_why_another_than_the_first_got_it(decisions):
    told = {each.document["agent"]: explanation(each.work_item_id) for each in decisions}

    whys = {agent: each["stages"][-1]["why"] for agent, each in told.items()}
    assert whys["bob"].startswith("For this item alone, alice comes before bob by score: ")
    assert whys["bob"].endswith("Together with all that waited it goes best this way.")
    assert whys["alice"] == "alice is the only one who may have it."


def test_where_skills_are_ignored_the_explanation_weighs_them_as_little_as_the_match(
    workstream, queue, matched, now
):
    Workstream.objects.filter(pk=workstream.pk).update(skill_matching="none")
    german = make_skill("German")
    make_agent("bob", units=1, queues=[queue])
    make_agent("alice", units=1, queues=[queue], skills={"German": 5})
    make_item(workstream, at=now, required_units=1, required_skills=[[german.pk, 5]])
    configuration.publish(by=None, now=now)
    run_cycle(now=now)

    [made] = made_decisions()

    why = explanation(made.work_item_id)["stages"][-1]["why"]
    assert why == "For this item alone, too, bob comes first."
    assert made.document["agents_considered"]["all_numbers"]["skill_fit"] == 1
    assert replay_today(made).answers[0].is_same


@pytest.fixture
def of_two_queues(workstream, queue, matched, now):
    """The expert, who would be first for the older item, is all that the other queue has."""
    other = Queue.objects.create(
        name="Sales", type="messaging", priority=queue.priority,
        custom_method_id=Queue.objects.get(pk=queue.pk).custom_method_id,
    )  # fmt: skip
    german = make_skill("German")
    make_agent("alice", units=1, queues=[queue, other], skills={"German": 5})
    make_agent("bob", units=1, queues=[queue])
    make_item(workstream, at=now - SECOND * 9, required_units=1)
    make_item(
        make_workstream(queue=other),
        at=now, required_units=1, required_skills=[[german.pk, 5]], requirement_key="German",
    )  # fmt: skip
    configuration.publish(by=None, now=now)
    run_cycle(now=now)
    return made_decisions()


def test_a_match_of_two_queues_is_made_again_of_both(queue, of_two_queues):
    made = [replay_today(each).answers[0] for each in of_two_queues]

    given = {each.queue_id == queue.pk: each.document["agent"] for each in of_two_queues}
    assert given == {True: "bob", False: "alice"}
    assert [each.is_same for each in made] == [True, True]
    assert "2 items of 2 queues were matched at once, and are again" in made[0].sentence


def test_it_looks_ahead_again_though_only_one_of_them_gave_work(workstream, queue, matched, now):
    """Round by round the two oldest would share the two agents, and the expert is busy then."""
    method_id = Queue.objects.get(pk=queue.pk).custom_method_id
    other = Queue.objects.create(
        name="Sales", type="messaging", priority=queue.priority, custom_method_id=method_id
    )
    german, greek = make_skill("German"), make_skill("Greek")
    make_agent("alice", units=1, queues=[queue, other], skills={"German": 5})
    make_agent("bob", units=2, queues=[queue])
    of_other = make_workstream(queue=other)
    for stream, age, skill in (
        (workstream, 9, None), (workstream, 8, None), (workstream, 1, german), (of_other, 1, greek),
    ):  # fmt: skip
        skills = [[skill.pk, 5]] if skill else []
        key, at = f"{skill}", now - SECOND * age
        make_item(stream, at=at, required_units=1, required_skills=skills, requirement_key=key)
    configuration.publish(by=None, now=now)
    run_cycle(now=now)

    decisions = made_decisions()

    assert [each.document["matched"]["count"] for each in decisions] == [2, 2, 2]
    assert [replay_today(each).answers[0].is_same for each in decisions] == [True] * 3


def test_such_a_decision_names_the_queues(queue, of_two_queues):
    told = [explanation(each.work_item_id)["stages"][-1] for each in of_two_queues]

    names = sorted([queue.name, "Sales"])
    assert [each["matched"] for each in told] == [{"count": 2, "queues": names}] * 2


def test_of_a_very_large_match_the_agents_are_compared_for_the_item_alone(decisions, monkeypatch):
    monkeypatch.setattr(of_match, "MOST", 2)

    made = replay(decisions[0])

    assert made.is_same is not False
    assert "for this item alone, because more than" in made.sentence


def test_what_went_to_nobody_at_last_is_said(decisions):
    decisions[0].document["read"]["lost"] = [[0, 1, 1, 1, []]]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_match, "_matched_along", lambda decision: decisions)
        made = replay(decisions[0])

    assert "because people were quicker" in made.sentence
