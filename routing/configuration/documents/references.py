"""The names by which entries of a document refer to each other: found, and replaced.

One walk serves all who ask: whoever looks for what is missing, renames, or gathers what
a workstream needs passes a function that is given each name, and answers the name to stand there.
Documents may be anything that JSON can be; what does not look like a name is left as it is.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from routing.check_learning import is_learned
from routing.configuration.documents.schema import FIELDS
from routing.engine.methods.attributes import attribute_of, path_of
from routing.engine.methods.people import EXACT_MATCH
from workstreams.terms import AssignmentMethodName

Document = dict[str, Any]
# Given kind, name and path inside the entry; answers the name to stand there.
Rename = Callable[[str, str, str], str]

# A condition on this field compares with names of skills; one that nobody has is no fault.
SKILLS_FIELDS: Final = ("skills", "agent.skills")
COMPARED_SKILL: Final = "compared_skill"
# The hours of an agent are compared by their name, too.
HOURS_FIELD: Final = "agent.hours"
COMPARED_HOURS: Final = "compared_operating_hours"
# What kind of document such a name stands for.
COMPARED_KINDS: Final = {COMPARED_SKILL: "skill", COMPARED_HOURS: "operating_hours"}
# All skills of a type are asked for by its name.
COMPARED_TYPE: Final = "compared_skill_type"


def renamed(kind: str, entry: Mapping[str, Any], rename: Rename) -> Document:
    """The entry with every name that it refers to as ``rename`` answers it."""
    result = dict(entry)
    for key, field in FIELDS[kind].items():
        if field.refers_to and key in result:
            result[key] = _names(result[key], field.refers_to, key, rename)
    for key, walk in WALKS.get(kind, {}).items():
        if key in result:
            result[key] = walk(result[key], key, rename)
    return result


def renamed_intake(rules: Any, rename: Rename) -> Any:
    """The same of the list of intake rules."""
    return _each(rules, "", rename, _intake_rule)


def _names(value: Any, kind: str, path: str, rename: Rename) -> Any:
    if isinstance(value, list):
        return [_names(one, kind, f"{path}.{index}", rename) for index, one in enumerate(value)]
    return rename(kind, value, path) if isinstance(value, str) else value


def _name_at(holder: Document, key: str, kind: str, path: str, rename: Rename) -> None:
    if key in holder:
        holder[key] = _names(holder[key], kind, f"{path}.{key}", rename)


def _each(value: Any, path: str, rename: Rename, walk: Callable[..., Any]) -> Any:
    if not isinstance(value, list):
        return value
    start = f"{path}." if path else ""
    return [
        walk(dict(one), f"{start}{index}", rename) if isinstance(one, Mapping) else one
        for index, one in enumerate(value)
    ]


def _inside(
    holder: Document, key: str, path: str, rename: Rename, walk: Callable[..., Any]
) -> None:
    if isinstance(holder.get(key), Mapping):
        holder[key] = walk(dict(holder[key]), f"{path}.{key}", rename)


def _capacity(value: Any, path: str, rename: Rename) -> Any:
    if not isinstance(value, Mapping):
        return value
    capacity = dict(value)
    _name_at(capacity, "profiles", "capacity_profile", path, rename)
    return capacity


def _classification(value: Any, path: str, rename: Rename) -> Any:
    return _each(value, path, rename, _ruleset)


def _route_to_queue(value: Any, path: str, rename: Rename) -> Any:
    return _each(value, path, rename, _route_rule)


def _ruleset(ruleset: Document, path: str, rename: Rename) -> Document:
    if "rules" in ruleset:
        ruleset["rules"] = _each(ruleset["rules"], f"{path}.rules", rename, _classification_rule)
    if is_learned(ruleset):
        _name_at(ruleset, "model", "learned_model", path, rename)
    return ruleset


def _classification_rule(rule: Document, path: str, rename: Rename) -> Document:
    _inside(rule, "when", path, rename, _condition)
    _inside(rule, "then", path, rename, _outputs)
    return rule


def _outputs(then: Document, path: str, rename: Rename) -> Document:
    if "skills" in then:
        then["skills"] = _each(then["skills"], f"{path}.skills", rename, _skill)
    _name_at(then, "capacity_profiles", "capacity_profile", path, rename)
    return then


def _skill(required: Document, path: str, rename: Rename) -> Document:
    _name_at(required, "skill", "skill", path, rename)
    return required


def _route_rule(rule: Document, path: str, rename: Rename) -> Document:
    _inside(rule, "when", path, rename, _condition)
    if "queues" in rule:
        rule["queues"] = _each(rule["queues"], f"{path}.queues", rename, _share)
    if "overflow" in rule:
        rule["overflow"] = _overflow(rule["overflow"], f"{path}.overflow", rename)
    return rule


def _overflow(value: Any, path: str, rename: Rename) -> Any:
    """The queues that overflow pairs transfer to."""
    return _each(value, path, rename, _share)


def _share(share: Document, path: str, rename: Rename) -> Document:
    _name_at(share, "queue", "queue", path, rename)
    return share


def _intake_rule(rule: Document, path: str, rename: Rename) -> Document:
    _name_at(rule, "workstream", "workstream", path, rename)
    if rule.get("record_type"):
        _name_at(rule, "record_type", "record_type", path, rename)
    return rule


def _condition(condition: Document, path: str, rename: Rename, depth: int = 0) -> Document:
    """Skills and hours that conditions compare with; conditions nested too deeply are refused
    elsewhere."""
    if condition.get("field") in SKILLS_FIELDS:
        is_type = condition.get("op") == EXACT_MATCH
        _name_at(condition, "value", COMPARED_TYPE if is_type else COMPARED_SKILL, path, rename)
    if condition.get("field") == HOURS_FIELD:
        _name_at(condition, "value", COMPARED_HOURS, path, rename)
    _attribute_at(condition, "field", path, rename)
    if depth > 20:
        return condition
    for key in ("all", "any"):
        inner = condition.get(key)
        if isinstance(inner, list):
            condition[key] = [
                _condition(dict(one), f"{path}.{key}.{index}", rename, depth + 1)
                if isinstance(one, Mapping)
                else one
                for index, one in enumerate(inner)
            ]
    if isinstance(condition.get("not"), Mapping):
        condition["not"] = _condition(dict(condition["not"]), f"{path}.not", rename, depth + 1)
    return condition


def _method(value: Any, path: str, rename: Rename) -> Any:
    """The custom method of a queue; built-in ones have no rows."""
    is_name = isinstance(value, str) and value not in list(AssignmentMethodName)
    return rename("assignment_method", value, path) if is_name else value


def _conditions(value: Any, path: str, rename: Rename) -> Any:
    """Of buckets of work, and of work that goes by another ruleset."""
    return _each(value, path, rename, _with_condition)


def _with_condition(holder: Document, path: str, rename: Rename) -> Document:
    _inside(holder, "when", path, rename, _condition)
    return holder


def _rulesets_of_method(value: Any, path: str, rename: Rename) -> Any:
    return _each(value, path, rename, _ruleset_of_method)


def _ruleset_of_method(ruleset: Document, path: str, rename: Rename) -> Document:
    if "rules" in ruleset:
        ruleset["rules"] = _each(ruleset["rules"], f"{path}.rules", rename, _assignment_rule)
    return ruleset


def _assignment_rule(rule: Document, path: str, rename: Rename) -> Document:
    _inside(rule, "when", path, rename, _condition)
    if "order_by" in rule:
        rule["order_by"] = _each(rule["order_by"], f"{path}.order_by", rename, _agent_order)
    return rule


def _agent_order(order: Document, path: str, rename: Rename) -> Document:
    _attribute_at(order, "by", path, rename)
    _name_at(order, "skill_type", COMPARED_TYPE, path, rename)
    return order


def _attribute_at(holder: Document, key: str, path: str, rename: Rename) -> None:
    """A field of agents that is an attribute of the organisation's own."""
    name = attribute_of(holder.get(key))
    if name is not None:
        holder[key] = path_of(rename("agent_attribute", name, f"{path}.{key}"))


def _filter(value: Any, path: str, rename: Rename) -> Any:
    return _condition(dict(value), path, rename) if isinstance(value, Mapping) else value


WALKS: Final[dict[str, dict[str, Callable[[Any, str, Rename], Any]]]] = {
    "learned_model": {"when": _filter},
    "assignment_method": {
        "prioritization": _conditions,
        "rulesets": _rulesets_of_method,
        "selection": _conditions,
    },
    "queue": {"overflow": _overflow, "assignment_method": _method},
    "workstream": {
        "capacity": _capacity,
        "classification": _classification,
        "route_to_queue": _route_to_queue,
    },
}
