"""What live items and half-gone configuration can bring: no match, a note, never an exception."""

from typing import Any

import pytest

from routing import configuration
from routing.actions.save_ruleset import save_rulesets
from routing.configuration import load
from routing.engine.conditions import OPERATORS
from routing.exceptions import InvalidRules
from routing.models import Alarm, RoutingDecision, Rule, Ruleset
from routing.terms import RulesetKind
from tests.factories import make_item, make_queue, make_skill
from workstreams.actions.delete_context_variable import delete_context_variable
from workstreams.actions.delete_queue import delete_queue
from workstreams.actions.take_in import take_in
from workstreams.exceptions import InUse
from workstreams.models import ContextVariable

pytestmark = pytest.mark.django_db
AMOUNT = {"field": "attributes.amount", "op": "greater", "value": 10}
BEFORE = {"field": "attributes.due", "op": "on_or_before", "value": "2030-01-01"}
TIER = {"field": "context.tier", "op": "equals", "value": "gold"}


@pytest.fixture
def save(workstream, administrator, now):
    def save(kind, *documents):
        save_rulesets(
            workstream=workstream, kind=kind, rulesets=list(documents), by=administrator, now=now
        )

    return save


def ruleset(*conditions):
    rules = [
        {"name": f"rule {n}", "when": when, "then": {"set": {"attributes.matched": n}}}
        for n, when in enumerate(conditions)
    ]
    return {"name": "Triage", "rules": rules}


def results(item):
    """Result and note of each classification rule."""
    document = RoutingDecision.objects.get(work_item_id=item.pk).document
    [stage] = [each for each in document["stages"] if each["stage"] == "classification"]
    return [(rule["result"], rule.get("note")) for rule in stage["rulesets"][0]["rules"]]


WRONG: list[tuple[Any, str]] = [
    ({"amount": "many"}, "attributes amount is not a number"),
    ({"amount": True}, "attributes amount is not a number"),
    ({"amount": [1, 2]}, "attributes amount is not a number"),
    ({"amount": {"value": 11}}, "attributes amount is not a number"),
    ({"amount": 10**400}, "attributes amount is not a number"),
    ({"amount": "9" * 5000}, "attributes amount is not a number"),
    ({"amount": "x" * 60_000}, "attributes amount is not a number"),
]


@pytest.mark.parametrize(("attributes", "note"), WRONG, ids=lambda part: str(part)[:40])
def test_a_wrong_type_does_not_match_and_is_noted_in_the_explanation(
    save, workstream, now, attributes, note
):
    save(RulesetKind.CLASSIFICATION, ruleset(AMOUNT, {"not": AMOUNT}))

    item = take_in(workstream=workstream, now=now, attributes=attributes)

    assert results(item) == [("processed", note), ("processed", note)]
    assert not Alarm.objects.exists()


@pytest.mark.parametrize(
    "due", ["99999-01-01", "0000-00-00", "2025-02-30", "2025-01-01T25:00", 20250101, "soon"]
)
def test_a_time_out_of_range_does_not_match_and_is_noted(save, workstream, now, due):
    save(RulesetKind.CLASSIFICATION, ruleset(BEFORE))

    item = take_in(workstream=workstream, now=now, attributes={"due": due})

    assert results(item) == [("processed", "attributes due is not a date")]


def test_a_context_variable_in_use_is_not_deleted_and_one_that_is_gone_matches_nothing(
    save, workstream, administrator, now
):
    variable = ContextVariable.objects.create(workstream=workstream, name="tier")
    save(RulesetKind.CLASSIFICATION, ruleset(TIER))

    with pytest.raises(InUse):
        delete_context_variable(variable=variable, by=administrator, now=now)
    variable.delete()
    item = take_in(workstream=workstream, now=now)

    assert results(item) == [("processed", None)]


def test_a_skill_that_is_gone_is_left_out_and_the_rest_of_the_rule_holds(
    save, workstream, administrator, now
):
    skill = make_skill("Dutch")
    rule = {"name": "r", "then": {"skills": [{"skill": "Dutch"}], "set": {"attributes.a": 1}}}
    save(RulesetKind.CLASSIFICATION, {"name": "Triage", "rules": [rule]})
    skill.delete()
    configuration.publish(by=None, now=now)

    item = take_in(workstream=workstream, now=now)

    item.refresh_from_db()
    assert (item.required_skills, item.attributes) == ([], {"a": 1})
    assert not Alarm.objects.exists()


def test_a_queue_in_a_rule_or_with_waiting_work_is_not_deleted(
    save, workstream, administrator, now
):
    named, full = make_queue("Named"), make_queue("Full")
    save(RulesetKind.ROUTE_TO_QUEUE, {"name": "r", "queues": [{"queue": "Named"}]})
    make_item(workstream, queue=full)

    for queue in (named, full):
        with pytest.raises(InUse):
            delete_queue(queue=queue, by=administrator, now=now)


def test_a_rule_whose_operator_nobody_knows_is_not_published_and_stops_no_item(workstream, now):
    configuration.publish(by=None, now=now)
    made = Ruleset.objects.create(
        kind=RulesetKind.CLASSIFICATION, workstream=workstream, name="Triage"
    )
    Rule.objects.create(ruleset=made, name="r", when={"field": "title", "op": "like", "value": "x"})

    with pytest.raises(InvalidRules) as refused:
        configuration.publish(by=None, now=now)
    item = take_in(workstream=workstream, now=now)

    [finding] = vars(refused.value)["findings"]
    assert finding["message"] == "There is no operator 'like'."
    item.refresh_from_db()
    assert item.queue == workstream.fallback_queue


def test_published_rules_that_cannot_be_read_cost_no_item_and_raise_an_alarm(
    save, workstream, now, monkeypatch
):
    """As after going back to an older version of the product."""
    save(RulesetKind.CLASSIFICATION, ruleset({**TIER, "op": "starts_with"}))
    monkeypatch.delitem(OPERATORS, "starts_with")
    load._kept.clear()

    item = take_in(workstream=workstream, now=now, context={"tier": "gold"})
    load._kept.clear()

    item.refresh_from_db()
    document = RoutingDecision.objects.get(work_item_id=item.pk).document
    assert item.queue == workstream.fallback_queue
    assert "failed with an error" in document["error"]
    assert Alarm.objects.get().detail.startswith("UnreadableRules in routing/")


EXCESSES: list[tuple[str, Any, str]] = [
    ("operator", {"when": {**TIER, "op": "like"}}, "0.rules.0.when.op"),
    ("value", {"when": {**TIER, "value": "x" * 100_000}}, "0.rules.0.when.value"),
    ("field", {"when": {**TIER, "field": "context." + "x" * 100_000}}, "0.rules.0.when.field"),
    ("depth", {"when": {"not": {"all": [{"any": [1]}]}}}, "0.rules.0.when.not.all.0.any.0"),
    ("output", {"then": {"set": {"attributes." + "x" * 300: 1}}}, "0.rules.0.then.set"),
    ("set value", {"then": {"set": {"attributes.a": "x" * 100_000}}},
     "0.rules.0.then.set.attributes.a"),
    ("infinite", {"then": {"set": {"attributes.a": float("inf")}}},
     "0.rules.0.then.set.attributes.a"),
    ("nul", {"then": {"set": {"attributes.a": "a\0"}}}, "0.rules.0.then.set.attributes.a"),
    ("half a pair", {"when": {**TIER, "value": "\ud800"}}, "0.rules.0.when.value"),
    ("nul in a list", {"when": {**TIER, "op": "in", "value": ["a\0"]}}, "0.rules.0.when.value"),
    ("nul in a name", {"name": "a\0"}, "0.rules.0.name"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "path"), [case[1:] for case in EXCESSES], ids=[case[0] for case in EXCESSES]
)
def test_what_cannot_be_kept_or_read_is_refused_at_its_path(save, change, path):
    rule = {"name": "r", "when": TIER, "then": {"priority": 1}, **change}

    with pytest.raises(InvalidRules) as refused:
        save(RulesetKind.CLASSIFICATION, {"name": "Triage", "rules": [rule]})

    findings = vars(refused.value)["findings"]
    assert path in [finding["path"] for finding in findings]
    assert all(finding["message"].endswith(".") for finding in findings)
    assert all(len(finding["message"]) < 300 for finding in findings)
