"""Keys of rules and lists in the order people read them, whatever order the database keeps."""

from typing import Any, Final

READING_ORDER: Final = (
    "name",
    "title",
    "header",
    "type",
    "trigger",
    "locale",
    "kind",
    "entity",
    "record_type",
    "not",
    "field",
    "op",
    "value",
    "when",
    "then",
    "set",
    "skills",
    "skill",
    "rating",
    "capacity_profiles",
    "queues",
    "condition",
    "threshold",
    "action",
    "queue",
    "percent",
    "workstream",
    "overflow",
    "rules",
    "format",
    "units",
    "mode",
    "weekday",
    "start",
    "end",
    "date",
    "reason",
    "text",
    "answer_type",
)
RANK: Final = {key: index for index, key in enumerate(READING_ORDER)}


def readable(value: Any, *, is_entry: bool = True) -> Any:
    """The same with the keys inside in reading order; those of the entry itself have theirs."""
    if isinstance(value, list):
        return [readable(one, is_entry=False) for one in value]
    if isinstance(value, dict):
        keys = value if is_entry else sorted(value, key=_rank)
        return {key: readable(value[key], is_entry=False) for key in keys}
    return value


def _rank(key: str) -> tuple[int, str]:
    return RANK.get(key, len(RANK)), key
