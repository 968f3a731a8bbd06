"""Who comes first among eligible agents: a sort key for each assignment method, smallest first."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from routing.engine.eligible import Rules
from routing.engine.facts import ItemFacts
from routing.engine.seats import Place, in_text
from routing.engine.skills import Scale, closeness
from workstreams.terms import AssignmentMethodName, SkillMatching

Key = tuple[float, ...]
Method = Callable[[Place, int], Key]


def highest_capacity(place: Place, room: int) -> Key:
    """Most room; among equals, whose last assignment in the queue is longest ago."""
    return -room, place.last_assigned, place.position


def advanced_round_robin(place: Place, room: int) -> Key:
    """Whose last assignment in the queue is longest ago; the never assigned by membership."""
    return place.last_assigned, place.position


def least_active(place: Place, room: int) -> Key:
    """Whose last release of capacity, in any queue, is longest ago; the never released first."""
    return place.seat.released, place.last_assigned, place.position


METHODS: Final[dict[str, Method]] = {
    AssignmentMethodName.HIGHEST_CAPACITY: highest_capacity,
    AssignmentMethodName.ADVANCED_ROUND_ROBIN: advanced_round_robin,
    AssignmentMethodName.LEAST_ACTIVE: least_active,
}

# What each compares, by the names of its numbers.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    AssignmentMethodName.HIGHEST_CAPACITY: ("room", "last_assigned_at", "position"),
    AssignmentMethodName.ADVANCED_ROUND_ROBIN: ("last_assigned_at", "position"),
    AssignmentMethodName.LEAST_ACTIVE: ("last_released_at", "last_assigned_at", "position"),
}
CLOSENESS: Final = ("skills_met", "shortfall", "distance", "skills_beside")


def method_named(name: str) -> Method:
    """The queue's method; a name nobody registered ranks by highest capacity."""
    return METHODS.get(name, highest_capacity)


def ranking(item: ItemFacts, rules: Rules, method: Method, scales: Mapping[str, Scale]) -> Method:
    """The method, after fewest declines and, with closest matching, after closeness of skills.

    Which parts apply depends on the item alone, so keys of one item always compare.
    """
    ranked = ranking_of_need(item, rules, method, scales)
    return _fewest_declines_first(item, ranked) if item.declined else ranked


def ranking_of_need(
    item: ItemFacts, rules: Rules, method: Method, scales: Mapping[str, Scale]
) -> Method:
    """The same for all that needs what the item does, whoever declined which of it."""
    is_closest = rules.skill_matching is SkillMatching.CLOSEST and item.skills
    return _closest_first(item, method, scales) if is_closest else method


def columns_of(name: str, item: ItemFacts, rules: Rules) -> list[str]:
    """The numbers that `ranking` compares for the item, in their order."""
    is_closest = rules.skill_matching is SkillMatching.CLOSEST and bool(item.skills)
    return [
        *(["declines"] if item.declined else []),
        *(CLOSENESS if is_closest else ()),
        *COLUMNS.get(name, COLUMNS[AssignmentMethodName.HIGHEST_CAPACITY]),
    ]


def numbers(
    place: Place, room: int | None, item: ItemFacts, rules: Rules, scales: Mapping[str, Scale]
) -> dict[str, Any]:
    """What an agent was ranked by, for the explanation."""
    found: dict[str, Any] = {
        "room": room,
        "last_assigned_at": in_text(place.last_assigned),
        "last_released_at": in_text(place.seat.released),
        "position": place.position,
    }
    if rules.skill_matching is SkillMatching.CLOSEST and item.skills:
        unmet, shortfall, distance, beside = closeness(place.seat, item.skills, scales)
        found.update(
            skills_met=-unmet, shortfall=shortfall, distance=distance, skills_beside=beside
        )
    if item.declined:
        found["declines"] = item.declined.get(place.seat.id, 0)
    return found


def says_the_same_of_all(item: ItemFacts, rules: Rules) -> bool:
    """Whether an agent's numbers are those of any other plain item: nothing but units asked for,
    and nobody declined it."""
    is_closest = rules.skill_matching is SkillMatching.CLOSEST and bool(item.skills)
    return not (item.capacity_profiles or item.declined or is_closest)


def _closest_first(item: ItemFacts, method: Method, scales: Mapping[str, Scale]) -> Method:
    required = item.skills

    def closest_first(place: Place, room: int) -> Key:
        return (*closeness(place.seat, required, scales), *method(place, room))

    return closest_first


def _fewest_declines_first(item: ItemFacts, method: Method) -> Method:
    declined = item.declined

    def fewest_declines_first(place: Place, room: int) -> Key:
        return (declined.get(place.seat.id, 0), *method(place, room))

    return fewest_declines_first
