"""What stands against saving rules: every fault with its path."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from agents.models import CapacityProfile, Skill
from routing.check_learning import learned_faults, list_faults, type_of
from routing.engine.conditions import (
    MAXIMUM_FIELD,
    NOT_STORABLE,
    Finding,
    check_condition,
    is_storable,
    is_writable,
)
from routing.models import LearnedModel
from routing.terms import RulesetKind, RuleType
from workstreams.models import Queue, RecordType, Workstream
from workstreams.overflow import pair_faults
from workstreams.terms import WorkstreamType

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
MAXIMUM_OUTPUTS: Final = 5
MAXIMUM_QUEUES: Final = 5
MAXIMUM_PRIORITY: Final = 32_767
MAXIMUM_TEXT: Final = 1000
# The first rule that matches is applied, so one without outputs would only switch off the rest.
NOTHING_IS_SET: Final = (
    "Say what the rule sets: a field, a skill, a capacity profile or a priority."
)


@dataclass(frozen=True, kw_only=True)
class Known:
    """The rows that rules may name, by lower-case name."""

    queues: Mapping[str, Queue]
    skills: Mapping[str, Skill]
    profiles: Mapping[str, CapacityProfile]
    workstreams: Mapping[str, Workstream]
    record_types: Mapping[str, RecordType]
    models: Mapping[str, LearnedModel]


def known_rows(kind: RulesetKind, workstream: Workstream | None) -> Known:
    """Loads only what rules of this kind can name."""
    is_route, is_intake = kind == RulesetKind.ROUTE_TO_QUEUE, kind == RulesetKind.INTAKE
    queues = Queue.objects.filter(type=workstream.type) if workstream and is_route else ()
    classifies = kind == RulesetKind.CLASSIFICATION
    record_workstreams = Workstream.objects.filter(type=WorkstreamType.RECORD)
    return Known(
        queues=_by_name(queues),
        skills=_by_name(Skill.objects.select_related("rating_model") if classifies else ()),
        profiles=_by_name(CapacityProfile.objects.all() if classifies else ()),
        workstreams=_by_name(record_workstreams.select_related("record_type") if is_intake else ()),
        record_types=_by_name(RecordType.objects.all() if is_intake else ()),
        models=_by_name(LearnedModel.objects.all() if classifies else ()),
    )


def check_rulesets(kind: RulesetKind, rulesets: Any, known: Known) -> list[Finding]:
    """All faults of the rulesets; documents may be anything that JSON can be."""
    if not isinstance(rulesets, list):
        return [_finding("", "Send a list.")]
    if len(rulesets) > MAXIMUM_RULESETS:
        return [_finding("", f"There are at most {MAXIMUM_RULESETS} rulesets.")]
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
        yield _finding(path, "A rule is an object.")
        return
    yield from _name_faults(rule, f"{path}.name")
    yield from check_condition(rule.get("when"), f"{path}.when")
    yield from OUTPUT_CHECKS[kind](rule, path, known)


def _ruleset_faults(kind: RulesetKind, ruleset: Any, path: str, known: Known) -> Iterator[Finding]:
    if not isinstance(ruleset, dict):
        yield _finding(path, "A ruleset is an object.")
        return
    yield from _name_faults(ruleset, f"{path}.name")
    rule_type = type_of(ruleset)
    if rule_type is None or (rule_type != RuleType.LOGICAL and kind != RulesetKind.CLASSIFICATION):
        yield _finding(f"{path}.kind", f"Should be one of {', '.join(RuleType)}.")
        return
    if rule_type is not RuleType.LOGICAL:
        yield from learned_faults(ruleset, rule_type, path, known.models)
        return
    rules = ruleset.get("rules") or []
    if not isinstance(rules, list):
        yield _finding(f"{path}.rules", "Send a list of rules.")
    elif kind == RulesetKind.INTAKE:
        yield from _number_faults(rules, f"{path}.rules", known)
        yield from _rules_faults(kind, rules, f"{path}.rules", known)
    elif len(rules) > (most := MAXIMUM_RULES[kind]):
        yield _finding(f"{path}.rules", f"{LISTS[kind]} at most {most} rules.")
    else:
        yield from _rules_faults(kind, rules, f"{path}.rules", known)


def _number_faults(rules: list[Any], path: str, known: Known) -> Iterator[Finding]:
    """Each record type has a list of its own, and that has its limit."""
    most = MAXIMUM_RULES[RulesetKind.INTAKE]
    counts = Counter(record_type_of(rule, known) for rule in rules)
    for record_type in known.record_types.values():
        if counts[record_type.pk] > most:
            sentence = f"{record_type} records have at most {most} intake rules."
            yield _finding(path, sentence)


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
            yield _finding(f"{path}.{index}.name", sentence)
        names |= {name} if name[1] else set()


def record_type_of(rule: Any, known: Known) -> int | None:
    """Whose intake rule it is: that of the workstream's record type."""
    workstream = _look_up(known.workstreams, rule.get("workstream") if _is_object(rule) else None)
    return workstream.record_type_id if workstream is not None else None


def comparable_name(rule: Any) -> str:
    """The name as two rules of one ruleset may not share it; empty where there is none."""
    name = rule.get("name") if isinstance(rule, dict) else None
    return name.strip().casefold() if isinstance(name, str) else ""


def _name_faults(document: dict[str, Any], path: str) -> Iterator[Finding]:
    name = document.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > 100:
        yield _finding(path, "A name has 1 to 100 characters.")
    elif not is_storable(name):
        yield _finding(path, NOT_STORABLE)


def _classification_faults(rule: dict[str, Any], path: str, known: Known) -> Iterator[Finding]:
    then = rule.get("then") or {}
    if not isinstance(then, dict):
        yield _finding(f"{path}.then", "The outputs are an object.")
        return
    for unknown in sorted(then.keys() - {"set", "skills", "capacity_profiles", "priority"}):
        yield _finding(f"{path}.then.{unknown}", f"There is no output {unknown}.")
    yield from _set_faults(then.get("set") or {}, f"{path}.then.set")
    yield from _skill_faults(then.get("skills") or [], f"{path}.then.skills", known)
    profiles = then.get("capacity_profiles") or []
    yield from _unknown_names(profiles, f"{path}.then.capacity_profiles", known.profiles, "profile")
    priority = then.get("priority")
    if all(value in (None, {}, [], "") for value in then.values()):
        yield _finding(f"{path}.then", NOTHING_IS_SET)
    if priority is not None and not _is_whole(priority, 0, MAXIMUM_PRIORITY):
        yield _finding(f"{path}.then.priority", "A priority is a whole number from 0.")


def _set_faults(values: Any, path: str) -> Iterator[Finding]:
    if not isinstance(values, dict):
        yield _finding(path, "What is set is an object of fields and values.")
        return
    if len(values) > MAXIMUM_OUTPUTS:
        yield _finding(path, f"A rule sets at most {MAXIMUM_OUTPUTS} fields.")
    for field, value in values.items():
        if len(field) > MAXIMUM_FIELD or not is_storable(field):
            yield _finding(path, f"The name of a field has at most {MAXIMUM_FIELD} characters.")
        elif not is_writable(field):
            yield _finding(f"{path}.{field}", f"The field {field} cannot be set.")
        elif field == "priority" and not _is_whole(value, 0, MAXIMUM_PRIORITY):
            yield _finding(f"{path}.{field}", "A priority is a whole number from 0.")
        elif (
            not isinstance(value, str | int | float | bool | None) or len(str(value)) > MAXIMUM_TEXT
        ):
            yield _finding(f"{path}.{field}", "A value is a text, a number, or true or false.")
        elif not is_storable(value):
            yield _finding(f"{path}.{field}", NOT_STORABLE)


def _skill_faults(skills: Any, path: str, known: Known) -> Iterator[Finding]:
    if not isinstance(skills, list) or not all(isinstance(each, dict) for each in skills):
        yield _finding(path, "Skills are a list of skill and rating.")
        return
    for index, required in enumerate(skills):
        skill = _look_up(known.skills, required.get("skill"))
        if skill is None:
            yield _finding(f"{path}.{index}.skill", f"There is no skill {required.get('skill')}.")
            continue
        model, rating = skill.rating_model, required.get("rating")
        if rating is not None and not _is_whole(rating, model.minimum, model.maximum):
            sentence = f"{skill} is rated from {model.minimum} to {model.maximum}."
            yield _finding(f"{path}.{index}.rating", sentence)


def _route_faults(rule: dict[str, Any], path: str, known: Known) -> Iterator[Finding]:
    yield from _overflow_faults(rule, f"{path}.overflow", known)
    shares, path = rule.get("queues"), f"{path}.queues"
    if not isinstance(shares, list) or not all(isinstance(each, dict) for each in shares):
        yield _finding(path, "The queues are a list of queue and percent.")
        return
    if not 1 <= len(shares) <= MAXIMUM_QUEUES:
        yield _finding(path, f"A rule has 1 to {MAXIMUM_QUEUES} queues.")
    names: set[str] = set()
    for index, share in enumerate(shares):
        name = str(share.get("queue")).lower()
        if name in names:
            yield _finding(f"{path}.{index}.queue", "Each queue can be chosen once.")
        names.add(name)
        if _look_up(known.queues, share.get("queue")) is None:
            sentence = f"There is no queue {share.get('queue')} of this workstream's type."
            yield _finding(f"{path}.{index}.queue", sentence)
    percents = [share.get("percent", 100) for share in shares]
    if not all(_is_whole(percent, 1, 100) for percent in percents):
        yield _finding(path, "A share is a whole number of per cent from 1 to 100.")
    elif percents and sum(percents) != 100:
        yield _finding(path, f"The shares make {sum(percents)} %. They have to make 100 %.")


def _overflow_faults(rule: dict[str, Any], path: str, known: Known) -> Iterator[Finding]:
    pairs = rule.get("overflow")
    if pairs is None:
        return
    if not isinstance(pairs, list) or not all(isinstance(each, dict) for each in pairs):
        yield _finding(path, "Overflow is a list of condition, threshold, action and queue.")
        return
    for index, pair in enumerate(pairs):
        for key in sorted(pair.keys() - {"condition", "threshold", "action", "queue"}):
            yield _finding(f"{path}.{index}.{key}", f"There is no field {key} here.")
    types = {queue.type for queue in known.queues.values()}
    if not types:
        return
    faults = pair_faults(
        pairs, type=types.pop(), type_of=lambda name: _type_of(_look_up(known.queues, name))
    )
    for index, key, sentence in faults:
        yield _finding(f"{path}.{index}.{key}", sentence)


def _type_of(queue: Queue | None) -> str | None:
    return queue.type if queue else None


def _intake_faults(rule: dict[str, Any], path: str, known: Known) -> Iterator[Finding]:
    workstream = _look_up(known.workstreams, rule.get("workstream"))
    if workstream is None:
        sentence = f"There is no record workstream {rule.get('workstream')}."
        yield _finding(f"{path}.workstream", sentence)
        return
    name = rule.get("record_type")
    if not name:
        return
    record_type = _look_up(known.record_types, name)
    if record_type is None:
        yield _finding(f"{path}.record_type", f"There is no record type {name}.")
    elif record_type.pk != workstream.record_type_id:
        sentence = f"{workstream} takes other records ({workstream.record_type})."
        yield _finding(f"{path}.record_type", sentence)


OUTPUT_CHECKS: Final = {
    RulesetKind.CLASSIFICATION: _classification_faults,
    RulesetKind.ROUTE_TO_QUEUE: _route_faults,
    RulesetKind.INTAKE: _intake_faults,
}


def _unknown_names(names: Any, path: str, rows: Mapping[str, Any], noun: str) -> Iterator[Finding]:
    if not isinstance(names, list):
        yield _finding(path, "Send a list of names.")
        return
    for index, name in enumerate(names):
        if _look_up(rows, name) is None:
            yield _finding(f"{path}.{index}", f"There is no capacity {noun} {name}.")


def _look_up(rows: Mapping[str, Any], name: Any) -> Any:
    return rows.get(name.lower()) if isinstance(name, str) else None


def _by_name(rows: Any) -> dict[str, Any]:
    return {row.name.lower(): row for row in rows}


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_whole(value: Any, lowest: int, highest: int) -> bool:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return is_whole and lowest <= value <= highest


def _finding(path: str, message: str) -> Finding:
    return Finding(path=path, message=message)
