"""Refuse that rules lose what they name, or ask for ratings that nobody can have."""

from collections.abc import Iterator

from django.db.models import Model

from agents.exceptions import NamedInRules, RatingsAskedOutside
from agents.models import RatingModel, Skill
from routing.queries.uses import named_by, rules_naming


def check_definition(before: Model, after: Model) -> None:
    """Refuses another name while something says it (NamedInRules), and a scale that leaves ratings
    of rules outside (RatingsAskedOutside)."""
    if _name_of(before) != _name_of(after) and (named := named_by(before)):
        raise NamedInRules(name=before, rules=", ".join(each["name"] for each in named))
    if isinstance(after, RatingModel):
        outside = [name for skill in after.skills.all() for name in _outside(skill, after)]
    elif isinstance(after, Skill):
        outside = list(_outside(after, after.rating_model))
    else:
        return
    if outside:
        raise RatingsAskedOutside(rules=", ".join(dict.fromkeys(outside)))


def _outside(skill: Skill, scale: RatingModel) -> Iterator[str]:
    for rule in rules_naming(skill):
        for each in rule.then.get("skills") or ():
            rating = each.get("rating") if each.get("skill") == skill.name else None
            if rating is not None and not scale.minimum <= rating <= scale.maximum:
                yield f"{rule} of {rule.ruleset.workstream}"


def _name_of(row: Model) -> str:
    return str(getattr(row, "name", ""))
