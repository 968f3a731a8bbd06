"""The fields conditions read and rules write: dotted paths into an item's nested mapping."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from routing.engine.conditions.related import RELATED, ROOT

Read = Callable[[Mapping[str, Any]], Any]

PLAIN: Final = frozenset(
    {
        "title",
        "priority",
        "channel",
        "created_at",
        "skills",
        "sentiment",
        "effort_minutes",
        "effort_confidence",
    }
)
GROUPS: Final = frozenset(
    {
        "customer",
        "contact",
        "account",
        "case",
        "record",
        "context",
        "attributes",
        "engagement",
    }
)
WRITABLE_PLAIN: Final = frozenset({"title", "priority", "sentiment"})
WRITABLE_GROUPS: Final = frozenset({"attributes", "case", "context", "record"})
# What a record is, whatever rules say.
FIXED_OF_RECORDS: Final = frozenset({"type", "number", "created_at"})
FIXED: Final = FIXED_OF_RECORDS | set(RELATED[ROOT])
# A case that is routed is the record, too: one mapping stands under both names.
OTHER_NAME: Final = {"case": "record", "record": "case"}


def is_readable(path: object) -> bool:
    """Whether a condition may read this field."""
    return _is_known(path, PLAIN, GROUPS)


def is_writable(path: object) -> bool:
    """Whether a classification rule may set this field."""
    return _is_known(path, WRITABLE_PLAIN, WRITABLE_GROUPS)


def is_fixed(path: str) -> bool:
    """Whether it is what a record or case is, or lies in what that is linked with: rules that
    set it are followed by those after them, but it is stored nowhere."""
    group, _, name = path.partition(".")
    return group in ("case", "record") and name.partition(".")[0] in FIXED


def read(fields: Mapping[str, Any], path: str) -> Any:
    """The value at the path, None where nothing is; a name may itself contain dots."""
    return reader(path)(fields)


@lru_cache(maxsize=4096)
def reader(path: str) -> Read:
    """The same, with the path taken apart once; thousands of conditions share a few fields."""
    group, _, name = path.partition(".")
    if not name:
        return lambda fields: fields.get(group)
    steps = name.split(".")

    def read_inside(fields: Mapping[str, Any]) -> Any:
        value = fields.get(group)
        if type(value) is dict and name in value:
            return value[name]
        return None if value is None else _walk(value, name, steps)

    return read_inside


def _walk(value: Any, name: str, steps: Sequence[str]) -> Any:
    """A name that stands as it is, else one level a step; a plain value without a name is None."""
    if isinstance(value, Mapping) and name in value:
        return value[name]
    for step in steps:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def write(fields: dict[str, Any], path: str, value: Any) -> None:
    """Set the value in a copy of its group, so that the mapping first given stays as it was; a
    case that is routed stays one under both its names."""
    group, _, name = path.partition(".")
    if not name:
        fields[group] = value
        return
    held = fields.get(group)
    written = {**(held if isinstance(held, Mapping) else {}), name: value}
    if group in OTHER_NAME and case_is_record(fields):
        fields[OTHER_NAME[group]] = written
    fields[group] = written


def case_is_record(fields: Mapping[str, Any]) -> bool:
    """Whether the case is the routed record itself, so that both names read the same."""
    record = fields.get("record")
    return isinstance(record, Mapping) and fields.get("case") is record


def with_case_as_record(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, with the routed record as the case, too."""
    record = fields.get("record", {})
    return {**fields, "case": record, "record": record}


def in_words(path: str) -> str:
    """The field as a person reads it: `context.tier_name` is "context tier name"."""
    return path.replace(".", " ").replace("_", " ")


def _is_known(path: object, plain: frozenset[str], groups: frozenset[str]) -> bool:
    if not isinstance(path, str):
        return False
    group, _, name = path.partition(".")
    return path in plain or (group in groups and bool(name.strip()))
