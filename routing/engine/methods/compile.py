"""A custom assignment method out of its JSON, once a piece."""

from collections.abc import Iterator, Mapping
from typing import Any

from routing.engine.conditions import OPERATORS, Condition, Takes, compile_condition
from routing.engine.methods.attributes import attribute_of
from routing.engine.methods.condition import BY_AGE, Bind, compile_agent_condition, rows_of
from routing.engine.methods.people import IS_WORKING
from routing.engine.methods.shapes import (
    AssignmentRuleset,
    Bucket,
    Criterion,
    CustomMethod,
    OrderBy,
    Step,
    Weights,
)
from workstreams.terms import MethodKind

Document = Mapping[str, Any]


def compile_assignment_method(document: Document, *, id: int) -> CustomMethod:
    """A method without faults; ValueError, KeyError or TypeError of another."""
    buckets = tuple(_bucket(*each) for each in enumerate(document.get("prioritization") or ()))
    rulesets = tuple(map(_ruleset, document.get("rulesets") or ()))
    places = {ruleset.name: place for place, ruleset in enumerate(rulesets)}
    selection = tuple(
        Criterion(
            name=each["name"],
            when=compile_condition(each.get("when"), f"selection.{index}.when"),
            ruleset=places[each["ruleset"]],
        )
        for index, each in enumerate(document.get("selection") or ())
    )
    return CustomMethod(
        id=id,
        name=document["name"],
        kind=MethodKind(document.get("kind") or MethodKind.RULES),
        prioritization=buckets,
        rulesets=rulesets,
        selection=selection,
        weights=Weights(**(document.get("weights") or {})),
        orders_by=_unique(_read_by_buckets(buckets)),
        matches_by=_unique(_read_by_matching(rulesets, selection)),
        asks_time=any(map(_asks_time, rulesets)),
        attributes=_unique(_attributes(rulesets)),
        sorts_by_time=any(map(_tells_ages, [each.when for each in buckets]))
        or any(map(_tells_ages, [each.when for each in selection])),
    )


def fields_of(condition: Mapping[str, Any]) -> Iterator[str]:
    """The fields of an item that a condition reads."""
    if "not" in condition:
        yield from fields_of(condition["not"])
    for child in (*condition.get("all", ()), *condition.get("any", ())):
        yield from fields_of(child)
    if "field" in condition:
        yield condition["field"]


def _bucket(index: int, document: Document) -> Bucket:
    order = document.get("order_by")
    return Bucket(
        name=document["name"],
        when=compile_condition(document.get("when"), f"prioritization.{index}.when"),
        order=_order(order) if order else None,
    )


def _ruleset(document: Document) -> AssignmentRuleset:
    known: dict[str, Bind] = {}
    steps = tuple(_step(each, known) for each in document.get("rules") or ())
    return AssignmentRuleset(name=document["name"], steps=steps)


def _step(document: Document, known: dict[str, Bind]) -> Step:
    return Step(
        name=document["name"],
        when=compile_agent_condition(document.get("when"), known),
        order=tuple(map(_order, document.get("order_by") or ())),
    )


def _order(document: Document) -> OrderBy:
    return OrderBy(
        by=document["by"],
        descends=document.get("direction") == "descending",
        skill_type=document.get("skill_type"),
    )


def _read_by_buckets(buckets: tuple[Bucket, ...]) -> Iterator[str]:
    for bucket in buckets:
        yield from _read(bucket.when)
        if bucket.order:
            yield bucket.order.by


def _read_by_matching(
    rulesets: tuple[AssignmentRuleset, ...], selection: tuple[Criterion, ...]
) -> Iterator[str]:
    for criterion in selection:
        yield from _read(criterion.when)
    for ruleset in rulesets:
        for step in ruleset.steps:
            yield from step.when.reads


def _asks_time(ruleset: AssignmentRuleset) -> bool:
    rows = (row for step in ruleset.steps for row in rows_of(step.when.source))
    return any(row["op"] in (IS_WORKING, *BY_AGE) for row in rows)


def _attributes(rulesets: tuple[AssignmentRuleset, ...]) -> Iterator[str]:
    for step in (step for ruleset in rulesets for step in ruleset.steps):
        paths = [row["field"] for row in rows_of(step.when.source)]
        paths += [order.by for order in step.order]
        yield from filter(None, map(attribute_of, paths))


def _tells_ages(condition: Condition) -> bool:
    return any(OPERATORS[op].takes is Takes.DURATION for op in _operators_of(condition.source))


def _operators_of(condition: Mapping[str, Any]) -> Iterator[str]:
    if "not" in condition:
        yield from _operators_of(condition["not"])
    for child in (*condition.get("all", ()), *condition.get("any", ())):
        yield from _operators_of(child)
    if "op" in condition:
        yield condition["op"]


def _read(condition: Condition) -> Iterator[str]:
    return fields_of(condition.source)


def _unique(paths: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paths))
