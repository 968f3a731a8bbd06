"""What can be said of a document without looking at the organisation."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from routing.configuration.documents.field import Field
from routing.configuration.documents.landscape import entries
from routing.configuration.documents.schema import (
    FIELDS,
    FORMAT,
    HEAD,
    KEYS,
    LISTS,
    SCOPES,
    SECTIONS,
    key_of,
    name_of,
)
from routing.configuration.documents.sections.channels import SERVICE
from routing.configuration.documents.sections.work import IDENTIFICATION_RULE
from routing.engine.conditions import NOT_STORABLE, is_storable

Finding = dict[str, str]
ERROR: Final = "error"
DEEPEST: Final = 60
# Keys that every rule of a kind may have.
RULE_KEYS: Final[dict[str, frozenset[str]]] = {
    "ruleset": frozenset({"name", "kind", "model", "inputs", "rules"}),
    "classification": frozenset({"name", "when", "then"}),
    "route_to_queue": frozenset({"name", "when", "queues", "overflow"}),
    "intake": frozenset({"name", "record_type", "when", "workstream"}),
}
# People are looked at apart: they are no configuration.
PEOPLE: Final = "agents"


def finding(path: str, message: str) -> Finding:
    """One fault."""
    return {"path": path, "message": message, "severity": ERROR}


def shape_faults(document: Any) -> list[Finding]:
    """Faults of the frame, then of what stands in it: later looks rely on the earlier ones."""
    if not isinstance(document, Mapping):
        return [finding("", "A configuration document is an object.")]
    for look in (_unfit, _format_faults, _frame_faults, _entry_faults):
        if found := list(look(document)):
            return found
    return []


def _unfit(document: Mapping[str, Any]) -> Iterator[Finding]:
    """What PostgreSQL cannot store, anywhere in the document."""
    stack: list[tuple[Any, int]] = [(document, 0)]
    while stack:
        value, depth = stack.pop()
        if depth > DEEPEST:
            yield finding("", "This is nested too deeply.")
            return
        if isinstance(value, Mapping):
            stack += [(one, depth + 1) for pair in value.items() for one in pair]
        elif isinstance(value, list):
            stack += [(one, depth + 1) for one in value]
        elif isinstance(value, str | float) and not is_storable(value):
            yield finding("", NOT_STORABLE)


def _format_faults(document: Mapping[str, Any]) -> Iterator[Finding]:
    found = document.get("format")
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        yield finding("format", f"Say which format this is: this product writes format {FORMAT}.")
    elif found > FORMAT:
        sentence = f"This was made by a newer version: format {found}, this knows {FORMAT}."
        yield finding("format", sentence)


def _frame_faults(document: Mapping[str, Any]) -> Iterator[Finding]:
    if document.get("scope", SCOPES[0]) not in SCOPES:
        yield finding("scope", f"Should be one of {', '.join(SCOPES)}.")
    for key in document:
        if key not in HEAD and key not in SECTIONS.values() and key != PEOPLE:
            yield finding(str(key), f"There is no section {key}.")
    for kind, section in SECTIONS.items():
        rows = document.get(section, [])
        if kind == "service":
            if section in document and not isinstance(rows, dict):
                yield finding(section, "The switches of the service are an object.")
        elif not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            yield finding(section, "A section is a list of objects.")


def _entry_faults(document: Mapping[str, Any]) -> Iterator[Finding]:
    for kind in FIELDS:
        yield from _section_faults(kind, document)
    yield from field_faults(document.get(SECTIONS["service"], {}), SERVICE, SECTIONS["service"])
    for kind in LISTS:
        yield from _list_faults(kind, document.get(SECTIONS[kind], []))


def _section_faults(kind: str, document: Mapping[str, Any]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, entry in entries(document, kind):
        path = f"{SECTIONS[kind]}.{index}"
        yield from field_faults(entry, FIELDS[kind], path)
        if kind == "workstream":
            yield from _rule_keys(entry, path)
        key, first = key_of(kind, entry), KEYS.get(kind, ("name",))[0]
        if not entry.get("name") and first == "name":
            yield finding(f"{path}.name", "Everything has a name.")
        elif key and key in seen:
            sentence = f"The name {name_of(kind, entry)} stands here twice."
            yield finding(f"{path}.{first}", sentence)
        seen.add(key)


def field_faults(
    entry: Mapping[str, Any], fields: Mapping[str, Field], path: str
) -> Iterator[Finding]:
    """Fields that are unknown, and those that hold what they cannot."""
    for key in entry.keys() - fields.keys():
        yield finding(f"{path}.{key}", f"There is no field {key} here.")
    for key, field in fields.items():
        is_absent_name = key == "name" and not entry.get(key)
        if key in entry and not is_absent_name and (wish := field.check(entry[key])):
            yield finding(f"{path}.{key}", f"Should be {wish}.")


def _list_faults(kind: str, rules: list[Any]) -> Iterator[Finding]:
    names: set[str] = set()
    for index, rule in enumerate(rules):
        path = f"{SECTIONS[kind]}.{index}"
        if kind == "intake":
            yield from _unknown_keys(rule, RULE_KEYS[kind], path)
        elif wish := IDENTIFICATION_RULE(rule):
            yield finding(path, f"Should be {wish}.")
        elif rule["name"] in names:
            yield finding(f"{path}.name", f"The name {rule['name']} stands here twice.")
        else:
            names.add(rule["name"])


def _rule_keys(entry: Mapping[str, Any], path: str) -> Iterator[Finding]:
    rulesets = entry.get("classification")
    for index, ruleset in enumerate(rulesets if isinstance(rulesets, list) else ()):
        here = f"{path}.classification.{index}"
        yield from _unknown_keys(ruleset, RULE_KEYS["ruleset"], here)
        rules = ruleset.get("rules") if isinstance(ruleset, Mapping) else None
        yield from _keys_of_rules(rules, "classification", f"{here}.rules")
    rules = entry.get("route_to_queue")
    yield from _keys_of_rules(rules, "route_to_queue", f"{path}.route_to_queue")


def _keys_of_rules(rules: Any, kind: str, path: str) -> Iterator[Finding]:
    for index, rule in enumerate(rules if isinstance(rules, list) else ()):
        yield from _unknown_keys(rule, RULE_KEYS[kind], f"{path}.{index}")


def _unknown_keys(rule: Any, known: frozenset[str], path: str) -> Iterator[Finding]:
    if isinstance(rule, Mapping):
        for key in sorted(rule.keys() - known):
            yield finding(f"{path}.{key}", f"There is no field {key} here.")
