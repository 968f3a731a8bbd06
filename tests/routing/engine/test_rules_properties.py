"""Laws of classification and of route to queue, whatever the rules."""

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.engine.choose_queue import choose_queue, draw
from routing.engine.classify import classify
from routing.engine.conditions import compile_condition
from routing.engine.configuration import compile_piece
from routing.engine.decisions import QueueChoice
from routing.engine.explain import routing_document
from routing.terms import RuleResult
from tests.routing.engine.situations import NOW, a_workstream
from tests.routing.engine.situations import full as full_queues
from tests.routing.engine.strategies import conditions, items

WORDS = ["a", "b", "c"]
writes = st.dictionaries(
    st.sampled_from(["attributes.c", "context.a", "title"]), st.sampled_from(WORDS), max_size=2
)
skills = st.lists(
    st.fixed_dictionaries(
        {"skill": st.sampled_from(WORDS)}, optional={"rating": st.integers(1, 5)}
    ),
    max_size=2,
)
outputs = st.fixed_dictionaries(
    {"set": writes, "skills": skills},
    optional={
        "capacity_profiles": st.lists(st.sampled_from(WORDS), max_size=2),
        "priority": st.integers(1, 9),
    },
)
rules = st.lists(st.fixed_dictionaries({"when": conditions, "then": outputs}), max_size=4)


def named(lists: list[list[Any]]) -> list[dict[str, Any]]:
    return [
        {"name": f"set {n}", "rules": [{"name": f"{n}.{i}", **r} for i, r in enumerate(rules)]}
        for n, rules in enumerate(lists)
    ]


def applied(stages: Any) -> list[str]:
    return [r.name for s in stages for r in s.rules if r.result is RuleResult.APPLIED]


@settings(deadline=None)
@given(lists=st.lists(rules, max_size=4), item=items)
def test_rulesets_run_in_order_each_on_what_the_ones_before_it_left(lists, item):
    rulesets = a_workstream(classification=named(lists)).classification

    whole = classify(rulesets, item, now=NOW)
    step = classify((), item, now=NOW)
    stages: list[Any] = []
    for ruleset in rulesets:
        step = classify(
            [ruleset], step.fields, now=NOW,
            skills=step.skills, profiles=step.profiles, priority=step.priority,
        )  # fmt: skip
        stages.extend(step.stages)

    assert (whole.fields, whole.priority) == (step.fields, step.priority)
    assert (whole.skills, whole.profiles) == (step.skills, step.profiles)
    assert whole.stages == tuple(stages)
    assert all(len(applied([stage])) <= 1 for stage in whole.stages)


@settings(deadline=None)
@given(lists=st.lists(rules, max_size=3), item=items)
def test_routing_again_appends_and_takes_nothing_away(lists, item):
    rulesets = a_workstream(classification=named(lists)).classification
    first = classify(rulesets, item, now=NOW, skills=(), profiles=["own"])

    again = classify(rulesets, item, now=NOW, skills=first.skills, profiles=first.profiles)

    assert {each.skill for each in first.skills} <= {each.skill for each in again.skills}
    assert set(first.profiles) <= set(again.profiles)
    assert again.profiles[0] == "own"
    assert len({each.skill for each in again.skills}) == len(again.skills)


routes = st.lists(
    st.fixed_dictionaries(
        {"when": conditions, "queues": st.sampled_from([["A"], ["B"], ["A", "B"], ["Gone"]])}
    ),
    max_size=6,
)


def route(rules: list[Any], item: Any, key: str = "1", full: str = "") -> QueueChoice:
    documents = [
        {
            "name": str(number),
            "when": rule["when"],
            "queues": [{"queue": queue, "percent": 100 / len(rule["queues"])}
                       for queue in rule["queues"]],
        }
        for number, rule in enumerate(rules)
    ]  # fmt: skip
    return choose_queue(
        a_workstream(route_to_queue=documents).route_to_queue, item, now=NOW, draw_key=key,
        fallback_queue="F", known_queues=["A", "B"], overflow=full_queues(full) if full else None,
    )  # fmt: skip


def queue_drawn(place: int, rule: Any, item: Any) -> str | None:
    """The queue the rule leads the item to; None where it does not match or the queue is gone."""
    if not compile_condition(rule["when"]).matches(item, NOW):
        return None
    queues = rule["queues"]
    queue: str = queues[int(draw("1", str(place)) * len(queues))]
    return queue if queue in ("A", "B") else None


@settings(deadline=None)
@given(rules=routes, item=items, full=st.sampled_from(["", "A", "B"]))
def test_every_rule_is_evaluated_and_the_first_whose_queue_has_room_is_applied(rules, item, full):
    drawn = [queue_drawn(place, rule, item) for place, rule in enumerate(rules)]
    usable = [place for place, queue in enumerate(drawn) if queue is not None]
    free = [place for place in usable if drawn[place] != full]

    choice = route(rules, item, full=full)

    outcomes = choice.stages[0].rules
    assert not any(each.result is RuleResult.NOT_PROCESSED for each in outcomes)
    if not usable:
        assert (choice.queue, choice.rule) == ("F", None)
    else:
        chosen = (free or usable)[0]
        assert (choice.queue, choice.rule) == (drawn[chosen], str(chosen))
        assert applied(choice.stages) == [str(chosen)]


@settings(deadline=None)
@given(lists=st.lists(rules, max_size=3), routes=routes, item=items, key=st.text(max_size=9))
def test_a_copy_of_the_rules_and_a_replay_decide_alike(lists, routes, item, key):
    def decided() -> str:
        piece = {
            "name": "W",
            "type": "messaging",
            "classification": named(lists),
            "route_to_queue": [
                {"name": str(n), "when": r["when"],
                 "queues": [{"queue": q, "percent": 100 / len(r["queues"])} for q in r["queues"]]}
                for n, r in enumerate(routes)
            ],
        }  # fmt: skip
        workstream = compile_piece("workstream", json.loads(json.dumps(piece)), id=1)
        classified = classify(workstream.classification, item, now=NOW)
        choice = choose_queue(
            workstream.route_to_queue, classified.fields, now=NOW, draw_key=key,
            fallback_queue="F", known_queues=["A", "B"],
        )  # fmt: skip
        return json.dumps(
            routing_document(
                configuration_version=1, workstream="W", classification=classified, queue=choice
            )
        )

    assert decided() == decided()


@settings(deadline=None, max_examples=15)
@given(
    percents=st.lists(st.integers(1, 97), min_size=1, max_size=4, unique=True)
    .filter(lambda parts: sum(parts) < 100)
    .map(lambda parts: [*parts, 100 - sum(parts)]),
    name=st.text(max_size=5),
)
def test_shares_converge_for_any_percentages_and_any_rule(percents, name):
    drawn: Counter[int] = Counter()
    for item in range(4000):
        point = draw(str(item), name) * 100
        for place, percent in enumerate(percents):
            point -= percent
            if point < 0:
                drawn[place] += 1
                break

    for place, percent in enumerate(percents):
        assert drawn[place] / 40 == pytest.approx(percent, abs=4)
