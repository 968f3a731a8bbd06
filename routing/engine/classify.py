"""Work classification: rulesets in order, the first matching rule of each writes its outputs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from routing.engine.conditions.fields import write
from routing.engine.configuration import Outputs, Rule, Ruleset
from routing.engine.decisions import Classification, RuleOutcome, RulesetOutcome
from routing.engine.facts import RequiredSkill
from routing.engine.screen import RuleList
from routing.terms import RuleResult


@dataclass(kw_only=True, slots=True)
class _Draft:
    """The item while rulesets write to it; later rulesets read what earlier ones wrote."""

    fields: dict[str, Any]
    priority: int
    skills: tuple[RequiredSkill, ...]
    profiles: tuple[str, ...]


def classify(
    rulesets: Sequence[Ruleset],
    fields: Mapping[str, Any],
    *,
    now: datetime,
    skills: Sequence[RequiredSkill] = (),
    profiles: Sequence[str] = (),
    priority: int = 0,
) -> Classification:
    """Run all rulesets. `skills` and `profiles` are those the item has: outputs are appended."""
    draft = _Draft(
        fields=dict(fields), priority=priority, skills=tuple(skills), profiles=tuple(profiles)
    )
    _show(draft)
    stages = tuple(_run(ruleset, draft, now) for ruleset in rulesets)
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


def _run(ruleset: Ruleset, draft: _Draft, now: datetime) -> RulesetOutcome:
    rules = RuleList.of(ruleset.rules)
    outcomes = list(rules.outcomes(RuleResult.PROCESSED))
    for place, rule in rules.to_test(draft.fields):
        outcomes[place] = _tested(rule, draft, now)
        if outcomes[place].result is RuleResult.APPLIED:
            outcomes[place + 1 :] = rules.outcomes(RuleResult.NOT_PROCESSED)[place + 1 :]
            break
    return RulesetOutcome(name=ruleset.name, kind=ruleset.kind, rules=tuple(outcomes))


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
