"""One row of a condition, or its opposite, as the engine itself would test it."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from routing.engine.conditions.operators import OPERATORS
from routing.engine.conditions.values import WrongTypeError, as_text, is_missing

OPPOSITES: Final = {
    "equals": "not_equals",
    "in": "not_in",
    "contains": "not_contains",
    "is_set": "is_not_set",
}
OPPOSITES_TOO: Final = {**OPPOSITES, **{other: op for op, other in OPPOSITES.items()}}
# Their answer is another from one moment to the next.
BY_AGE: Final = ("older_than", "newer_than")
SOME_MOMENT: Final = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Literal:
    """A row; ``is_negated`` where no operator says the opposite. ``text`` is its value as JSON."""

    field: str
    op: str
    text: str
    is_negated: bool = False

    @property
    def value(self) -> Any:
        return json.loads(self.text)

    @property
    def holds_when_missing(self) -> bool:
        return OPERATORS[self.op].when_missing is not self.is_negated

    def holds(self, live: Any, now: datetime = SOME_MOMENT) -> bool:
        """Whether a live value meets it, as conditions test it."""
        if is_missing(live):
            return self.holds_when_missing
        try:
            return OPERATORS[self.op].compile(self.value)(live, now) is not self.is_negated
        except WrongTypeError:
            return False


def literal(row: Any, *, is_negated: bool = False) -> Literal:
    """The row of a condition that is well formed."""
    op = row["op"]
    if is_negated and op in OPPOSITES_TOO:
        op, is_negated = OPPOSITES_TOO[op], False
    text = json.dumps(_comparable(row.get("value")), sort_keys=True)
    return Literal(field=row["field"], op=op, text=text, is_negated=is_negated)


def opposite(each: Literal) -> Literal:
    """What holds where the row does not, unless a value of a wrong type makes both false."""
    if each.op in OPPOSITES_TOO:
        return replace(each, op=OPPOSITES_TOO[each.op])
    return replace(each, is_negated=not each.is_negated)


def _comparable(value: Any) -> Any:
    """Text without case and surrounding blanks, as operators read it."""
    if isinstance(value, str):
        return as_text(value) if not _may_be_moment(value) else value.strip()
    if isinstance(value, list | tuple):
        return [_comparable(one) for one in value]
    return value


def _may_be_moment(text: str) -> bool:
    """Moments are written with a capital T and Z."""
    return text.strip()[:4].isdigit()
