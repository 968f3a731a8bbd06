"""A condition compiled once to a closure and tested against the fields of an item."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from routing.engine.conditions.check import validate
from routing.engine.conditions.fields import in_words, reader
from routing.engine.conditions.operators import OPERATORS
from routing.engine.conditions.values import WrongTypeError, is_missing

Test = Callable[[Mapping[str, Any], datetime, list[str]], bool]


class ConditionError(ValueError):
    """A condition is not well formed."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Condition:
    """A compiled condition with the document it came from."""

    source: Mapping[str, Any]
    test: Test

    def matches(
        self, fields: Mapping[str, Any], now: datetime, notes: list[str] | None = None
    ) -> bool:
        """Whether an item with these fields meets it; values of a wrong type go into notes."""
        return self.test(fields, now, [] if notes is None else notes)


def compile_condition(source: Mapping[str, Any] | None, path: str = "when") -> Condition:
    """Compile a condition, or raise ConditionError with the path of its first fault."""
    findings = validate(source, path)
    if findings:
        raise ConditionError(findings[0].path, findings[0].message)
    return Condition(source=source or {}, test=_compile(source or {}))


def _compile(source: Mapping[str, Any]) -> Test:
    if not source:
        return lambda fields, now, notes: True
    if "not" in source:
        return _negation(_compile(source["not"]))
    if "all" in source:
        return _all([_compile(child) for child in source["all"]])
    if "any" in source:
        return _any([_compile(child) for child in source["any"]])
    return _row(source)


def _all(tests: list[Test]) -> Test:
    def test(fields: Mapping[str, Any], now: datetime, notes: list[str]) -> bool:
        for each in tests:  # noqa: SIM110  # a loop takes half the time of all()
            if not each(fields, now, notes):
                return False
        return True

    return test


def _any(tests: list[Test]) -> Test:
    """One of the tests; an empty group is an empty condition and so matches."""

    def test(fields: Mapping[str, Any], now: datetime, notes: list[str]) -> bool:
        for each in tests:
            if each(fields, now, notes):
                return True
        return not tests

    return test


def _negation(inner: Test) -> Test:
    """The opposite, except that a value of a wrong type matches here neither."""

    def test(fields: Mapping[str, Any], now: datetime, notes: list[str]) -> bool:
        wrong: list[str] = []
        matched = inner(fields, now, wrong)
        notes.extend(wrong)
        return not matched and not wrong

    return test


def _row(source: Mapping[str, Any]) -> Test:
    path, operator = source["field"], OPERATORS[source["op"]]
    value_test, when_missing = operator.compile(source.get("value")), operator.when_missing
    read = reader(path)

    def test(fields: Mapping[str, Any], now: datetime, notes: list[str]) -> bool:
        live = read(fields)
        if is_missing(live):
            return when_missing
        try:
            return value_test(live, now)
        except WrongTypeError as error:
            notes.append(f"{in_words(path)} {error}")
            return False

    return test
