"""What stands against the outputs of a classification rule."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from routing.check_rules.known import Known, finding, is_whole, look_up
from routing.engine.conditions import (
    MAXIMUM_FIELD,
    NOT_STORABLE,
    Finding,
    is_fixed,
    is_storable,
    is_writable,
)

MAXIMUM_OUTPUTS: Final = 5
MAXIMUM_PRIORITY: Final = 32_767
MAXIMUM_TEXT: Final = 1000
FIXED_FIELD: Final = (
    "Rules cannot set a record's type, number, time of creation, contact or account. Choose another"
    " field, or an attribute."
)
# The first rule that matches is applied, so one without outputs would only switch off the rest.
NOTHING_IS_SET: Final = (
    "Say what the rule sets: a field, a skill, a capacity profile or a priority."
)


def classification_faults(rule: dict[str, Any], path: str, known: Known) -> Iterator[Finding]:
    then = rule.get("then") or {}
    if not isinstance(then, dict):
        yield finding(f"{path}.then", "The outputs are an object.")
        return
    for unknown in sorted(then.keys() - {"set", "skills", "capacity_profiles", "priority"}):
        yield finding(f"{path}.then.{unknown}", f"There is no output {unknown}.")
    yield from _set_faults(then.get("set") or {}, f"{path}.then.set", known)
    yield from _skill_faults(then.get("skills") or [], f"{path}.then.skills", known)
    profiles = then.get("capacity_profiles") or []
    yield from _unknown_names(profiles, f"{path}.then.capacity_profiles", known.profiles, "profile")
    priority = then.get("priority")
    if all(value in (None, {}, [], "") for value in then.values()):
        yield finding(f"{path}.then", NOTHING_IS_SET)
    if priority is not None and not is_whole(priority, 0, MAXIMUM_PRIORITY):
        yield finding(f"{path}.then.priority", "A priority is a whole number from 0.")


def _set_faults(values: Any, path: str, known: Known) -> Iterator[Finding]:
    if not isinstance(values, dict):
        yield finding(path, "What is set is an object of fields and values.")
        return
    if len(values) > MAXIMUM_OUTPUTS:
        yield finding(path, f"A rule sets at most {MAXIMUM_OUTPUTS} fields.")
    for field, value in values.items():
        if len(field) > MAXIMUM_FIELD or not is_storable(field):
            yield finding(path, f"The name of a field has at most {MAXIMUM_FIELD} characters.")
        elif not is_writable(field):
            yield finding(f"{path}.{field}", f"The field {field} cannot be set.")
        elif is_fixed(field) and field not in known.set_before:
            yield finding(f"{path}.{field}", FIXED_FIELD)
        elif field == "priority" and not is_whole(value, 0, MAXIMUM_PRIORITY):
            yield finding(f"{path}.{field}", "A priority is a whole number from 0.")
        elif (
            not isinstance(value, str | int | float | bool | None) or len(str(value)) > MAXIMUM_TEXT
        ):
            yield finding(f"{path}.{field}", "A value is a text, a number, or true or false.")
        elif not is_storable(value):
            yield finding(f"{path}.{field}", NOT_STORABLE)


def _skill_faults(skills: Any, path: str, known: Known) -> Iterator[Finding]:
    if not isinstance(skills, list) or not all(isinstance(each, dict) for each in skills):
        yield finding(path, "Skills are a list of skill and rating.")
        return
    for index, required in enumerate(skills):
        skill = look_up(known.skills, required.get("skill"))
        if skill is None:
            yield finding(f"{path}.{index}.skill", f"There is no skill {required.get('skill')}.")
            continue
        model, rating = skill.rating_model, required.get("rating")
        if rating is not None and not is_whole(rating, model.minimum, model.maximum):
            sentence = f"{skill} is rated from {model.minimum} to {model.maximum}."
            yield finding(f"{path}.{index}.rating", sentence)


def _unknown_names(names: Any, path: str, rows: Mapping[str, Any], noun: str) -> Iterator[Finding]:
    if not isinstance(names, list):
        yield finding(path, "Send a list of names.")
        return
    for index, name in enumerate(names):
        if look_up(rows, name) is None:
            yield finding(f"{path}.{index}", f"There is no capacity {noun} {name}.")
