"""What overflow did, in words and as a document (A 23: trigger and action)."""

from typing import Any, Final

from routing.engine.decisions import Overflow
from workstreams.terms import OverflowAction, OverflowCondition

MINUTE: Final = 60


def overflow_document(overflow: Overflow) -> dict[str, Any]:
    """The pair that acted, and its sentence."""
    return {
        "condition": overflow.condition.value,
        "threshold": overflow.threshold,
        "measured": overflow.measured,
        "action": overflow.action.value,
        "queue": overflow.queue,
        "is_of_rule": overflow.is_of_rule,
        "sentence": f"{trigger_words(overflow)}: {action_words(overflow)}.",
    }


def why_it_overflows(queue: str, overflow: Overflow) -> str:
    """The note of a rule that matched."""
    trigger = trigger_words(overflow)
    return f"{queue} overflows: {trigger[:1].lower()}{trigger[1:]}"


def trigger_words(overflow: Overflow) -> str:
    """What the condition found."""
    match overflow.condition:
        case OverflowCondition.OUT_OF_HOURS:
            return "Outside its operating hours"
        case OverflowCondition.ITEM_LIMIT:
            return f"{overflow.measured} wait, and the limit is {overflow.threshold}"
        case OverflowCondition.AVERAGE_WAIT:
            limit = _span(overflow.threshold)
            return f"The average wait is {_span(overflow.measured)}, more than {limit}"
        case OverflowCondition.WAITING_TIME:
            waited, limit = _span(overflow.measured), _span(overflow.threshold)
            return f"Waited {waited} in the queue, and the limit is {limit}"


def action_words(overflow: Overflow) -> str:
    """What was done about it."""
    match overflow.action:
        case OverflowAction.ASSIGN:
            return "assigned to the queue anyway"
        case OverflowAction.TRANSFER:
            return f"transferred to {overflow.queue}"
        case OverflowAction.END:
            return "ended"


def _span(seconds: int | None) -> str:
    minutes, rest = divmod(seconds or 0, MINUTE)
    return " ".join(
        filter(None, [f"{minutes} min" if minutes else "", f"{rest} s" if rest else ""])
    )
