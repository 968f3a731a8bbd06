"""Rules that no item can ever meet: contradictory in themselves, or shadowed by an earlier one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from routing.engine.configuration import IntakeRule, RouteRule, Rule
from routing.engine.coverage.field_cases import cannot_hold, follows
from routing.engine.coverage.literal import Literal
from routing.engine.coverage.normal_form import Alternative, Alternatives, at_least, at_most

ByField = Mapping[str, tuple[Literal, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """A rule with what is known of its condition. ``stops`` says that no later rule is asked
    once it matches; ``sort`` is the record type that alone it is asked for."""

    most: tuple[ByField, ...]
    least: Alternatives
    stops: bool = True
    sort: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Unreachable:
    """The place of a rule that never applies, and of the earlier rule in front of it."""

    index: int
    shadowed_by: int | None = None


def looked_at(
    rule: Rule | RouteRule | IntakeRule, *, stops: bool = True, sort: str | None = None
) -> Looked:
    """The rule's condition taken apart, with contradictions left out."""
    condition = rule.when.source
    return Looked(
        most=tuple(
            by_field
            for one in at_most(condition)
            if not _is_contradiction(by_field := _by_field(one))
        ),
        least=at_least(condition),
        stops=stops,
        sort=sort,
    )


def unreachable(rules: Sequence[Looked]) -> list[Unreachable]:
    """Rules of one ordered list of which the first match acts."""
    found = []
    for index, rule in enumerate(rules):
        if not rule.most:
            found.append(Unreachable(index=index))
            continue
        earlier = (number for number in range(index) if _shadows(rules[number], rule))
        if (shadow := next(earlier, None)) is not None:
            found.append(Unreachable(index=index, shadowed_by=shadow))
    return found


def _shadows(earlier: Looked, later: Looked) -> bool:
    if not earlier.stops or earlier.sort not in (None, later.sort) or not earlier.least:
        return False
    return all(any(_covers(one, known) for one in earlier.least) for known in later.most)


def _covers(wanted: Alternative, known: ByField) -> bool:
    """Every row follows from what is known of its field."""
    return all(each.field in known for each in wanted) and all(
        _follows(known[each.field], each) for each in wanted
    )


def _by_field(alternative: Alternative) -> ByField:
    found: dict[str, list[Literal]] = defaultdict(list)
    for each in sorted(alternative, key=_order):
        found[each.field].append(each)
    return {field: tuple(literals) for field, literals in found.items()}


def _order(each: Literal) -> tuple[Any, ...]:
    return each.field, each.op, each.text, each.is_negated


def _is_contradiction(known: ByField) -> bool:
    return any(_cannot_hold(literals) for literals in known.values())


@lru_cache(maxsize=50_000)
def _cannot_hold(literals: tuple[Literal, ...]) -> bool:
    return cannot_hold(literals)


@lru_cache(maxsize=50_000)
def _follows(literals: tuple[Literal, ...], wanted: Literal) -> bool:
    return follows(literals, wanted)


def forget() -> None:
    """As in a process that has looked at nothing yet."""
    _cannot_hold.cache_clear()
    _follows.cache_clear()
