"""Which overflow conditions and actions the queues of each type have, and their ranges (A 8).

Callbacks, voicemail and outside numbers are none of them: calls come in through the API, and no
channel could call back, record, or dial. The page says so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from workstreams.terms import (
    LABELS,
    OverflowAction,
    OverflowCondition,
    WorkstreamType,
)

Pair = Mapping[str, Any]
# Key and sentence of what is wrong with a pair, and its index.
Fault = tuple[int, str, str]

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
OUT_OF_HOURS: Final = OverflowCondition.OUT_OF_HOURS
ASSIGN, TRANSFER, END = OverflowAction.ASSIGN, OverflowAction.TRANSFER, OverflowAction.END
NEEDS_HOURS_PAIR: Final = "A queue with operating hours says what happens outside them."
SECONDS: Final = (OverflowCondition.AVERAGE_WAIT, OverflowCondition.WAITING_TIME)


@dataclass(frozen=True, kw_only=True)
class Offered:
    """The actions of a condition, and from what to what its threshold may be; no range: it has
    none."""

    actions: tuple[OverflowAction, ...]
    least: int | None = None
    most: int | None = None


OFFERED: Final[dict[WorkstreamType, dict[OverflowCondition, Offered]]] = {
    WorkstreamType.MESSAGING: {
        OverflowCondition.OUT_OF_HOURS: Offered(actions=(ASSIGN, TRANSFER, END)),
        OverflowCondition.ITEM_LIMIT: Offered(actions=(TRANSFER, END), least=1, most=100),
        OverflowCondition.WAITING_TIME: Offered(
            actions=(TRANSFER, END), least=MINUTE, most=2 * DAY
        ),
    },
    WorkstreamType.RECORD: {
        OverflowCondition.OUT_OF_HOURS: Offered(actions=(ASSIGN, TRANSFER)),
        OverflowCondition.WAITING_TIME: Offered(
            actions=(TRANSFER,), least=3 * MINUTE, most=2 * DAY
        ),
    },
    WorkstreamType.VOICE: {
        OverflowCondition.OUT_OF_HOURS: Offered(actions=(ASSIGN, TRANSFER, END)),
        OverflowCondition.ITEM_LIMIT: Offered(actions=(TRANSFER, END), least=1, most=100),
        OverflowCondition.AVERAGE_WAIT: Offered(actions=(TRANSFER, END), least=30, most=HOUR),
        OverflowCondition.WAITING_TIME: Offered(actions=(TRANSFER,), least=MINUTE, most=HOUR),
    },
}


def with_hours_pair(pairs: Any, *, has_hours: bool) -> Any:
    """The pairs with that of operating hours first where it is missing: work waits. What is no
    list of pairs is left as it is."""
    is_list = isinstance(pairs, list) and all(isinstance(each, Mapping) for each in pairs)
    if not has_hours or not is_list or any(_is_of_hours(each) for each in pairs):
        return pairs
    pair = {"condition": OUT_OF_HOURS.value, "threshold": None, "action": ASSIGN.value}
    return [pair | {"queue": None}, *pairs]


def without_hours_pair(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs of a queue that is always open."""
    return [each for each in pairs if not _is_of_hours(each)]


def _is_of_hours(pair: Pair) -> bool:
    return pair.get("condition") == OUT_OF_HOURS


def conditions_of(type: str, *, before_queueing: bool) -> list[OverflowCondition]:
    """What can be chosen for queues of a type, before items are queued or while they wait."""
    return [
        condition
        for condition in OFFERED[WorkstreamType(type)]
        if (condition != OverflowCondition.WAITING_TIME) == before_queueing
    ]


def actions_of(type: str, conditions: Sequence[OverflowCondition]) -> list[OverflowAction]:
    """The actions of any of these conditions."""
    offered = OFFERED[WorkstreamType(type)]
    found = {action for each in conditions if each in offered for action in offered[each].actions}
    return [action for action in OverflowAction if action in found]


def action_words(action: OverflowAction, type: str) -> str:
    """An action as people read it; calls are ended, not conversations."""
    is_call = action == OverflowAction.END and type == WorkstreamType.VOICE
    return "End the call" if is_call else LABELS[action]


def pair_faults(
    pairs: Sequence[Pair],
    *,
    type: str,
    type_of: Callable[[str], str | None],
    own_name: str = "",
    has_hours: bool | None = None,
) -> Iterator[Fault]:
    """What stands against the pairs of a queue, or of a rule: then without ``own_name`` and
    without a waiting time. ``type_of`` tells the type of a queue, None if there is none.

    With ``has_hours`` the pair of operating hours has to be there exactly if it is true.
    """
    seen: set[str] = set()
    for index, pair in enumerate(pairs):
        offered = _offered(pair, type, is_of_queue=bool(own_name))
        if offered is None:
            yield index, "condition", _no_condition(pair, type, is_of_queue=bool(own_name))
            continue
        if pair["condition"] in seen:
            yield index, "condition", "Each condition can be chosen once."
        seen.add(pair["condition"])
        yield from ((index, *fault) for fault in _action_faults(pair, offered, type))
        yield from ((index, *fault) for fault in _threshold_faults(pair, offered))
        yield from ((index, *fault) for fault in _target_faults(pair, type, type_of, own_name))
    yield from _hours_faults(pairs, seen, has_hours)


def _offered(pair: Pair, type: str, *, is_of_queue: bool) -> Offered | None:
    condition = pair.get("condition")
    if condition == OverflowCondition.WAITING_TIME and not is_of_queue:
        return None
    if not isinstance(condition, str) or condition not in list(OverflowCondition):
        return None
    return OFFERED[WorkstreamType(type)].get(OverflowCondition(condition))


def _no_condition(pair: Pair, type: str, *, is_of_queue: bool) -> str:
    condition = pair.get("condition")
    if not isinstance(condition, str) or condition not in list(OverflowCondition):
        return "Choose a condition."
    words = LABELS[OverflowCondition(condition)]
    if condition == OverflowCondition.WAITING_TIME and not is_of_queue:
        return f"“{words}” is for queues, not for rules."
    return f"“{words}” is not for {LABELS[WorkstreamType(type)].lower()} queues."


def _action_faults(pair: Pair, offered: Offered, type: str) -> Iterator[tuple[str, str]]:
    action = pair.get("action")
    if not isinstance(action, str) or action not in list(offered.actions):
        words = ", ".join(action_words(each, type) for each in offered.actions)
        yield "action", f"Choose what happens: {words}."


def _threshold_faults(pair: Pair, offered: Offered) -> Iterator[tuple[str, str]]:
    threshold, condition = pair.get("threshold"), OverflowCondition(pair["condition"])
    if offered.least is None or offered.most is None:
        if threshold is not None:
            yield "threshold", "Operating hours have no limit."
        return
    is_whole = isinstance(threshold, int) and not isinstance(threshold, bool)
    if not is_whole or threshold not in range(offered.least, offered.most + 1):
        yield "threshold", range_words(condition, offered)


def range_words(condition: OverflowCondition, offered: Offered) -> str:
    """What the threshold may be."""
    assert offered.least is not None
    assert offered.most is not None
    if condition not in SECONDS:
        return f"A limit is a whole number of work items from {offered.least} to {offered.most}."
    return f"A time is from {span(offered.least)} to {span(offered.most)}."


def _target_faults(
    pair: Pair, type: str, type_of: Callable[[str], str | None], own_name: str
) -> Iterator[tuple[str, str]]:
    name = pair.get("queue")
    if pair.get("action") != OverflowAction.TRANSFER:
        if name:
            yield "queue", "Only a transfer names a queue."
        return
    if not isinstance(name, str) or not name:
        yield "queue", "Choose the queue that takes the work."
        return
    found = type_of(name)
    if found is None:
        yield "queue", f"There is no queue {name}."
    elif found != type:
        yield "queue", f"The queue {name} does not take work of this type."
    elif own_name and name.lower() == own_name.lower():
        yield "queue", "Work cannot overflow into the queue that it comes from."


def _hours_faults(pairs: Sequence[Pair], seen: set[str], has_hours: bool | None) -> Iterator[Fault]:
    if has_hours is None or has_hours == (OUT_OF_HOURS in seen):
        return
    index = next((i for i, each in enumerate(pairs) if each.get("condition") == OUT_OF_HOURS), 0)
    if has_hours:
        yield (
            len(pairs),
            "condition",
            "A queue with operating hours says what happens outside them.",
        )
    else:
        yield index, "condition", "A queue without operating hours is always open."


def span(seconds: int) -> str:
    """Seconds in the largest unit that measures them whole: ``90 s``, ``5 min``, ``2 days``."""
    for unit, word in ((DAY, "day"), (HOUR, "hour")):
        if seconds and seconds % unit == 0:
            number = seconds // unit
            return f"{number} {word}" if number == 1 else f"{number} {word}s"
    return f"{seconds // MINUTE} min" if seconds and seconds % MINUTE == 0 else f"{seconds} s"


def pair_words(pair: Pair, type: str) -> str:
    """One pair of a type's queue in a sentence: ``work item limit exceeds 5: transfer to
    Billing``."""
    condition, threshold = OverflowCondition(pair["condition"]), pair.get("threshold")
    words = LABELS[condition].lower()
    if threshold is not None:
        words += f" {span(threshold) if condition in SECONDS else threshold}"
    if pair["action"] == TRANSFER:
        return f"{words}: transfer to {pair.get('queue')}"
    return f"{words}: {action_words(OverflowAction(pair['action']), type).lower()}"
