"""By what a stored list of agents is in order, and whether work may only bring an agent further
back: then nobody behind the list can have come first of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from agents.terms import BasePresence
from routing.engine.configuration import CompiledConfiguration
from routing.engine.methods.attributes import attribute_of
from routing.engine.methods.condition import rows_of
from routing.engine.methods.people import field_at
from routing.engine.methods.rank import BESIDE, key_of_said, name_of, up_to_turns
from routing.engine.methods.shapes import CustomMethod, Order, OrderBy, Step
from routing.engine.rank import CLOSENESS, COLUMNS, METHODS
from routing.engine.seats import microseconds_in
from workstreams.terms import AssignmentMethodName, MethodKind

Numbers = Mapping[str, Any]
Row = Mapping[str, Any]
DECLINES: Final = "declines"
LAST: Final = "last_assigned_at"
# An automatic presence goes from one to the other with the first work.
WITH_AND_WITHOUT_WORK: Final = frozenset({BasePresence.AVAILABLE, BasePresence.BUSY})
MOST_FIRST: Final = ("room", "skills_met")
AMOUNTS: Final = (Order.CAPACITY, Order.UNITS, Order.PROFILES)


@dataclass(frozen=True, kw_only=True, slots=True)
class ManyOrder:
    """``key`` sorts the numbers of agents, smallest first, by ``columns``.

    ``lowered`` are the numbers that an item more takes its need of, ``turned`` those that it sets
    to its moment. Where ``only_loses`` is false, work may bring an agent forward or let one in.
    """

    columns: Sequence[str]
    key: Callable[[Numbers], tuple[Any, ...]]
    need: int
    lowered: Sequence[str]
    turned: Sequence[str]
    only_loses: bool

    def after_one_more(self, numbers: Numbers, *, need: int, at: str | None) -> dict[str, Any]:
        """What they become by an item more, of the same sort."""
        less = {name: numbers[name] - need for name in self.lowered}
        return {**numbers, **less, **dict.fromkeys(self.turned, at)}

    def has_room(self, numbers: Numbers) -> bool:
        """Whether there is room for the item still."""
        return bool(numbers["room"] >= self.need)


def order_of_many(
    document: Mapping[str, Any],
    configuration: CompiledConfiguration,
    *,
    workstream_id: int,
    queue_id: int,
) -> ManyOrder:
    """KeyError where the configuration has no such workstream, queue or rule."""
    allowed = configuration.workstreams[workstream_id].allowed_presences
    is_present = allowed >= WITH_AND_WITHOUT_WORK
    method = configuration.method_of(queue_id)
    if method is not None and method.kind is MethodKind.RULES:
        return _of_rules(document, method, is_present)
    name = configuration.queues[queue_id].assignment_method
    return _of_built_in(document, name, is_present)


def _of_built_in(document: Mapping[str, Any], name: str, is_present: bool) -> ManyOrder:
    listed = document["agents_considered"][0]["numbers"]
    columns = [
        *([DECLINES] if DECLINES in listed else []),
        *(CLOSENESS if CLOSENESS[0] in listed else ()),
        *COLUMNS[name if name in METHODS else AssignmentMethodName.HIGHEST_CAPACITY],
    ]
    return ManyOrder(
        columns=columns,
        key=lambda numbers: tuple(_key(name, numbers[name]) for name in columns),
        need=_need(document),
        lowered=["room"],
        turned=[LAST],
        only_loses=_is_of_one_sort(document) and is_present,
    )


def _of_rules(document: Mapping[str, Any], method: CustomMethod, is_present: bool) -> ManyOrder:
    rulesets = {each.name: each.steps for each in method.rulesets}
    steps = rulesets[document["ruleset"]]
    reached = next((n for n, each in enumerate(steps) if each.name == document["rule"]), None)
    if reached is None:
        raise KeyError(document["rule"])
    order, upto = steps[reached].order, steps[: reached + 1]
    listed = document["agents_considered"][0]["numbers"]
    declines = [DECLINES] if DECLINES in listed else []
    labels = _labels(order, listed)

    def key(numbers: Numbers) -> tuple[Any, ...]:
        at = numbers["position"]
        own = (
            key_of_said(each, numbers[name], at) for each, name in zip(order, labels, strict=True)
        )
        first = [numbers[name] for name in declines]
        return *first, *own, microseconds_in(numbers[LAST]), at

    takes = _taken(document)
    return ManyOrder(
        columns=up_to_turns([*declines, *labels, LAST, "position"]),
        key=key,
        need=_need(document),
        lowered=["room", *(name_of(each) for each in order if each.by in takes)],
        turned=[LAST, *(name_of(each) for each in order if each.by == Order.ROUND_ROBIN)],
        only_loses=_is_of_one_sort(document)
        and all(_can_only_lose(step, document, is_present) for step in upto)
        and not any(_is_led_by_work(each) for each in order),
    )


def _labels(order: Sequence[OrderBy], listed: Numbers) -> Sequence[str]:
    """Earlier decisions call an attribute by its name alone, though another number may have it."""
    names = [name_of(each) for each in order]
    others = {*BESIDE, *names}
    plain = [attribute_of(each.by) for each in order]
    return [
        own if own and name not in listed and own not in others else name
        for own, name in zip(plain, names, strict=True)
    ]


def _is_of_one_sort(document: Mapping[str, Any]) -> bool:
    """Of those who need both units and profiles, the room says which is less."""
    return not (document["units"] and document["capacity_profiles"])


def _need(document: Mapping[str, Any]) -> int:
    return document["units"] or len(document["capacity_profiles"][:1])


def _taken(document: Mapping[str, Any]) -> Sequence[Order]:
    """The columns of amounts that an item of this sort takes from."""
    return (Order.CAPACITY, Order.UNITS if document["units"] else Order.PROFILES)


def _key(name: str, value: Any) -> Any:
    if name.endswith("_at"):
        return microseconds_in(value)
    return -value if name in MOST_FIRST else value


def _can_only_lose(step: Step, document: Mapping[str, Any], is_present: bool) -> bool:
    """Whether nobody meets the rule by work who did not meet it without."""
    return all(_is_safe(row, document, is_present) for row, _ in step.when.rows)


def _is_safe(row: Row, document: Mapping[str, Any], is_present: bool) -> bool:
    if all(_is_lasting(each["field"]) for each in rows_of(row)):
        return True
    if "field" not in row:
        return False
    if row["field"] == "agent.presence":
        return is_present and row.get("item") == "workstream.allowed_presences"
    # As much as the item needs: what is asked of who was given work, too.
    is_of_item = row["op"] == "greater_or_equal" and row.get("item") == "workstream.capacity"
    return is_of_item and (row["field"] == "agent.capacity" or bool(document["units"]))


def _is_lasting(field: str) -> bool:
    """Whether work changes nothing of it; time is the same for a whole batch."""
    return field == "agent.calendar" or not field_at(field).is_momentary


def _is_led_by_work(order: OrderBy) -> bool:
    """Whether work may bring an agent forward in this column."""
    if order.by in AMOUNTS:
        return not order.descends
    return order.by not in tuple(Order) and not _is_lasting(order.by)
