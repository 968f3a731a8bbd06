"""Intake: the first matching rule picks the workstream of a record."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from routing.engine.configuration import IntakeRule
from routing.engine.decisions import IntakeChoice, RuleOutcome, RulesetOutcome
from routing.terms import RuleResult, RulesetKind

NAME: Final = "Intake rules"


def choose_workstream(
    rules: Sequence[IntakeRule],
    fields: Mapping[str, Any],
    *,
    now: datetime,
    record_type: str | None = None,
) -> IntakeChoice:
    """The workstream by name; None leaves the record unrouted, and it is listed as such."""
    chosen: IntakeRule | None = None
    outcomes: list[RuleOutcome] = []
    for rule in rules:
        outcome = _outcome(rule, fields, now, record_type, is_decided=chosen is not None)
        outcomes.append(outcome)
        if outcome.result is RuleResult.APPLIED:
            chosen = rule
    stage = RulesetOutcome(name=NAME, kind=RulesetKind.INTAKE, rules=tuple(outcomes))
    return IntakeChoice(workstream=chosen.workstream if chosen else None, stages=(stage,))


def _outcome(
    rule: IntakeRule,
    fields: Mapping[str, Any],
    now: datetime,
    record_type: str | None,
    *,
    is_decided: bool,
) -> RuleOutcome:
    if is_decided:
        return RuleOutcome(name=rule.name, result=RuleResult.NOT_PROCESSED)
    notes: list[str] = []
    is_of_type = rule.record_type in (None, record_type)
    matched = is_of_type and rule.when.matches(fields, now, notes)
    result = RuleResult.APPLIED if matched else RuleResult.PROCESSED
    return RuleOutcome(name=rule.name, result=result, note="; ".join(notes))
