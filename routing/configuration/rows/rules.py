"""Documents of rules: the rulesets of workstreams, and intake."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from routing.check_learning import ruleset_document
from routing.configuration.rows.selection import Document, Ids, chosen
from routing.models import Rule, RuleOverflow, RuleQueue, Ruleset
from routing.terms import RulesetKind

INTAKE_ID = 0
INTAKE_NAME = "intake"

RulesByWorkstream = dict[int, list[Document]]


def rules_of_workstreams(ids: Ids) -> tuple[RulesByWorkstream, RulesByWorkstream]:
    """Classification rulesets and route-to-queue rules by workstream, in four queries."""
    classification: RulesByWorkstream = defaultdict(list)
    route_to_queue: RulesByWorkstream = defaultdict(list)
    rules = _rules_by_ruleset(ids)
    rulesets = chosen(Ruleset.objects.filter(workstream__isnull=False), ids, "workstream").order_by(
        "position", "pk"
    )
    for pk, kind, workstream_id, name, rule_type, model, inputs in rulesets.values_list(
        "pk", "kind", "workstream_id", "name", "rule_type", "model__name", "inputs"
    ):
        if kind == RulesetKind.CLASSIFICATION:
            document = ruleset_document(
                name=name,
                kind=rule_type,
                model=model,
                inputs=inputs,
                rules=[_classification_rule(*rule) for rule in rules[pk]],
            )
            classification[workstream_id].append(document)
        else:
            route_to_queue[workstream_id] = [_route_rule(*rule) for rule in rules[pk]]
    return classification, route_to_queue


def intake_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """The one piece of intake rules, if there are any: record type after record type."""
    rows = (
        Rule.objects.filter(ruleset__kind=RulesetKind.INTAKE)
        .order_by("position", "pk")
        .values_list("name", "ruleset__record_type__name", "when", "workstream__name")
    )
    keys = ("name", "record_type", "when", "workstream")
    rules = in_order_of_types(dict(zip(keys, row, strict=True)) for row in rows)
    if rules:
        yield INTAKE_ID, {"name": INTAKE_NAME, "rules": rules}


def in_order_of_types(rules: Iterable[Document]) -> list[Document]:
    """Intake rules as documents list them: the order counts within a record type."""
    return sorted(rules, key=lambda rule: str(rule.get("record_type") or "").lower())


def _rules_by_ruleset(ids: Ids) -> dict[int, list[tuple[Any, ...]]]:
    shares: dict[int, list[Document]] = defaultdict(list)
    for rule_id, queue, percent in (
        chosen(RuleQueue.objects.all(), ids, "rule__ruleset__workstream")
        .order_by("position", "pk")
        .values_list("rule_id", "queue__name", "percent")
    ):
        shares[rule_id].append({"queue": queue, "percent": percent})
    overflow: dict[int, list[Document]] = defaultdict(list)
    pairs = RuleOverflow.objects.select_related("to_queue").order_by("position", "pk")
    for pair in chosen(pairs, ids, "rule__ruleset__workstream"):
        overflow[pair.rule_id].append(pair.document())
    rules: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for pk, ruleset_id, name, when, then, is_own in (
        chosen(Rule.objects.filter(ruleset__workstream__isnull=False), ids, "ruleset__workstream")
        .order_by("position", "pk")
        .values_list("pk", "ruleset_id", "name", "when", "then", "has_own_overflow")
    ):
        own = overflow[pk] if is_own else None
        rules[ruleset_id].append((name, when, then, shares[pk], own))
    return rules


def _classification_rule(name: str, when: Document, then: Document, *_: object) -> Document:
    return {"name": name, "when": when, "then": then}


def _route_rule(
    name: str,
    when: Document,
    _: Document,
    queues: list[Document],
    overflow: list[Document] | None,
) -> Document:
    return {"name": name, "when": when, "queues": queues, "overflow": overflow}
