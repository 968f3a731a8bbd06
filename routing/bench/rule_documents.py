"""Invented rules and items, always the same ones: ten conditions a rule over a dozen fields."""

from random import Random
from typing import Any, Final

from routing.terms import RulesetKind

SEED: Final = 1
VALUES: Final = [f"value {number}" for number in range(20)]
WORDS: Final = [f"word{number}" for number in range(400)]
CHOICES: Final = (
    "context.tier",
    "context.product",
    "context.region",
    "customer.country",
    "contact.segment",
    "attributes.topic",
)


def condition(random: Random) -> dict[str, Any]:
    """Ten rows, some of them in an inner group."""
    rows = [_row(random) for _ in range(10)]
    kind = random.random()
    if kind < 0.3:
        return {"all": [*rows[:6], {"any": rows[6:]}]}
    if kind < 0.4:
        return {"all": [*rows[:8], {"not": {"all": rows[8:]}}]}
    return {"all": rows}


def classification_rule(random: Random, number: int) -> dict[str, Any]:
    """A rule that sets a priority."""
    name = f"Classification rule {number}"
    return {"name": name, "when": condition(random), "then": {"priority": number % 9 + 1}}


def route_rule(random: Random, number: int, queue: str) -> dict[str, Any]:
    """A rule that leads to one queue."""
    queues = [{"queue": queue, "percent": 100}]
    return {"name": f"Route rule {number}", "when": condition(random), "queues": queues}


def workstream_document(random: Random, *, classification: int, routes: int) -> dict[str, Any]:
    """A piece with rulesets of a hundred rules and with route-to-queue rules."""
    rulesets = [
        {
            "name": f"Ruleset {number}",
            "kind": RulesetKind.CLASSIFICATION.value,
            "rules": [classification_rule(random, each) for each in range(100)],
        }
        for number in range(classification // 100)
    ]
    return {
        "name": "Bench",
        "type": "messaging",
        "fallback_queue": "Queue",
        "classification": [ruleset | {"kind": "logical"} for ruleset in rulesets],
        "route_to_queue": [route_rule(random, each, "Queue") for each in range(routes)],
    }


def item_fields(random: Random) -> dict[str, Any]:
    """An item with a value in every field that conditions ask for."""

    def one() -> str:
        return random.choice(VALUES)

    return {
        "title": " ".join(random.choices(WORDS, k=12)),
        "channel": "live_chat",
        "customer": {"country": one()},
        "contact": {"segment": one()},
        "account": {"employees": random.randrange(1000)},
        "case": {"created_at": "2025-02-01T10:00:00+00:00"},
        "context": {
            "tier": one(),
            "product": one(),
            "region": one(),
            "amount": random.randrange(1000),
        },
        "attributes": {"topic": one(), "flag": one()},
    }


def _row(random: Random) -> dict[str, Any]:
    number = random.randrange(10)
    if number < 4:
        return _of(random.choice(CHOICES), "equals", random.choice(VALUES))
    return {
        4: lambda: _of("context.product", "in", random.choices(VALUES, k=4)),
        5: lambda: _of("title", "contains", random.choice(WORDS)),
        6: lambda: _of("context.amount", "greater", random.randrange(1000)),
        7: lambda: _of("account.employees", "less_or_equal", random.randrange(1000)),
        8: lambda: _of("case.created_at", "older_than", {"days": random.randrange(1, 60)}),
        9: lambda: _of("attributes.flag", "not_equals", random.choice(VALUES)),
    }[number]()


def _of(field: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}
