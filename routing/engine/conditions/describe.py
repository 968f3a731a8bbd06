"""A condition as a sentence."""

from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any

from routing.engine.conditions.fields import in_words
from routing.engine.conditions.operators import OPERATORS, Takes
from routing.engine.conditions.values import WrongTypeError, as_moment

# How a field is called in a sentence, and how one of its values is, where it has words.
FieldWords = Callable[[str], str]
ValueWords = Callable[[str, Any], str | None]


def describe(
    condition: Mapping[str, Any] | None,
    *,
    words: FieldWords = in_words,
    value_words: ValueWords = lambda path, value: None,
) -> str:
    """`context tier equals gold and (case type is one of refund, fault or ...)`."""
    return _Sentence(words, value_words).whole(condition) if condition else "always"


class _Sentence:
    """The words of one condition."""

    def __init__(self, words: FieldWords, value_words: ValueWords) -> None:
        self.words, self.value_words = words, value_words

    def whole(self, condition: Mapping[str, Any], *, nested: bool = False) -> str:
        if not condition:
            return "always"
        if "not" in condition:
            return f"not ({self.whole(condition['not'])})"
        if "all" in condition:
            return self._joined(condition["all"], " and ", nested)
        if "any" in condition:
            return self._joined(condition["any"], " or ", nested)
        return self._row(condition)

    def _joined(self, children: list[Mapping[str, Any]], word: str, nested: bool) -> str:
        if not children:
            return "always"
        sentence = word.join(self.whole(child, nested=len(children) > 1) for child in children)
        return f"({sentence})" if nested and len(children) > 1 else sentence

    def _row(self, row: Mapping[str, Any]) -> str:
        operator, path = OPERATORS[row["op"]], row["field"]
        words = f"{self.words(path)} {operator.words}"
        if operator.takes is Takes.NOTHING:
            return words
        value = row["value"]
        if isinstance(value, list | tuple):
            value = [self.value_words(path, one) or one for one in value]
        else:
            value = self.value_words(path, value) or value
        return f"{words} {_value(operator.takes, value)}"


def _value(takes: Takes, value: Any) -> str:
    if takes is Takes.RANGE:
        return f"{moment_words(value[0])} and {moment_words(value[1])}"
    if takes is Takes.MOMENT:
        return moment_words(value)
    if takes is Takes.VALUES:
        return ", ".join(str(one) for one in value)
    if takes is Takes.DURATION:
        parts = value if isinstance(value, Mapping) else {"minutes": value}
        return " ".join(f"{amount} {unit}" for unit, amount in parts.items())
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def moment_words(value: Any) -> str:
    """A moment with a time of day as people read it; days and numbers as they are."""
    text = str(value)
    if "T" not in text:
        return text
    try:
        moment = as_moment(text).astimezone(UTC)
    except (WrongTypeError, OverflowError):
        return text
    seconds = f":{moment:%S}" if moment.second or moment.microsecond else ""
    return f"{moment:%Y-%m-%d %H:%M}{seconds} UTC"
