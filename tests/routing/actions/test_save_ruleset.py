"""Saving rules: all at once, checked with the engine, published in the same transaction."""

from typing import Any

import pytest

from routing.actions.save_ruleset import save_intake_rules, save_rulesets
from routing.exceptions import InvalidRules
from routing.models import ConfigurationVersion, Rule, Ruleset
from routing.queries.rule_lists import all_intake_rules, rule_list
from routing.terms import RulesetKind
from tests.factories import make_profile, make_queue, make_skill, make_workstream
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import RecordType

GOLD = {"field": "context.tier", "op": "equals", "value": "gold"}


@pytest.fixture
def save(workstream, administrator, now):
    """Saves the workstream's rules as the administrator."""

    def save(kind, rulesets, revision=None):
        save_rulesets(
            workstream=workstream,
            kind=RulesetKind(kind),
            rulesets=rulesets,
            revision=revision,
            by=administrator,
            now=now,
        )

    return save


def route(queue="Support", **fields):
    shares = [{"queue": queue, "percent": 100}]
    return {"name": "Gold", "when": GOLD, "queues": shares} | fields


def ruleset(**then):
    rule = {"name": "Gold", "when": GOLD, "then": then}
    return {"name": "Classify", "kind": "logical", "rules": [rule]}


def paths(save, kind, rulesets):
    with pytest.raises(InvalidRules) as refusal:
        save(kind, rulesets)
    findings: Any = refusal.value.details["findings"]
    return [finding["path"] for finding in findings]


def test_routes_come_back_as_they_were_saved(save, workstream):
    make_queue("VIP")
    shares = [{"queue": "VIP", "percent": 70}, {"queue": "Support", "percent": 30}]

    save("route_to_queue", [route(queues=shares), route(name="Rest", when={})])

    [saved] = rule_list(RulesetKind.ROUTE_TO_QUEUE, workstream).rulesets
    assert [rule["name"] for rule in saved["rules"]] == ["Gold", "Rest"]
    assert saved["rules"][0]["queues"] == shares
    assert saved["rules"][0]["when"] == GOLD


def test_classification_takes_names_in_any_case(save, workstream):
    make_skill("French")
    make_profile("Chats")

    save(
        "classification",
        [
            ruleset(
                set={"attributes.vip": True},
                skills=[{"skill": "FRENCH", "rating": 5}],
                capacity_profiles=["chats"],
                priority=3,
            )
        ],
    )

    [saved] = rule_list(RulesetKind.CLASSIFICATION, workstream).rulesets
    assert saved["rules"][0]["then"] == {
        "set": {"attributes.vip": True},
        "skills": [{"skill": "French", "rating": 5}],
        "capacity_profiles": ["Chats"],
        "priority": 3,
    }


def test_a_save_replaces_everything_and_is_published(save):
    save("classification", [ruleset(priority=1), ruleset(priority=2)])
    first = ConfigurationVersion.objects.count()

    save("classification", [ruleset(priority=9)])

    assert Ruleset.objects.count() == Rule.objects.count() == 1
    assert ConfigurationVersion.objects.count() == first + 1


def test_nothing_is_left_when_all_rules_go(save):
    save("classification", [ruleset(priority=1)])
    save("classification", [])

    assert not Ruleset.objects.exists()


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        (route(name=" "), "0.name"),
        (route(queue="Nowhere"), "0.queues.0.queue"),
        (route(queues=[]), "0.queues"),
        (route(queues=[{"queue": "Support", "percent": 50}]), "0.queues"),
        (route(queues=[{"queue": "Support", "percent": 0}]), "0.queues"),
        (route(queues="Support"), "0.queues"),
        (route(queues=[{"queue": "Support", "percent": 50}] * 2), "0.queues.1.queue"),
        (route(when={"field": "password", "op": "equals", "value": 1}), "0.when.field"),
        (route(when={"all": [GOLD, {"field": "title", "op": "is"}]}), "0.when.all.1.op"),
        ("rule", "0"),
    ],
)
def test_faulty_routes_are_refused_with_their_path(save, rule, path):
    assert path in paths(save, "route_to_queue", [rule])
    assert not Rule.objects.exists()


@pytest.mark.parametrize(
    ("then", "path"),
    [
        ({"set": {"channel": "sms"}}, "0.rules.0.then.set.channel"),
        ({"set": {"attributes.a": [1]}}, "0.rules.0.then.set.attributes.a"),
        ({"set": {f"attributes.a{n}": n for n in range(6)}}, "0.rules.0.then.set"),
        ({"set": {"priority": "high"}}, "0.rules.0.then.set.priority"),
        ({"skills": [{"skill": "Elvish"}]}, "0.rules.0.then.skills.0.skill"),
        ({"skills": [{"skill": "French", "rating": 11}]}, "0.rules.0.then.skills.0.rating"),
        ({"skills": "French"}, "0.rules.0.then.skills"),
        ({"capacity_profiles": ["None"]}, "0.rules.0.then.capacity_profiles.0"),
        ({"priority": -1}, "0.rules.0.then.priority"),
        ({"explode": True}, "0.rules.0.then.explode"),
    ],
)
def test_faulty_outputs_are_refused_with_their_path(save, then, path):
    make_skill("French")

    assert path in paths(save, "classification", [ruleset(**then)])


def test_a_queue_of_another_type_is_no_target(save):
    make_queue("Lines", type="voice")

    assert paths(save, "route_to_queue", [route(queue="Lines")]) == ["0.queues.0.queue"]


def test_each_list_of_rules_has_its_length(save):
    rules = [ruleset()["rules"][0] | {"then": {"priority": 1}, "name": str(n)} for n in range(101)]
    routes = [route(name=str(number)) for number in range(201)]

    assert paths(save, "classification", [ruleset() | {"rules": rules}]) == ["0.rules"]
    assert paths(save, "classification", [ruleset(priority=1)] * 11) == [""]
    assert paths(save, "route_to_queue", routes) == ["0.rules"]
    save("route_to_queue", routes[:200])
    save("classification", [ruleset() | {"rules": rules[:100]}])
    assert Rule.objects.count() == 300


def test_saving_over_somebody_elses_rules_is_refused(save, workstream):
    save("route_to_queue", [route()], revision=0)
    save("route_to_queue", [route(name="Second")], revision=1)

    with pytest.raises(SavedMeanwhile):
        save("route_to_queue", [route(name="Third")], revision=1)

    assert rule_list(RulesetKind.ROUTE_TO_QUEUE, workstream).revision == 2


@pytest.fixture
def save_intake(administrator, now):
    """Saves the intake rules as the administrator."""

    def save(rules, revision=None):
        save_intake_rules(rules=rules, revision=revision, by=administrator, now=now)

    return save


def test_intake_rules_name_their_workstream(save_intake):
    make_workstream("Cases", type="record")

    save_intake([{"name": "All", "when": {}, "workstream": "cases", "record_type": "case"}])

    assert all_intake_rules() == [
        {"name": "All", "record_type": "case", "when": {}, "workstream": "Cases"}
    ]


@pytest.mark.parametrize(
    "rule",
    [
        {"name": "All", "workstream": "Chat"},
        {"name": "All", "workstream": None},
        {"name": "All", "workstream": "Cases", "record_type": "email"},
        {"name": "All", "workstream": "Cases", "record_type": "letter"},
    ],
)
def test_impossible_intake_rules_are_refused(save_intake, workstream, rule):
    make_workstream("Cases", type="record")

    with pytest.raises(InvalidRules):
        save_intake([rule])

    assert not Rule.objects.exists()


def test_each_record_type_has_a_list_of_its_own(save_intake, administrator, now):
    make_workstream("Cases", type="record")
    email = RecordType.objects.get(name="email")
    make_workstream("Mails", type="record", record_type=email)
    save_intake([{"name": name, "workstream": "Cases"} for name in ("All", "Rest")])

    save_intake_rules(
        rules=[{"name": "All", "workstream": "Mails"}], record_type=email, by=administrator, now=now
    )

    assert [(each["record_type"], each["name"]) for each in all_intake_rules()] == [
        ("case", "All"),
        ("case", "Rest"),
        ("email", "All"),
    ]


def test_a_list_takes_no_rule_of_another_record_type(save_intake, administrator, now):
    make_workstream("Cases", type="record")
    email = RecordType.objects.get(name="email")

    with pytest.raises(InvalidRules):
        save_intake_rules(
            rules=[{"name": "All", "workstream": "Cases"}],
            record_type=email,
            by=administrator,
            now=now,
        )


def test_a_record_type_has_at_most_a_hundred_intake_rules(save_intake):
    make_workstream("Cases", type="record")
    make_workstream("Mails", type="record", record_type=RecordType.objects.get(name="email"))
    rules = [{"name": f"Rule {number}", "workstream": "Cases"} for number in range(100)]
    save_intake([*rules, {"name": "Rule 1", "workstream": "Mails"}])

    with pytest.raises(InvalidRules):
        save_intake([*rules, {"name": "One more", "workstream": "Cases"}])

    assert len(all_intake_rules()) == 101


def test_two_record_types_are_saved_at_once_without_a_conflict(administrator, now):
    cases, mails = (RecordType.objects.get(name=name) for name in ("case", "email"))
    make_workstream("Cases", type="record")
    make_workstream("Mails", type="record", record_type=mails)
    for record_type, workstream in ((cases, "Cases"), (mails, "Mails"), (cases, "Cases")):
        shown = rule_list(RulesetKind.INTAKE, None, record_type).revision
        save_intake_rules(
            rules=[{"name": "All", "workstream": workstream}],
            record_type=record_type,
            revision=shown,
            by=administrator,
            now=now,
        )

    assert rule_list(RulesetKind.INTAKE, None, cases).revision == 2
    assert rule_list(RulesetKind.INTAKE, None, mails).revision == 1
