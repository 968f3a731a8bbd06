"""The types of fields, and the operators that make sense with each."""

from enum import StrEnum
from typing import Final

from routing.engine.conditions.operators import OPERATORS


class FieldType(StrEnum):
    """What a field holds; names are several of them, such as skills."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    LOOKUP = "lookup"
    NAMES = "names"
    ANY = "any"


PRESENCE: Final = ("is_set", "is_not_set")
EQUALITY: Final = ("equals", "not_equals")
MEMBERSHIP: Final = ("in", "not_in")
PARTS: Final = ("contains", "not_contains", "starts_with", "ends_with")
ORDER: Final = ("greater", "greater_or_equal", "less", "less_or_equal", "between")
TIMES: Final = ("on_or_after", "on_or_before", "between", "older_than", "newer_than")

OPERATORS_OF: Final[dict[FieldType, tuple[str, ...]]] = {
    FieldType.TEXT: (*EQUALITY, *MEMBERSHIP, *PARTS, *PRESENCE),
    FieldType.NUMBER: (*EQUALITY, *ORDER, *MEMBERSHIP, *PRESENCE),
    FieldType.DATE: (*TIMES, *PRESENCE),
    FieldType.CHOICE: (*EQUALITY, *MEMBERSHIP, *PRESENCE),
    FieldType.BOOLEAN: (*EQUALITY, *PRESENCE),
    FieldType.LOOKUP: (*EQUALITY, *MEMBERSHIP, *PARTS, *PRESENCE),
    FieldType.NAMES: ("contains", "not_contains", *MEMBERSHIP, *PRESENCE),
    FieldType.ANY: tuple(OPERATORS),
}
