"""How work is given to agents, and when a queue overflows."""

from enum import StrEnum

from workstreams.terms.channel import WorkstreamType


class AssignmentMethodName(StrEnum):
    """The built-in assignment methods (A 10)."""

    HIGHEST_CAPACITY = "highest_capacity"
    ADVANCED_ROUND_ROBIN = "advanced_round_robin"
    LEAST_ACTIVE = "least_active"


def usual_method(type: str) -> AssignmentMethodName:
    """What a new queue of a type of workstream begins with (A 7)."""
    is_voice = type == WorkstreamType.VOICE
    return AssignmentMethodName.LEAST_ACTIVE if is_voice else AssignmentMethodName.HIGHEST_CAPACITY


class MethodKind(StrEnum):
    """How a custom assignment method decides: by rules, item by item, or by the best match of a
    whole batch."""

    RULES = "rules"
    BEST_MATCH = "best_match"


class DistributionMode(StrEnum):
    """Offered automatically, or taken by the agent; fixed at creation."""

    PUSH = "push"
    PICK = "pick"


class SkillMatching(StrEnum):
    """How required skills decide who may take an item (A 11)."""

    EXACT = "exact"
    CLOSEST = "closest"
    NONE = "none"


class WrapUpBlock(StrEnum):
    """How long wrap-up keeps capacity (A 13)."""

    ALWAYS = "always"
    NEVER = "never"
    CUSTOM = "custom"


class OverflowCondition(StrEnum):
    """When a queue overflows: the first three before an item is queued, the last while it
    waits (A 8)."""

    OUT_OF_HOURS = "out_of_operating_hours"
    ITEM_LIMIT = "work_item_limit"
    AVERAGE_WAIT = "average_wait"
    WAITING_TIME = "waiting_time"


class OverflowAction(StrEnum):
    """What becomes of an item whose queue overflows."""

    ASSIGN = "assign_anyway"
    TRANSFER = "transfer"
    END = "end"
