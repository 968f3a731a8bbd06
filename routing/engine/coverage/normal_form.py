"""A condition as alternatives, each a set of rows that all hold.

``at_most`` covers every item that the condition matches, and perhaps more; ``at_least`` none
that it does not, and perhaps fewer. A value of a wrong type makes a row and its negation
false, so the two differ under ``not``.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from routing.engine.coverage.literal import Literal, literal

Alternative = frozenset[Literal]
Alternatives = tuple[Alternative, ...]

MOST: Final = 64
ALWAYS: Final[Alternatives] = (frozenset(),)
NEVER: Final[Alternatives] = ()


def at_most(condition: Mapping[str, Any] | None) -> Alternatives:
    """Alternatives of which one holds whenever the condition matches."""
    return _most(condition or {})


def at_least(condition: Mapping[str, Any] | None) -> Alternatives:
    """Alternatives with which the condition matches whenever one of them holds."""
    return _least(condition or {})


def _most(condition: Mapping[str, Any]) -> Alternatives:
    if "not" in condition:
        return _most_of_not(condition["not"])
    if "all" in condition:
        return _most_of_all([_most(child) for child in condition["all"]])
    if "any" in condition:
        children = condition["any"]
        return _wide(_union(_most(child) for child in children)) if children else ALWAYS
    return (frozenset({literal(condition)}),) if condition else ALWAYS


def _most_of_not(condition: Mapping[str, Any]) -> Alternatives:
    if "not" in condition:
        return _most(condition["not"])
    if "all" in condition:
        return _wide(_union(_most_of_not(child) for child in condition["all"]))
    if "any" in condition:
        children = condition["any"]
        return _most_of_all([_most_of_not(child) for child in children]) if children else NEVER
    return (frozenset({literal(condition, is_negated=True)}),) if condition else NEVER


def _least(condition: Mapping[str, Any]) -> Alternatives:
    if "not" in condition:
        return _least_of_not(condition["not"])
    if "all" in condition:
        return _least_of_all([_least(child) for child in condition["all"]])
    if "any" in condition:
        children = condition["any"]
        return _narrow(_union(_least(child) for child in children)) if children else ALWAYS
    return (frozenset({literal(condition)}),) if condition else ALWAYS


def _least_of_not(condition: Mapping[str, Any]) -> Alternatives:
    """Not matched, and nothing of a wrong type was met on the way."""
    if "not" in condition:
        return _clean(condition["not"])
    if "all" in condition:
        return _first_of(condition["all"], passes=_clean, stops=_least_of_not)
    if "any" in condition:
        children = condition["any"]
        return _least_of_all([_least_of_not(child) for child in children]) if children else NEVER
    return (frozenset({literal(condition, is_negated=True)}),) if condition else NEVER


def _clean(condition: Mapping[str, Any]) -> Alternatives:
    """Matched, and nothing of a wrong type was met on the way."""
    if "not" in condition:
        return _least_of_not(condition["not"])
    if "all" in condition:
        return _least_of_all([_clean(child) for child in condition["all"]])
    if "any" in condition:
        children = condition["any"]
        return _first_of(children, passes=_least_of_not, stops=_clean) if children else ALWAYS
    return (frozenset({literal(condition)}),) if condition else ALWAYS


def _first_of(children: Any, *, passes: Any, stops: Any) -> Alternatives:
    """Groups are looked through in order, up to the first child that decides them."""
    found: list[Alternative] = []
    so_far = ALWAYS
    for child in children:
        found += _least_of_all([so_far, stops(child)])
        so_far = _least_of_all([so_far, passes(child)])
    return _narrow(tuple(found))


def _most_of_all(children: Iterable[Alternatives]) -> Alternatives:
    product = ALWAYS
    for child in children:
        if len(product) * len(child) > MOST:
            # What is left out can only make it wider.
            continue
        product = tuple(dict.fromkeys(one | other for one in product for other in child))
    return product


def _least_of_all(children: Iterable[Alternatives]) -> Alternatives:
    product = ALWAYS
    for child in children:
        both = (one | other for one in product[:MOST] for other in child[:MOST])
        product = _narrow(tuple(dict.fromkeys(both)))
    return product


def _union(children: Iterable[Alternatives]) -> Alternatives:
    return tuple(dict.fromkeys(one for child in children for one in child))


def _wide(alternatives: Alternatives) -> Alternatives:
    return alternatives if len(alternatives) <= MOST else ALWAYS


def _narrow(alternatives: Alternatives) -> Alternatives:
    return alternatives[:MOST]
