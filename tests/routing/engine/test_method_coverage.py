"""What is doubtful about assignment methods."""

import pytest

from routing.engine.coverage.methods import method_warnings, unknown_methods
from tests.routing.engine.methods import a_method, a_rule, row
from tests.routing.engine.situations import a_configuration, a_queue

GOLD = row("context.tier", "equals", "gold")
SILVER = row("context.tier", "equals", "silver")
FRENCH = row("agent.skills", "contains", "French")
LATIN = row("agent.skills", "contains", "Latin")


def said(method, *pieces) -> list[tuple[str, str]]:
    found = method_warnings(method, a_configuration(method, *pieces))
    return [(each.check, each.path) for each in found]


def test_a_usual_method_is_not_doubtful():
    assert said(a_method()) == []


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([a_rule("A"), a_rule("B", FRENCH)], ("shadowed-rule", "rulesets.0.rules.1")),
        (
            [
                a_rule(
                    "A",
                    row("agent.locale", "equals", "de"),
                    row("agent.locale", "equals", "fr"),
                )
            ],
            ("contradictory-rule", "rulesets.0.rules.0"),
        ),
        ([{"name": "A", "when": {}}], ("no-presence", "rulesets.0.rules.0")),
        ([a_rule("A", FRENCH)], ("unknown-skill", "rulesets.0.rules.0")),
        (
            [a_rule("A", row("agent.skills", "exact_match", "Craft"))],
            ("unknown-type", "rulesets.0.rules.0"),
        ),
    ],
)
def test_a_rule_that_cannot_do_what_it_says_is_named(rules, expected):
    assert expected in said(a_method(*rules))


def test_two_skills_do_not_contradict_each_other():
    checks = [check for check, _ in said(a_method(a_rule("Both", FRENCH, LATIN)))]

    assert "contradictory-rule" not in checks


def test_a_ruleset_that_no_criterion_chooses_is_named():
    rulesets = [{"name": name, "rules": [a_rule()]} for name in ("One", "Two", "Three")]
    selection = [{"name": "Gold", "when": GOLD, "ruleset": "Three"}]

    found = said(a_method(rulesets=rulesets, selection=selection))

    assert found == [("ruleset-never-used", "rulesets.1")]


@pytest.mark.parametrize("part", ["prioritization", "selection"])
def test_an_entry_that_an_earlier_one_takes_everything_from_is_named(part):
    entries = [{"name": "All", "when": {}}, {"name": "Gold", "when": GOLD}]
    if part == "selection":
        entries = [{**each, "ruleset": "Everyone"} for each in entries]

    assert said(a_method(**{part: entries})) == [("shadowed-rule", f"{part}.1")]


def test_a_bucket_that_nothing_can_meet_is_named():
    bucket = {"name": "Both", "when": {"all": [GOLD, SILVER]}}

    assert said(a_method(prioritization=[bucket])) == [("contradictory-rule", "prioritization.0")]


def test_a_queue_whose_method_is_not_there_is_an_error():
    [found] = unknown_methods(a_configuration(a_queue(assignment_method="Gone")))

    assert (found.check, found.severity.value, found.kind) == ("unknown-method", "error", "queue")
