"""Rules in order with what is worked out about them once."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

from routing.engine.conditions import Condition
from routing.engine.decisions import RuleOutcome
from routing.engine.screen.screen import Screen
from routing.terms import RuleResult


class AnyRule(Protocol):
    """A rule of any kind."""

    @property
    def name(self) -> str: ...
    @property
    def when(self) -> Condition: ...


R = TypeVar("R", bound=AnyRule)


class RuleList(tuple[R, ...], Generic[R]):
    """A tuple of rules that knows how to leave most of them untested."""

    @classmethod
    def of(cls, rules: Iterable[R]) -> "RuleList[R]":
        """The rules themselves if they are such a list, so that nothing is worked out twice."""
        return rules if isinstance(rules, cls) else cls(rules)

    def to_test(self, fields: Mapping[str, Any]) -> Iterator[tuple[int, R]]:
        """Place and rule, in order, of those that may match or leave a note."""
        left = self._screen.left(fields)
        while left:
            place = (left & -left).bit_length() - 1
            left &= left - 1
            yield place, self[place]

    def outcomes(self, result: RuleResult) -> tuple[RuleOutcome, ...]:
        """For each rule its outcome with this result and without notes, made once for all."""
        if result not in self._outcomes:
            made = tuple(RuleOutcome(name=rule.name, result=result) for rule in self)
            self._outcomes[result] = made
        return self._outcomes[result]

    @cached_property
    def _screen(self) -> Screen:
        return Screen([rule.when for rule in self])

    @cached_property
    def _outcomes(self) -> dict[RuleResult, tuple[RuleOutcome, ...]]:
        return {}
