"""Rules out of their JSON."""

from collections.abc import Iterable, Mapping
from typing import Any

from routing.engine.conditions import ConditionError, compile_condition, is_writable
from routing.engine.configuration.rules import (
    IntakeRule,
    Outputs,
    OverflowPair,
    RouteRule,
    Rule,
    Ruleset,
    Share,
)
from routing.engine.facts import RequiredSkill
from routing.engine.screen import RuleList
from routing.terms import RulesetKind, RuleType
from workstreams.terms import OverflowAction, OverflowCondition

Document = Mapping[str, Any]


def compile_ruleset(document: Document, path: str) -> Ruleset:
    """A classification ruleset."""
    rules = document.get("rules") or ()
    return Ruleset(
        name=document["name"],
        kind=RulesetKind.CLASSIFICATION,
        rules=RuleList(_rule(rule, f"{path}.rules.{index}") for index, rule in enumerate(rules)),
        type=RuleType(document.get("kind") or RuleType.LOGICAL),
        model=document.get("model"),
        inputs=tuple(document.get("inputs") or ()),
    )


def compile_route_rule(document: Document, path: str) -> RouteRule:
    """A route-to-queue rule."""
    overflow = document.get("overflow")
    return RouteRule(
        name=document["name"],
        when=compile_condition(document.get("when"), f"{path}.when"),
        shares=tuple(
            Share(queue=share["queue"], percent=share.get("percent", 100))
            for share in document["queues"]
        ),
        overflow=None if overflow is None else compile_overflow(overflow),
    )


def compile_overflow(pairs: Iterable[Any]) -> tuple[OverflowPair, ...]:
    """Overflow pairs in their defined order. Versions of the time before rules could overflow may
    hold anything there, and it did nothing."""
    return tuple(
        OverflowPair(
            condition=OverflowCondition(pair["condition"]),
            action=OverflowAction(pair["action"]),
            threshold=pair.get("threshold"),
            queue=pair.get("queue"),
        )
        for pair in pairs
        if isinstance(pair, Mapping)
        and pair.get("condition") in list(OverflowCondition)
        and pair.get("action") in list(OverflowAction)
    )


def compile_intake(document: Any) -> tuple[IntakeRule, ...]:
    """The ordered intake rules: a list, or a piece that holds one under "rules"."""
    rules = document.get("rules", ()) if isinstance(document, Mapping) else document
    return tuple(_intake_rule(rule, f"intake.{index}") for index, rule in enumerate(rules))


def required_skill(document: Document) -> RequiredSkill:
    """A skill with the rating it asks for."""
    return RequiredSkill(skill=document["skill"], rating=document.get("rating"))


def _rule(document: Document, path: str) -> Rule:
    return Rule(
        name=document["name"],
        when=compile_condition(document.get("when"), f"{path}.when"),
        then=_outputs(document.get("then") or {}, f"{path}.then"),
    )


def _outputs(document: Document, path: str) -> Outputs:
    values = document.get("set") or {}
    for name in values:
        if not is_writable(name):
            raise ConditionError(f"{path}.set", f"The field {name!r} cannot be set.")
    return Outputs(
        values=tuple(values.items()),
        skills=tuple(required_skill(skill) for skill in document.get("skills") or ()),
        capacity_profiles=tuple(document.get("capacity_profiles") or ()),
        priority=document.get("priority"),
    )


def _intake_rule(document: Document, path: str) -> IntakeRule:
    return IntakeRule(
        name=document["name"],
        record_type=document.get("record_type") or None,
        when=compile_condition(document.get("when"), f"{path}.when"),
        workstream=document["workstream"],
    )
