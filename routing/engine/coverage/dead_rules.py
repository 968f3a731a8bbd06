"""Rules that never match, and rulesets without any."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from routing.engine.configuration import IntakeRule, RouteRule, Workstream
from routing.engine.coverage.finding import Finding, Severity
from routing.engine.coverage.unreachable import Looked, looked_at, unreachable
from routing.terms import RuleType

CONTRADICTORY = "The rule “{rule}” can never match: its conditions contradict each other."
SHADOWED = "The rule “{rule}” can never match: “{earlier}” before it takes all of its work."
EMPTY = "The ruleset “{ruleset}” has no rules."
Tell = Callable[[str, str, str], Finding]


def dead_rules(workstream: Workstream, unfailing: Collection[str]) -> Iterator[Finding]:
    """Of both lists. ``unfailing`` queues never overflow, so that no later rule is asked."""

    def tell(check: str, sentence: str, path: str) -> Finding:
        return Finding(
            check=check,
            severity=Severity.WARNING,
            kind="workstream",
            object_id=workstream.id,
            name=workstream.name,
            sentence=sentence,
            path=path,
        )

    for number, ruleset in enumerate(workstream.classification):
        path = f"classification.{number}"
        if not ruleset.rules and ruleset.type is RuleType.LOGICAL:
            yield tell("empty-ruleset", EMPTY.format(ruleset=ruleset.name), path)
        looked = [looked_at(rule) for rule in ruleset.rules]
        yield from _said(ruleset.rules, looked, f"{path}.rules", tell)
    rules = workstream.route_to_queue
    looked = [looked_at(rule, stops=_stops(rule, unfailing)) for rule in rules]
    yield from _said(rules, looked, "route_to_queue", tell)


def dead_intake_rules(rules: Sequence[IntakeRule]) -> Iterator[Finding]:
    """Of the one list of intake rules; a rule is asked for records of its type alone."""

    def tell(check: str, sentence: str, path: str) -> Finding:
        return Finding(
            check=check,
            severity=Severity.WARNING,
            kind="intake",
            object_id=0,
            name="Intake rules",
            sentence=sentence,
            path=path,
        )

    looked = [looked_at(rule, sort=rule.record_type) for rule in rules]
    yield from _said(rules, looked, "rules", tell)


def _stops(rule: RouteRule, unfailing: Collection[str]) -> bool:
    """Whether the rule takes the work for sure: no queue it may choose can overflow."""
    shares = [share.queue for share in rule.shares]
    return bool(shares) and not rule.overflow and all(name in unfailing for name in shares)


def _said(
    rules: Sequence[Any], looked: Sequence[Looked], path: str, tell: Tell
) -> Iterator[Finding]:
    for each in unreachable(looked):
        name, place = rules[each.index].name, f"{path}.{each.index}"
        if each.shadowed_by is None:
            yield tell("contradictory-rule", CONTRADICTORY.format(rule=name), place)
        else:
            earlier = rules[each.shadowed_by].name
            yield tell("shadowed-rule", SHADOWED.format(rule=name, earlier=earlier), place)
