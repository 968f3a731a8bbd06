"""Published configuration: from JSON pieces to the shapes the engine reads."""

from routing.engine.configuration.compiled import assemble, compile_piece
from routing.engine.configuration.rules import (
    IntakeRule,
    Outputs,
    OverflowPair,
    RouteRule,
    Rule,
    Ruleset,
    Share,
)
from routing.engine.configuration.shapes import (
    Capacity,
    CapacityProfile,
    CompiledConfiguration,
    Holiday,
    OfferRules,
    OperatingHours,
    Period,
    Presence,
    Queue,
    RatingModel,
    Skill,
    Workstream,
    WrapUp,
)

__all__ = [
    "Capacity",
    "CapacityProfile",
    "CompiledConfiguration",
    "Holiday",
    "IntakeRule",
    "OfferRules",
    "OperatingHours",
    "Outputs",
    "OverflowPair",
    "Period",
    "Presence",
    "Queue",
    "RatingModel",
    "RouteRule",
    "Rule",
    "Ruleset",
    "Share",
    "Skill",
    "Workstream",
    "WrapUp",
    "assemble",
    "compile_piece",
]
