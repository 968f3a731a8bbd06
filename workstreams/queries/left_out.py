"""What a copy of a workstream does not get, because it exists once, and what names that still."""

from collections.abc import Sequence
from typing import Final

from workstreams.models import Workstream
from workstreams.queries.dependencies import INSTANCE, compares

NAMED: Final = 10


def left_out_of_copy(workstream: Workstream) -> list[str]:
    """A sentence a kind, with count and names: channel instances, the rules that compare with
    them, which were copied, and intake rules; 4 queries at most."""
    instances = workstream.channel_instances.order_by("name").values_list("name", flat=True)
    rules = workstream.intake_rules.order_by("position").values_list("name", flat=True)
    return [
        *_sentence("channel instance", list(instances)),
        *_comparing(_rules_with(workstream, list(instances))),
        *_sentence("intake rule", list(rules)),
    ]


def _sentence(noun: str, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    counted = f"1 {noun} was" if len(names) == 1 else f"{len(names)} {noun}s were"
    return [f"{counted} not copied: {_listed(names)}."]


def _comparing(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    counted = "1 rule compares" if len(names) == 1 else f"{len(names)} rules compare"
    one = "it" if len(names) == 1 else "them"
    return [f"{counted} with what was not copied, so change {one} in the copy: {_listed(names)}."]


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    return f"{shown} and {len(names) - NAMED} more" if len(names) > NAMED else shown


def _rules_with(workstream: Workstream, instances: Sequence[str]) -> list[str]:
    if not instances:
        return []
    return [
        rule.name
        for ruleset in workstream.rulesets.prefetch_related("rules")
        for rule in ruleset.rules.all()
        if any(compares(rule.when, INSTANCE, instance) for instance in instances)
    ]
