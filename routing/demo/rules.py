"""How work is told apart and led to queues at the demo organisation."""

from datetime import datetime
from typing import Any, Final

from agents.models import User
from routing.actions.save_ruleset import save_intake_rules, save_rulesets
from routing.demo.abilities import LANGUAGES
from routing.terms import RulesetKind
from workstreams.models import Workstream

WORDS_OF_TOPIC: Final = {
    "Billing": ("invoice", "refund", "charge", "payment"),
    "Machines": ("machine", "leak", "grinder", "descale"),
    "Orders": ("order", "delivery", "parcel", "subscription"),
}
TOPIC_RATING: Final = 5
LANGUAGE_RATING: Final = 3


def condition(field: str, op: str, value: Any) -> dict[str, Any]:
    """One row of a condition in the form of the public contract."""
    return {"field": field, "op": op, "value": value}


def to_queue(name: str, when: dict[str, Any], queue: str) -> dict[str, Any]:
    """A rule that leads everything that matches to one queue."""
    return {"name": name, "when": when, "queues": [{"queue": queue, "percent": 100}]}


LANGUAGE: Final = {
    "name": "Language",
    "kind": "logical",
    "rules": [
        {
            "name": language,
            "when": condition("context.language", "equals", language),
            "then": {"skills": [{"skill": language, "rating": LANGUAGE_RATING}]},
        }
        for language in LANGUAGES
    ],
}
TOPIC: Final = {
    "name": "Topic",
    "kind": "logical",
    "rules": [
        {
            "name": topic,
            "when": {"any": [condition("title", "contains", word) for word in words]},
            "then": {
                "skills": [{"skill": topic, "rating": TOPIC_RATING}],
                "set": {"attributes.topic": topic},
            },
        }
        for topic, words in WORDS_OF_TOPIC.items()
    ],
}
FEELING: Final = {
    "name": "Feeling",
    "kind": "sentiment",
    "model": None,
    "inputs": ["messages"],
    "rules": [],
}
CUSTOMER_VALUE: Final = {
    "name": "Customer value",
    "kind": "logical",
    "rules": [
        {
            "name": "Gold customers",
            "when": condition("context.tier", "equals", "gold"),
            "then": {"set": {"attributes.segment": "vip"}, "priority": 10},
        },
    ],
}
URGENCY: Final = {
    "name": "Urgency",
    "kind": "logical",
    "rules": [
        {
            "name": "Complaints",
            "when": {
                "any": [
                    condition("record.topic", "equals", "complaint"),
                    condition("title", "contains", "complaint"),
                ]
            },
            "then": {"set": {"attributes.is_complaint": True}, "priority": 5},
        },
    ],
}
GOLD_TO_VIP: Final = to_queue(
    "Gold customers", condition("attributes.segment", "equals", "vip"), "VIP support"
)


def save_rules(*, workstreams: dict[str, Workstream], by: User, now: datetime) -> None:
    """Classification, route to queues and intake."""
    rules: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {
        "Contoso chat": (
            [LANGUAGE, TOPIC, CUSTOMER_VALUE, FEELING],
            [GOLD_TO_VIP, to_queue("Everybody else", {}, "Support")],
        ),
        "Contoso sales chat": ([LANGUAGE], []),
        "Contoso text messages": ([CUSTOMER_VALUE], [GOLD_TO_VIP]),
        "Contoso cases": (
            [URGENCY],
            [
                to_queue(
                    "Complaints",
                    condition("attributes.is_complaint", "equals", True),
                    "Complaints",
                )
            ],
        ),
        "Contoso phone": ([LANGUAGE], []),
    }
    for name, (classification, route) in rules.items():
        for kind, documents in (
            (RulesetKind.CLASSIFICATION, classification),
            (RulesetKind.ROUTE_TO_QUEUE, route),
        ):
            if documents:
                save_rulesets(
                    workstream=workstreams[name], kind=kind, rulesets=documents, by=by, now=now
                )
    every_case = {
        "name": "Every case",
        "record_type": "case",
        "when": {},
        "workstream": "Contoso cases",
    }
    save_intake_rules(rules=[every_case], by=by, now=now)
