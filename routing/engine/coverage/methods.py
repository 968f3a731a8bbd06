"""Assignment methods: rules that never decide, rulesets nobody chooses, names of nothing."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from routing.engine.configuration import CompiledConfiguration
from routing.engine.coverage.finding import Finding, Severity
from routing.engine.coverage.unreachable import Looked, looked_at, unreachable
from routing.engine.methods.condition import rows_of
from routing.engine.methods.people import EXACT_MATCH, OWN_OPERATORS
from routing.engine.methods.shapes import CustomMethod, Step
from workstreams.terms import AssignmentMethodName

CONTRADICTORY: Final = "“{rule}” can never match: its conditions contradict each other."
SHADOWED: Final = "“{rule}” never decides: whoever meets it meets “{earlier}” before it."
NEVER_CHOSEN: Final = (
    "The ruleset “{ruleset}” is never used: no criterion chooses it, and it is not the first."
)
NO_PRESENCE: Final = (
    "The rule “{rule}” does not ask for presence: who is away or offline gets work by it, too."
)
NO_SKILL: Final = "The rule “{rule}” names no skill there is: {name}."
NO_TYPE: Final = "The rule “{rule}” names no skill type there is: {name}."
NO_METHOD: Final = "Its assignment method is not there: {name}. Highest capacity decides instead."
NAMED: Final = ("contains", "not_contains", "in", "not_in")

Tell = Callable[[str, str, str], Finding]


@dataclass(frozen=True, kw_only=True, slots=True)
class _When:
    """A condition about agents as one about items."""

    source: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class _StandIn:
    when: _When


def unknown_methods(configuration: CompiledConfiguration) -> Iterator[Finding]:
    """Queues whose method is neither built in nor there."""
    known = {*AssignmentMethodName, *configuration.methods}
    for queue in configuration.queues.values():
        if queue.assignment_method not in known:
            yield Finding(
                check="unknown-method",
                severity=Severity.ERROR,
                kind="queue",
                object_id=queue.id,
                name=queue.name,
                sentence=NO_METHOD.format(name=queue.assignment_method),
                path="assignment_method",
            )


def method_warnings(
    method: CustomMethod, configuration: CompiledConfiguration
) -> Iterator[Finding]:
    """All that is doubtful about one method."""

    def tell(check: str, sentence: str, path: str) -> Finding:
        return Finding(
            check=check,
            severity=Severity.WARNING,
            kind="assignment_method",
            object_id=method.id,
            name=method.name,
            sentence=sentence,
            path=path,
        )

    for path, entries in (
        ("prioritization", method.prioritization),
        ("selection", method.selection),
    ):
        looked = [looked_at(each) for each in entries]  # type: ignore[arg-type]  # only its condition is asked
        yield from _dead(entries, looked, path, tell)
    chosen = {0, *(criterion.ruleset for criterion in method.selection)}
    for index, ruleset in enumerate(method.rulesets):
        if index not in chosen:
            sentence = NEVER_CHOSEN.format(ruleset=ruleset.name)
            yield tell("ruleset-never-used", sentence, f"rulesets.{index}")
        path = f"rulesets.{index}.rules"
        whens = [_When(source=_item(step.when.source)) for step in ruleset.steps]
        stand_ins = [_StandIn(when=when) for when in whens]
        looked = [looked_at(each) for each in stand_ins]  # type: ignore[arg-type]  # as above
        yield from _dead(ruleset.steps, looked, path, tell)
        for number, step in enumerate(ruleset.steps):
            yield from _doubts(step, f"{path}.{number}", configuration, tell)


def _dead(
    entries: Sequence[Any], looked: Sequence[Looked], path: str, tell: Tell
) -> Iterator[Finding]:
    for each in unreachable(looked):
        name, place = entries[each.index].name, f"{path}.{each.index}"
        if each.shadowed_by is None:
            yield tell("contradictory-rule", CONTRADICTORY.format(rule=name), place)
        else:
            earlier = entries[each.shadowed_by].name
            yield tell("shadowed-rule", SHADOWED.format(rule=name, earlier=earlier), place)


def _doubts(
    step: Step, path: str, configuration: CompiledConfiguration, tell: Tell
) -> Iterator[Finding]:
    rows = list(rows_of(step.when.source))
    if not any(row["field"] == "agent.presence" for row in rows):
        yield tell("no-presence", NO_PRESENCE.format(rule=step.name), path)
    skills = {name.casefold() for name in configuration.skills}
    types = {(skill.type or "").casefold() for skill in configuration.skills.values()}
    for row in rows:
        value = row.get("value")
        if row["field"] != "agent.skills" or not value:
            continue
        if row["op"] == EXACT_MATCH and str(value).casefold() not in types:
            yield tell("unknown-type", NO_TYPE.format(rule=step.name, name=value), path)
        for name in (value if isinstance(value, list) else [value]) if row["op"] in NAMED else ():
            if str(name).casefold() not in skills:
                yield tell("unknown-skill", NO_SKILL.format(rule=step.name, name=name), path)
    for order in step.order:
        if order.skill_type and order.skill_type.casefold() not in types:
            yield tell("unknown-type", NO_TYPE.format(rule=step.name, name=order.skill_type), path)


def _item(source: Mapping[str, Any]) -> dict[str, Any]:
    """Rows that compare one value with constants as they are; each other one as a question of its
    own, so that only the very same row follows from it."""
    if "field" not in source:
        return {
            key: [_item(each) for each in inside] if isinstance(inside, list) else _item(inside)
            for key, inside in source.items()
        }
    is_plain = source["op"] not in OWN_OPERATORS and "item" not in source
    if is_plain and source["field"] != "agent.skills":
        return dict(source)
    return {"field": json.dumps(source, sort_keys=True), "op": "equals", "value": "yes"}
