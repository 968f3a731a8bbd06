"""Rows of a rule by which it asks what its workstream asks, too, whose numbers then say more."""

from typing import Final

from routing.engine.capacity import needs_units
from routing.engine.eligible import Rules
from routing.engine.facts import AgentFacts, ItemFacts, ProfileRoom
from routing.engine.methods.condition import Bound, Row
from routing.engine.methods.people import EXACT_MATCH
from workstreams.terms import SkillMatching

ALLOWED: Final = "workstream.allowed_presences"


def is_of_workstream(name: str, row: Row, test: Bound, item: ItemFacts, rules: Rules) -> bool:
    """Whether who fails the row fails the test of this name by just that; what else a rule asks,
    only the rule tells."""
    if name == "presence_is_allowed":
        return row.get("item") == ALLOWED and row["op"] in ("equals", "in")
    if name == "has_every_skill":
        is_exact = rules.skill_matching is SkillMatching.EXACT
        return is_exact and row.get("op") == EXACT_MATCH and not row.get("value")
    return name == "has_room" and test(_with_just_the_room(item))


def _with_just_the_room(item: ItemFacts) -> AgentFacts:
    """Who could take the item and nothing beside it: of more than that a workstream does not
    ask."""
    return AgentFacts(
        id=0,
        username="",
        units_limit=item.capacity_units if needs_units(item) else None,
        profiles={name: ProfileRoom(limit=1) for name in item.capacity_profiles},
    )
