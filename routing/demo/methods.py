"""What the demo organisation keeps of its agents, and whom that gives work to."""

from datetime import datetime
from typing import Any, Final

from agents.actions.save_attribute import save_attribute
from agents.models import AgentAttribute, User
from agents.terms import AttributeType
from routing.actions.save_method import save_method
from routing.engine.methods.attributes import path_of
from routing.engine.methods.built_in import ALLOWED, ROOM

ACCOUNT: Final = "Key account"
LEVEL: Final = "Level"
METHOD: Final = "Key accounts first"

OWN_ACCOUNT: Final[dict[str, Any]] = {
    "name": "Who looks after the account",
    "when": {
        "all": [ALLOWED, ROOM, {"field": path_of(ACCOUNT), "op": "equals", "item": "account.name"}]
    },
    "order_by": [{"by": "proficiency_nearest"}],
}
ANYBODY: Final[dict[str, Any]] = {
    "name": "Anybody, the most senior first",
    "when": {"all": [ALLOWED, ROOM]},
    "order_by": [
        {"by": path_of(LEVEL), "direction": "descending"},
        {"by": "proficiency_nearest"},
    ],
}


def create_attributes(*, by: User, now: datetime) -> None:
    """An account that an agent looks after, and how senior he is."""
    for row in (
        AgentAttribute(name=ACCOUNT, description="The customer this agent looks after."),
        AgentAttribute(name=LEVEL, type=AttributeType.NUMBER, description="1 junior, 3 senior."),
    ):
        save_attribute(row=row, by=by, now=now)


def create_method(*, by: User, now: datetime) -> None:
    """One for important customers."""
    rulesets = [{"name": "All items", "rules": [OWN_ACCOUNT, ANYBODY]}]
    save_method(
        document={
            "name": METHOD,
            "description": "To whoever looks after the customer's account, else to seniors first.",
            "rulesets": rulesets,
        },
        by=by,
        now=now,
    )
