"""Rules as an organisation has them, and customers of whom some are meant by them."""

from random import Random
from typing import Any, Final

from agents.models import User
from agents.terms import Role
from config.clock import database_now
from routing.actions.save_ruleset import save_rulesets
from routing.terms import RulesetKind
from workstreams.models import Queue, Workstream

Document = dict[str, Any]
REGIONS: Final = ("North", "East", "South", "West", "Centre", "Coast", "Abroad")
# Of four in seven regions a rule knows the queue; the others stay in the fallback queue.
ROUTED: Final = 4
TIERS: Final = ("gold", "silver", "bronze", "none")
TITLES: Final = ("A question", "A complaint", "An order", "Where is my parcel?")
CLASSIFICATION: Final[Document] = {
    "name": "Urgency",
    "kind": "logical",
    "rules": [
        {
            "name": "Complaints of good customers",
            "when": {
                "all": [
                    {"field": "title", "op": "contains", "value": "complaint"},
                    {"field": "context.tier", "op": "in", "value": ["gold", "silver"]},
                ]
            },
            "then": {"priority": 9},
        },
        {
            "name": "Gold",
            "when": {"field": "context.tier", "op": "equals", "value": "gold"},
            "then": {"priority": 7},
        },
        {
            "name": "Large orders",
            "when": {"field": "context.amount", "op": "greater", "value": 800},
            "then": {"priority": 5},
        },
        {
            "name": "Complaints",
            "when": {"field": "title", "op": "contains", "value": "complaint"},
            "then": {"priority": 3},
        },
    ],
}


def add_life_rules(workstream: Workstream) -> None:
    """Four classification rules, and one for each region that leads to a queue of its own."""
    by = User.objects.create(username="bench-rules", role=Role.ADMINISTRATOR)
    others = Queue.objects.filter(name__startswith="Bench queue").exclude(
        pk=workstream.fallback_queue_id
    )
    routes = [
        {
            "name": f"Region {region}",
            "when": {"field": "context.region", "op": "equals", "value": region},
            "queues": [{"queue": queue.name, "percent": 100}],
        }
        for region, queue in zip(REGIONS[:ROUTED], others.order_by("pk"), strict=False)
    ]
    for kind, rulesets in (
        (RulesetKind.CLASSIFICATION, [CLASSIFICATION]),
        (RulesetKind.ROUTE_TO_QUEUE, routes),
    ):
        save_rulesets(
            workstream=workstream, kind=kind, rulesets=rulesets, by=by, now=database_now()
        )


def customer_asking(random: Random) -> Document:
    """What comes in with an item."""
    return {
        "title": random.choice(TITLES),
        "context": {
            "region": random.choice(REGIONS),
            "tier": random.choice(TIERS),
            "amount": random.randrange(1000),
        },
    }
