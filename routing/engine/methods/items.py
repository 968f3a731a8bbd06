"""The item's side of a custom method: its bucket and place in it, its ruleset, and its lot."""

from collections.abc import Hashable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from routing.engine.conditions.fields import read
from routing.engine.conditions.values import WrongTypeError, as_moment, is_missing, number_or_none
from routing.engine.facts import ItemFacts
from routing.engine.methods.shapes import AssignmentRuleset, Criterion, CustomMethod

Fields = Mapping[str, Any]
# Bucket, whether its order has no value, and the value; times follow.
Place = tuple[int, bool, float]


def bucket_of(method: CustomMethod, fields: Fields, now: datetime) -> int:
    """The first prioritisation rule that the item meets; the number of rules where it meets
    none."""
    for index, bucket in enumerate(method.prioritization):
        if bucket.when.matches(fields, now):
            return index
    return len(method.prioritization)


def place_of(method: CustomMethod, fields: Fields, now: datetime) -> Place:
    """Where the item stands in its queue, but for how long it has waited."""
    index = bucket_of(method, fields, now)
    order = method.prioritization[index].order if index < len(method.prioritization) else None
    if order is None:
        return index, False, 0.0
    value = _number(read(fields, order.by))
    if value is None:
        return index, True, 0.0
    return index, False, -value if order.descends else value


def bucket_name(method: CustomMethod, index: int) -> str | None:
    """None of items that no rule took."""
    buckets = method.prioritization
    return buckets[index].name if index < len(buckets) else None


def chosen_ruleset(
    method: CustomMethod, fields: Fields, now: datetime
) -> tuple[AssignmentRuleset | None, Criterion | None]:
    """The ruleset of the first criterion that the item meets, else the first one (design 7.4)."""
    for criterion in method.selection:
        if criterion.when.matches(fields, now):
            return method.rulesets[criterion.ruleset], criterion
    return (method.rulesets[0] if method.rulesets else None), None


def lot_of(method: CustomMethod | None, item: ItemFacts, now: datetime) -> Hashable:
    """What tells items of one requirement key apart to this method: equal lots are
    interchangeable."""
    return None if method is None else lot_of_fields(method, item.fields, now)


def lot_of_fields(method: CustomMethod, fields: Fields, now: datetime) -> Hashable:
    """The same of an item's fields."""
    if not method.matches_by:
        return None
    ruleset, _ = chosen_ruleset(method, fields, now)
    if ruleset is None:
        return None
    return ruleset.name, *(repr(read(fields, path)) for path in _read_by(ruleset))


@lru_cache(maxsize=4096)
def _read_by(ruleset: AssignmentRuleset) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for step in ruleset.steps for path in step.when.reads))


def _number(value: Any) -> float | None:
    """Numbers and dates as numbers that sort; None of anything else."""
    if is_missing(value):
        return None
    number = number_or_none(value)
    if number is not None:
        return number
    try:
        return as_moment(value).timestamp()
    except (WrongTypeError, OverflowError, ValueError):
        return None
