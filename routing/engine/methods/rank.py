"""The order of agents who meet a rule: one key for each column, smallest first."""

from collections.abc import Callable, Collection, Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

from routing.engine.capacity import units_free
from routing.engine.facts import RequiredSkill
from routing.engine.methods.attributes import attribute_of
from routing.engine.methods.people import AGENT_FIELDS, Look, Read, field_at
from routing.engine.methods.shapes import Order, OrderBy
from routing.engine.seats import Place, in_text, microseconds_in
from routing.engine.skills import Scale, closeness, proficiency

Key = tuple[Any, ...]
KeyOf = Callable[[Place], Key]
ReadPlace = Callable[[Place], Any]
# After all values, whichever way they are sorted.
MISSING: Final = (1, 0)
# What an attribute is called that has the name of another number of agents.
AS_ATTRIBUTE: Final = "{name} (attribute)"
BESIDE: Final = ("rule", "room", "bucket", "declines", "last_assigned_at", "position")


def key_of(order: tuple[OrderBy, ...], look: Look, scales: Mapping[str, Scale]) -> KeyOf:
    """Fewest declines first, then the columns, then who was assigned longest ago."""
    columns = [_column(each, look, scales) for each in order]
    declined = look.item.declined
    if len(columns) == 1 and not declined:
        (column,) = columns
        return lambda place: (0, *column(place), place.last_assigned, place.position)

    def key(place: Place) -> Key:
        first = declined.get(place.seat.id, 0) if declined else 0
        values = [column(place) for column in columns]
        return first, *values, place.last_assigned, place.position

    return key


def columns_by(
    order: tuple[OrderBy, ...], look: Look, scales: Mapping[str, Scale]
) -> dict[str, ReadPlace]:
    """What agents are ranked by, for the explanation; bound to the item once for all of them."""
    return {
        **{name_of(each): _said(each, look, scales) for each in order},
        "last_assigned_at": lambda place: in_text(place.last_assigned),
        "position": attrgetter("position"),
    }


def key_of_said(order: OrderBy, said: Any, position: int) -> Key:
    """The key of a column out of what ``columns_by`` says of it."""
    match order.by:
        case Order.ROUND_ROBIN:
            return microseconds_in(said), position
        case Order.LEAST_ACTIVE:
            return (microseconds_in(said),)
        case Order.CAPACITY | Order.UNITS | Order.PROFILES:
            return _signed(said, -1 if order.descends else 1)
        case Order.NEAREST:
            if not said:
                return ()
            return -said["met"], said["shortfall"], said["distance"], said["beside"]
        case Order.MOST | Order.SKILL_COUNT:
            return (-said,)
        case _:
            return _value(said, descends=order.descends)


def are_level(mine: Any, theirs: Any) -> bool:
    """Whether a column takes what is said of two agents for the same: texts however they are
    written, and nothing."""
    return mine == theirs or _value(mine, descends=False) == _value(theirs, descends=False)


def up_to_turns(columns: Sequence[str]) -> Sequence[str]:
    """Without those behind a round robin: it is by turns, which no two members have in common."""
    if TURNS not in columns:
        return columns
    return [*columns[: columns.index(TURNS) + 1], "position"]


def _column(order: OrderBy, look: Look, scales: Mapping[str, Scale]) -> KeyOf:
    sign = -1 if order.descends else 1
    match order.by:
        case Order.ROUND_ROBIN:
            return lambda place: (place.last_assigned, place.position)
        case Order.LEAST_ACTIVE:
            return lambda place: (place.seat.released,)
        case Order.CAPACITY | Order.UNITS | Order.PROFILES:
            read = _amount(order, look)
            return lambda place: _signed(read(place.seat), sign)
        case Order.NEAREST | Order.MOST | Order.SKILL_COUNT:
            return _by_skills(order, look, scales)
        case _:
            reads = field_at(order.by).bind(look)
            return lambda place: _value(reads(place.seat), descends=order.descends)


AMOUNTS: Final = {Order.CAPACITY: "agent.capacity", Order.PROFILES: "agent.profile_room"}


def _amount(order: OrderBy, look: Look) -> Read:
    if order.by == Order.UNITS:
        return units_free
    return AGENT_FIELDS[AMOUNTS[Order(order.by)]].bind(look)


def _signed(value: int | None, sign: int) -> Key:
    return MISSING if value is None else (0, sign * value)


def _value(value: Any, *, descends: bool) -> Key:
    """A number or a text that sorts either way; nothing goes last, and texts never meet numbers."""
    if value in (None, ""):
        return (2,)
    if isinstance(value, int | float):
        return 0, -value if descends else value
    folded = str(value).casefold()
    # A longer text goes before its own beginning when texts descend.
    return (1, (*(-ord(sign) for sign in folded), 1)) if descends else (1, folded)


def _by_skills(order: OrderBy, look: Look, scales: Mapping[str, Scale]) -> KeyOf:
    required = _asked(order, look)
    if not required:
        return lambda place: ()
    match order.by:
        case Order.NEAREST:
            counted = _counted(order, look)
            return lambda place: closeness(place.seat, required, scales, counted=counted)
        case Order.MOST:
            return lambda place: (-_sum(place, required, scales),)
        case _:
            return lambda place: (-_held(place, required),)


def _asked(order: OrderBy, look: Look) -> tuple[RequiredSkill, ...]:
    counted = _counted(order, look)
    if counted is None:
        return look.item.skills
    return tuple(each for each in look.item.skills if each.skill in counted)


def _counted(order: OrderBy, look: Look) -> Collection[str] | None:
    """The skills of the column's type, wanted or not; None where it is about all."""
    if order.skill_type is None:
        return None
    wanted = order.skill_type.casefold()
    return {name for name, of in look.skill_types.items() if (of or "").casefold() == wanted}


def _sum(place: Place, required: tuple[RequiredSkill, ...], scales: Mapping[str, Scale]) -> float:
    return round(sum(proficiency(place.seat, each, scales) for each in required), 9)


def _held(place: Place, required: tuple[RequiredSkill, ...]) -> int:
    return sum(each.skill in place.seat.skills for each in required)


def name_of(order: OrderBy) -> str:
    """What the column is called among the numbers of an agent."""
    attribute = attribute_of(order.by)
    if attribute is not None:
        is_taken = attribute in TAKEN or attribute.endswith(AS_ATTRIBUTE.format(name=""))
        return AS_ATTRIBUTE.format(name=attribute) if is_taken else attribute
    name = _plain(order.by)
    return f"{name} ({order.skill_type})" if order.skill_type else name


def _plain(by: str) -> str:
    return by.removeprefix("agent.").replace("_", " ")


TURNS: Final = _plain(Order.ROUND_ROBIN)
TAKEN: Final = frozenset({*BESIDE, *map(_plain, (*Order, *AGENT_FIELDS))})


def _said(order: OrderBy, look: Look, scales: Mapping[str, Scale]) -> Callable[[Place], Any]:
    match order.by:
        case Order.ROUND_ROBIN:
            return lambda place: in_text(place.last_assigned)
        case Order.LEAST_ACTIVE:
            return lambda place: in_text(place.seat.released)
        case Order.CAPACITY | Order.UNITS | Order.PROFILES:
            amount = _amount(order, look)
            return lambda place: amount(place.seat)
        case Order.NEAREST | Order.MOST | Order.SKILL_COUNT:
            return _said_of_skills(order, look, scales)
        case _:
            read = field_at(order.by).bind(look)
            return lambda place: read(place.seat)


def _said_of_skills(
    order: OrderBy, look: Look, scales: Mapping[str, Scale]
) -> Callable[[Place], Any]:
    required = _asked(order, look)
    match order.by:
        case Order.NEAREST:
            nearness = _by_skills(order, look, scales)
            return lambda place: _nearness(*nearness(place)) if required else None
        case Order.MOST:
            return lambda place: _sum(place, required, scales)
        case _:
            return lambda place: _held(place, required)


def _nearness(unmet: int, shortfall: float, distance: float, beside: int) -> dict[str, Any]:
    return {"met": -unmet, "shortfall": shortfall, "distance": distance, "beside": beside}
