"""Whole lists of rules: how many, under which names, each with its condition and outputs."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from routing.check_learning import learned_faults, list_faults, type_of
from routing.check_rules.classification import classification_faults
from routing.check_rules.intake import intake_faults, record_type_of
from routing.check_rules.known import Known, finding
from routing.check_rules.route_to_queue import route_faults
from routing.engine.conditions import NOT_STORABLE, Finding, check_condition, is_storable
from routing.terms import RulesetKind, RuleType

MAXIMUM_RULESETS: Final = 10
MAXIMUM_RULES: Final = {
    RulesetKind.INTAKE: 100,
    RulesetKind.CLASSIFICATION: 100,
    RulesetKind.ROUTE_TO_QUEUE: 200,
}
LISTS: Final = {
    RulesetKind.CLASSIFICATION: "A ruleset has",
    RulesetKind.ROUTE_TO_QUEUE: "A workstream routes by",
}
OUTPUT_CHECKS: Final = {
    RulesetKind.CLASSIFICATION: classification_faults,
    RulesetKind.ROUTE_TO_QUEUE: route_faults,
    RulesetKind.INTAKE: intake_faults,
}


def check_rulesets(kind: RulesetKind, rulesets: Any, known: Known) -> list[Finding]:
    """All faults of the rulesets; documents may be anything that JSON can be."""
    if not isinstance(rulesets, list):
        return [finding("", "Send a list.")]
    if len(rulesets) > MAXIMUM_RULESETS:
        return [finding("", f"There are at most {MAXIMUM_RULESETS} rulesets.")]
    return [
        *list_faults(rulesets),
        *(
            finding
            for index, ruleset in enumerate(rulesets)
            for finding in _ruleset_faults(kind, ruleset, str(index), known)
        ),
    ]


def check_rule(kind: RulesetKind, rule: Any, path: str, known: Known) -> Iterator[Finding]:
    """The faults of one rule."""
    if not isinstance(rule, dict):
        yield finding(path, "A rule is an object.")
        return
    yield from _name_faults(rule, f"{path}.name")
    yield from check_condition(rule.get("when"), f"{path}.when")
    yield from OUTPUT_CHECKS[kind](rule, path, known)


def _ruleset_faults(kind: RulesetKind, ruleset: Any, path: str, known: Known) -> Iterator[Finding]:
    if not isinstance(ruleset, dict):
        yield finding(path, "A ruleset is an object.")
        return
    yield from _name_faults(ruleset, f"{path}.name")
    rule_type = type_of(ruleset)
    if rule_type is None or (rule_type != RuleType.LOGICAL and kind != RulesetKind.CLASSIFICATION):
        yield finding(f"{path}.kind", f"Should be one of {', '.join(RuleType)}.")
        return
    if rule_type is not RuleType.LOGICAL:
        yield from learned_faults(ruleset, rule_type, path, known.models)
        return
    rules = ruleset.get("rules") or []
    if not isinstance(rules, list):
        yield finding(f"{path}.rules", "Send a list of rules.")
    elif kind == RulesetKind.INTAKE:
        yield from _number_faults(rules, f"{path}.rules", known)
        yield from _rules_faults(kind, rules, f"{path}.rules", known)
    elif len(rules) > (most := MAXIMUM_RULES[kind]):
        yield finding(f"{path}.rules", f"{LISTS[kind]} at most {most} rules.")
    else:
        yield from _rules_faults(kind, rules, f"{path}.rules", known)


def _number_faults(rules: list[Any], path: str, known: Known) -> Iterator[Finding]:
    """Each record type has a list of its own, and that has its limit."""
    most = MAXIMUM_RULES[RulesetKind.INTAKE]
    counts = Counter(record_type_of(rule, known) for rule in rules)
    for record_type in known.record_types.values():
        if counts[record_type.pk] > most:
            sentence = f"{record_type} records have at most {most} intake rules."
            yield finding(path, sentence)


def _rules_faults(
    kind: RulesetKind, rules: list[Any], path: str, known: Known
) -> Iterator[Finding]:
    """A name stands once in a ruleset; of intake rules, once in those of a record type."""
    names: set[tuple[int | None, str]] = set()
    for index, rule in enumerate(rules):
        yield from check_rule(kind, rule, f"{path}.{index}", known)
        name = record_type_of(rule, known), comparable_name(rule)
        if name in names:
            sentence = f"Another rule is called “{rule['name'].strip()}”. Choose another name."
            yield finding(f"{path}.{index}.name", sentence)
        names |= {name} if name[1] else set()


def comparable_name(rule: Any) -> str:
    """The name as two rules of one ruleset may not share it; empty where there is none."""
    name = rule.get("name") if isinstance(rule, dict) else None
    return name.strip().casefold() if isinstance(name, str) else ""


def _name_faults(document: dict[str, Any], path: str) -> Iterator[Finding]:
    name = document.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > 100:
        yield finding(path, "A name has 1 to 100 characters.")
    elif not is_storable(name):
        yield finding(path, NOT_STORABLE)
