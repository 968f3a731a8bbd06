"""How long the checks take with a thousand workstreams: at first, and after one edit."""

import time
from collections.abc import Iterator
from typing import Any, Final

from config.clock import database_now
from routing import configuration
from routing.bench.row import Row, row_of
from routing.engine.coverage import check
from routing.models import Rule, RuleQueue, Ruleset
from routing.terms import RulesetKind
from workstreams.models import Workstream

RULES_EACH: Final = 10
RUNS: Final = 10
TARGET_MS: Final = 250.0
TIERS: Final = ("gold", "silver", "tin", "wood", "paper")


def add_rules() -> None:
    """Ten route-to-queue rules a workstream, of which no two say the same."""
    streams = list(Workstream.objects.select_related("fallback_queue"))
    rulesets = Ruleset.objects.bulk_create(
        Ruleset(kind=RulesetKind.ROUTE_TO_QUEUE, workstream=each, name="Route to queues")
        for each in streams
    )
    rules = Rule.objects.bulk_create(
        Rule(ruleset=ruleset, name=f"Rule {number}", position=number, when=_when(index, number))
        for index, ruleset in enumerate(rulesets)
        for number in range(RULES_EACH)
    )
    queues = [each.fallback_queue for each in streams for _ in range(RULES_EACH)]
    RuleQueue.objects.bulk_create(
        RuleQueue(rule=rule, queue=queue) for rule, queue in zip(rules, queues, strict=True)
    )
    configuration.publish(by=None, now=database_now())


def checks(name: str) -> Iterator[Row]:
    """Milliseconds of all checks on a cold process, and once one workstream was edited."""
    compiled = configuration.current().compiled
    cold = []
    for _ in range(RUNS // 3):
        check.forget()
        cold.append(_timed(lambda: configuration.checks_of(compiled)))
    yield row_of(f"{name}-cold", cold, "ms", target=TARGET_MS * 20, at_least=False)
    warm = [_after_an_edit() for _ in range(RUNS)]
    yield row_of(name, warm, "ms", target=TARGET_MS, at_least=False)


def _after_an_edit() -> float:
    rule = Rule.objects.order_by("?").first()
    assert rule is not None
    rule.when = _when(time.time_ns(), 3)
    rule.save()
    return _timed(lambda: configuration.checks_of(configuration.drafted().compiled))


def _when(seed: int, number: int) -> dict[str, Any]:
    rows = [
        {"field": "context.tier", "op": "equals", "value": TIERS[number % len(TIERS)]},
        {"field": "context.score", "op": "greater", "value": seed % 1000 + number},
        {"field": "customer.name", "op": "starts_with", "value": f"n{number}"},
    ]
    return {"all": [*rows[: number % 3], {"any": rows}]}


def _timed(act: Any) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000
