"""Custom methods that the queues of the bench use."""

from typing import Any, Final

from routing.engine.methods.built_in import ALLOWED, ROOM, RULESET_NAME, SKILLED, rulesets_of
from workstreams.models import AssignmentMethod, Queue
from workstreams.terms import AssignmentMethodName, SkillMatching

Document = dict[str, Any]
MUCH_ROOM: Final[Document] = {"field": "agent.units", "op": "greater", "value": 8}
BY_ROOM: Final = [{"by": "capacity", "direction": "descending"}]
USUAL: Final[Document] = {
    "name": "Usual",
    "rulesets": rulesets_of(AssignmentMethodName.HIGHEST_CAPACITY, SkillMatching.EXACT),
}
BY_FIELDS: Final[Document] = {
    **USUAL,
    "name": "By fields",
    "prioritization": [
        {
            "name": "Gold",
            "when": {"field": "context.tier", "op": "equals", "value": "gold"},
            "order_by": {"by": "context.due", "direction": "ascending"},
        },
        {"name": "All", "when": {}, "order_by": {"by": "created_at", "direction": "descending"}},
    ],
}
# From strict to general: the skills and much room, the skills, anybody who has room.
RELAXING: Final[Document] = {
    "name": "Relaxing",
    "rulesets": [
        {
            "name": RULESET_NAME,
            "rules": [
                {"name": name, "when": {"all": [dict(row) for row in rows]}, "order_by": BY_ROOM}
                for name, rows in (
                    ("Skilled with much room", (ALLOWED, ROOM, SKILLED, MUCH_ROOM)),
                    ("Skilled", (ALLOWED, ROOM, SKILLED)),
                    ("Anybody", (ALLOWED, ROOM)),
                )
            ],
        }
    ],
}


def use_method(document: Document) -> None:
    """Let all queues of the bench use it; filling them publishes it."""
    method, _ = AssignmentMethod.objects.update_or_create(
        name=document["name"], defaults={key: document[key] for key in document if key != "name"}
    )
    Queue.objects.filter(name__startswith="Bench queue").update(custom_method=method)


def use_built_in() -> None:
    """Let all queues of the bench go by their built-in method again."""
    Queue.objects.filter(name__startswith="Bench queue").update(custom_method=None)
