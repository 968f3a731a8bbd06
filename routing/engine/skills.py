"""Skills: does an agent meet what an item asks for, and how close does he come?"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Final, Protocol

from routing.engine.facts import RequiredSkill

if TYPE_CHECKING:
    from routing.engine.configuration import CompiledConfiguration

# One step of a scale that is not known: any rating is as good as another.
WHOLE: Final = 1.0

Scale = tuple[float, float]


class HasSkills(Protocol):
    """Anybody with rated skills."""

    @property
    def skills(self) -> Mapping[str, float | None]: ...


def meets(skills: Mapping[str, float | None], required: RequiredSkill) -> bool:
    """The agent has the skill, with at least the required rating where one is asked."""
    if required.skill not in skills:
        return False
    if required.rating is None:
        return True
    rating = skills[required.skill]
    return rating is not None and rating >= required.rating


def scales(configuration: "CompiledConfiguration") -> dict[str, Scale]:
    """The lowest and highest rating of each skill that has a rating model."""
    found: dict[str, Scale] = {}
    for skill in configuration.skills.values():
        model = configuration.rating_models.get(skill.rating_model or "")
        if model is not None:
            found[skill.name] = (model.min, model.max)
    return found


def closeness(
    agent: HasSkills,
    required: tuple[RequiredSkill, ...],
    by_skill: Mapping[str, Scale],
    *,
    counted: Collection[str] | None = None,
) -> tuple[int, float, float, int]:
    """A sort key: requirements met (most first), shortfall, distance, skills beyond those asked,
    of the ``counted`` ones or of all.

    Ratings are first put on one scale of 0 (lacks the skill) to 1 (the model's highest rating).
    """
    met, shortfall, distance, held = 0, 0.0, 0.0, 0
    for skill in required:
        wanted, has = _wanted(skill, by_skill), rated(agent, skill, by_skill)
        met += meets(agent.skills, skill)
        held += skill.skill in agent.skills
        shortfall += max(wanted - has, 0.0)
        distance += abs(has - wanted)
    known = len(agent.skills) if counted is None else sum(map(counted.__contains__, agent.skills))
    return -met, round(shortfall, 9), round(distance, 9), known - held


def _wanted(required: RequiredSkill, by_skill: Mapping[str, Scale]) -> float:
    if required.rating is None:
        return WHOLE
    return _normalised(required.rating, by_skill.get(required.skill))


def rated(agent: HasSkills, required: RequiredSkill, by_skill: Mapping[str, Scale]) -> float:
    """The agent's rating on the scale of all; any is a whole match where none is asked for."""
    if required.skill not in agent.skills:
        return 0.0
    if required.rating is None:
        return WHOLE
    rating = agent.skills[required.skill]
    return 0.0 if rating is None else _normalised(rating, by_skill.get(required.skill))


def proficiency(agent: HasSkills, required: RequiredSkill, by_skill: Mapping[str, Scale]) -> float:
    """How well the agent knows the skill, on the scale of all, however well it is asked for."""
    rating = agent.skills.get(required.skill)
    if rating is None:
        return rated(agent, required, by_skill)
    return _normalised(rating, by_skill.get(required.skill))


def _normalised(rating: float, scale: Scale | None) -> float:
    """The lowest rating is one step above lacking the skill, so that having it counts."""
    if scale is None:
        return rating
    low, high = scale
    return (rating - low + 1) / (high - low + 1)
