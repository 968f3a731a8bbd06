"""Skills of a work item: ids in the row, names for people and documents."""

from collections.abc import Mapping, Sequence
from typing import Any

from agents.models import Skill

Pairs = list[list[Any]]


def skill_ids(skills: Sequence[Mapping[str, Any]]) -> Pairs:
    """``[{"skill": name, "rating": number}]`` as stored: ``[[skill id, rating]]``; 0 or 1 query.

    An unknown name raises KeyError with it.
    """
    if not skills:
        return []
    wanted = {skill["skill"] for skill in skills}
    ids = dict(Skill.objects.filter(name__in=wanted).values_list("name", "pk"))
    return [[ids[skill["skill"]], skill.get("rating")] for skill in skills]


def skill_names(pairs: Pairs) -> list[dict[str, Any]]:
    """The stored form back as names; 0 or 1 query. A deleted skill is left out."""
    if not pairs:
        return []
    names = dict(Skill.objects.filter(pk__in=[pair[0] for pair in pairs]).values_list("pk", "name"))
    return [{"skill": names[pk], "rating": rating} for pk, rating in pairs if pk in names]
