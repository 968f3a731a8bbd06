"""Skills of a work item: ids in the row, names for people and documents."""

from typing import Any

from agents.models import Skill

Pairs = list[list[Any]]


def skill_names(pairs: Pairs) -> list[dict[str, Any]]:
    """The stored form back as names; 0 or 1 query. A deleted skill is left out."""
    if not pairs:
        return []
    names = dict(Skill.objects.filter(pk__in=[pair[0] for pair in pairs]).values_list("pk", "name"))
    return [{"skill": names[pk], "rating": rating} for pk, rating in pairs if pk in names]
