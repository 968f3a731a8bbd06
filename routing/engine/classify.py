"""Work classification: rulesets in order, the first matching rule of each writes its outputs.

A ruleset of machine learning writes what its model predicts; the model is asked through a
function, so that deciding stays pure and a stored prediction can stand in for it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from routing.engine.conditions.fields import write
from routing.engine.configuration import Outputs, Rule, Ruleset
from routing.engine.decisions import Classification, Prediction, RuleOutcome, RulesetOutcome
from routing.engine.facts import RequiredSkill
from routing.engine.screen import RuleList
from routing.terms import RuleResult, RuleType

# Given a ruleset of machine learning and the fields as they stand.
Predict = Callable[[Ruleset, Mapping[str, Any]], Prediction]


@dataclass(kw_only=True, slots=True)
class _Draft:
    """The item while rulesets write to it; later rulesets read what earlier ones wrote."""

    fields: dict[str, Any]
    priority: int
    skills: tuple[RequiredSkill, ...]
    profiles: tuple[str, ...]


def ask_nobody(ruleset: Ruleset, fields: Mapping[str, Any]) -> Prediction:
    """Where no model can be asked."""
    return Prediction(sentence="Not predicted", note="No model was asked.")


def classify(
    rulesets: Sequence[Ruleset],
    fields: Mapping[str, Any],
    *,
    now: datetime,
    skills: Sequence[RequiredSkill] = (),
    profiles: Sequence[str] = (),
    priority: int = 0,
    predict: Predict = ask_nobody,
) -> Classification:
    """Run all rulesets. `skills` and `profiles` are those the item has: outputs are appended."""
    draft = _Draft(
        fields=dict(fields), priority=priority, skills=tuple(skills), profiles=tuple(profiles)
    )
    _show(draft)
    stages = tuple(_run(ruleset, draft, now, predict) for ruleset in rulesets)
    return Classification(
        fields=draft.fields,
        priority=draft.priority,
        skills=draft.skills,
        profiles=draft.profiles,
        stages=stages,
    )


def append_skills(
    held: Sequence[RequiredSkill], added: Sequence[RequiredSkill]
) -> tuple[RequiredSkill, ...]:
    """Skills in order, each once; a later rating for the same skill replaces the earlier."""
    by_name = {skill.skill: skill for skill in held}
    by_name.update({skill.skill: skill for skill in added})
    return tuple(by_name.values())


def _run(ruleset: Ruleset, draft: _Draft, now: datetime, predict: Predict) -> RulesetOutcome:
    if ruleset.type is not RuleType.LOGICAL:
        return _predicted(ruleset, draft, predict(ruleset, draft.fields))
    rules = RuleList.of(ruleset.rules)
    outcomes = list(rules.outcomes(RuleResult.PROCESSED))
    for place, rule in rules.to_test(draft.fields):
        outcomes[place] = _tested(rule, draft, now)
        if outcomes[place].result is RuleResult.APPLIED:
            outcomes[place + 1 :] = rules.outcomes(RuleResult.NOT_PROCESSED)[place + 1 :]
            break
    return RulesetOutcome(name=ruleset.name, kind=ruleset.kind, rules=tuple(outcomes))


def _predicted(ruleset: Ruleset, draft: _Draft, prediction: Prediction) -> RulesetOutcome:
    writes = bool(prediction.skills or prediction.values)
    if writes:
        _apply(Outputs(values=prediction.values, skills=_new(prediction.skills, draft)), draft)
    outcome = RuleOutcome(
        name=prediction.sentence,
        result=RuleResult.APPLIED if writes else RuleResult.PROCESSED,
        note=prediction.note,
    )
    return RulesetOutcome(
        name=ruleset.name, kind=ruleset.kind, rules=(outcome,), prediction=prediction.said
    )


def _new(skills: Sequence[RequiredSkill], draft: _Draft) -> tuple[RequiredSkill, ...]:
    """A predicted skill asks for no rating, so it replaces none that asks for one."""
    held = {skill.skill for skill in draft.skills}
    return tuple(skill for skill in skills if skill.skill not in held)


def _tested(rule: Rule, draft: _Draft, now: datetime) -> RuleOutcome:
    notes: list[str] = []
    matched = rule.when.matches(draft.fields, now, notes)
    if matched:
        _apply(rule.then, draft)
    result = RuleResult.APPLIED if matched else RuleResult.PROCESSED
    return RuleOutcome(name=rule.name, result=result, note="; ".join(notes))


def _apply(outputs: Outputs, draft: _Draft) -> None:
    for path, value in outputs.values:
        write(draft.fields, path, value)
    draft.skills = append_skills(draft.skills, outputs.skills)
    draft.profiles = tuple(dict.fromkeys((*draft.profiles, *outputs.capacity_profiles)))
    draft.priority = _priority(outputs, draft)
    _show(draft)


def _priority(outputs: Outputs, draft: _Draft) -> int:
    """The rule's own priority, else one it set as a field, else what the item had."""
    written = dict(outputs.values).get("priority")
    if outputs.priority is not None:
        return outputs.priority
    return written if isinstance(written, int) else draft.priority


def _show(draft: _Draft) -> None:
    """Let conditions of later rulesets see the skills and the priority."""
    draft.fields["skills"] = [skill.skill for skill in draft.skills]
    draft.fields["priority"] = draft.priority
