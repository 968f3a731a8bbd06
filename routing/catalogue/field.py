"""One field that conditions read."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from routing.engine.conditions.types import FieldType

Choices = tuple[tuple[str, str], ...]


class Lookup(StrEnum):
    """Rows whose names are suggested as values."""

    SKILL = "skill"
    CONTACT = "contact"
    ACCOUNT = "account"
    CHANNEL_INSTANCE = "channel_instance"


@dataclass(frozen=True, kw_only=True, slots=True)
class ConditionField:
    """``label`` is how people find and name it, ``words`` how it reads in a sentence."""

    path: str
    label: str
    words: str
    type: FieldType = FieldType.TEXT
    choices: Choices = ()
    lookup: Lookup | None = None

    def in_words(self, value: object) -> str | None:
        """A choice as people read it."""
        return dict(self.choices).get(str(value))

    def may_order(self) -> bool:
        """Whether it may hold a number or a date."""
        if self.type is FieldType.CHOICE:
            return all(value.isdecimal() for value, _ in self.choices)
        return self.type not in (FieldType.BOOLEAN, FieldType.LOOKUP, FieldType.NAMES)


def field(
    path: str,
    label: str,
    words: str,
    type: FieldType = FieldType.TEXT,
    choices: Iterable[tuple[str, str]] = (),
    lookup: Lookup | None = None,
) -> ConditionField:
    """The same, told briefly."""
    return ConditionField(
        path=path, label=label, words=words, type=type, choices=tuple(choices), lookup=lookup
    )
