"""Results, stages and tests of decisions in words."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import template

from routing.engine.explain.method import number_in_words
from routing.engine.explain.said import Said
from routing.queries.agent_names import agent_names
from routing.terms import LABELS, RuleResult

register = template.Library()

RESULT_LOOKS: Final[dict[str, tuple[str, str]]] = {
    RuleResult.NOT_PROCESSED: ("neutral", "circle-dashed"),
    RuleResult.PROCESSED: ("neutral", "circle"),
    RuleResult.MATCHED: ("yellow", "check"),
    RuleResult.APPLIED: ("green", "success"),
}
STAGES: Final[dict[str, tuple[str, str]]] = {
    "intake": ("Intake", "filter"),
    "classification": ("Work classification", "rules"),
    "route_to_queue": ("Route to queue", "split"),
    "overflow": ("Overflow while waiting", "transfer"),
    "assignment": ("Assignment", "assign"),
}
# Which rules of a stage act (A 23: the hit policy).
POLICIES: Final[dict[str, str]] = {
    "intake": "The first rule that matches acts.",
    "classification": "In each ruleset the first rule that matches acts.",
    "route_to_queue": "Every rule is looked at; the first whose queue does not overflow acts.",
}
# What the links to decisions that can be made again are called.
AGAIN: Final[dict[str, str]] = {
    "intake": "The intake rules",
    "routing": "Rule by rule",
    "overflow": "The overflow while waiting",
    "assignment": "The assignment",
}
# The predicates of the engine, by the names it prints.
TESTS: Final[dict[str, str]] = {
    "is_member": "Not a member of the queue",
    "is_enabled": "Disabled for routing",
    "presence_is_allowed": "Presence not allowed",
    "has_room": "No room",
    "has_every_skill": "Lacks a required skill",
    "has_not_declined_too_often": "Has declined or just had it",
    "presence_is_known": "Presence unknown",
    "is_working": "Outside the working hours",
    "meets_an_assignment_rule": "Meets no assignment rule",
    "no_stricter_rule_has_agents": "Meets a later rule only",
}


@register.inclusion_tag("_components/badge.html")
def result_badge(result: str) -> dict[str, str]:
    """What became of a rule."""
    colour, icon = RESULT_LOOKS.get(result, ("neutral", "info"))
    return {"text": result_words(result), "colour": colour, "icon": icon}


@register.filter
def result_words(result: str) -> str:
    """A rule's result, also of decisions that a later release wrote."""
    known = result in list(RuleResult)
    return LABELS[RuleResult(result)] if known else str(result).replace("_", " ")


@register.simple_tag
def names_in(explained: Mapping[str, Any], sentence: str = "") -> dict[str, str]:
    """Display names of the agents an explanation, and a sentence beside it, speaks of; 1 query."""
    return agent_names(explained, sentence)


@register.filter
def named(username: str, names: Mapping[str, str]) -> str:
    """The name of who has this username, or the username of who is gone."""
    return names.get(username, username)


@register.filter
def with_names(sentence: str, names: Mapping[str, str]) -> str:
    """A sentence with the names of the agents it speaks of."""
    return sentence.with_names(names) if isinstance(sentence, Said) else sentence


@register.filter
def stage_words(stage: str) -> str:
    """The name of a stage of the pipeline."""
    return STAGES.get(stage, (str(stage).replace("_", " ").capitalize(), ""))[0]


@register.filter
def stage_policy(stage: str) -> str:
    """Which of its rules act."""
    return POLICIES.get(stage, "")


@register.filter
def stage_icon(stage: str) -> str:
    """Its icon."""
    return STAGES.get(stage, ("", "info"))[1]


@register.filter
def made_again(decisions: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Decisions with the name of the page that makes each again; what a person decided has
    none."""
    return [
        {**each, "again": AGAIN.get(each["stage"])}
        for each in decisions
        if not each["is_by_person"]
    ]


@register.filter
def compared_words(numbers: Iterable[str]) -> str:
    """What was compared: ``room, last assignment``."""
    return ", ".join(_words(each) for each in numbers)


@register.filter
def test_words(test: str | None) -> str:
    """The first test that an agent failed."""
    return TESTS.get(test, test.replace("_", " ").capitalize()) if test else ""


@register.filter
def pairs(numbers: Any) -> str:
    """Numbers of a decision: ``room 2, rank 1``."""
    if not isinstance(numbers, dict):
        return ""
    said = [_failed_rule(rule) for rule in numbers.get("rules") or () if isinstance(rule, dict)]
    said += [
        f"{_words(name)} {_short(name, value)}"
        for name, value in numbers.items()
        if name not in ("rules", "bucket")
    ]
    return "; ".join(said) if "rules" in numbers else ", ".join(said)


def _failed_rule(rule: Mapping[str, Any]) -> str:
    """What an assignment rule asked in vain: ``“German” asks: language equals de (has fr)``."""
    has = _short("has", rule["has"]) if "has" in rule else ""
    wanted = f", wanted {_short('wanted', rule['wanted'])}" if "wanted" in rule else ""
    note = f"; {rule['note']}" if "note" in rule else ""
    numbers = f" (has {has}{wanted}{note})" if has else ""
    return f"“{rule.get('rule')}” asks: {rule.get('asks')}{numbers}"


def _short(name: str, value: Any) -> str:
    """One number as people write it, lists in words."""
    if isinstance(value, list):
        return " or ".join(_words(each) for each in value) or "none"
    return number_in_words(name, value).replace("_", " ")


def _words(value: Any) -> str:
    return str(value).replace("_", " ").removesuffix(" at")
