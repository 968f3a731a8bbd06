"""Refuse that rules lose what they name, or ask for ratings that nobody can have."""

from collections.abc import Iterator

from django.db.models import Model

from agents.exceptions import NamedInRules, OptionsAsked, RatingsAskedOutside
from agents.models import AgentAttribute, RatingModel, Skill
from routing.engine.methods.attributes import attribute_faults
from routing.queries.uses import methods_naming, named_by, rules_naming


def check_definition(before: Model, after: Model) -> None:
    """Refuses another name while something says it (NamedInRules), a scale that leaves ratings of
    rules outside (RatingsAskedOutside), and to take away options that methods compare with
    (OptionsAsked)."""
    if _name_of(before) != _name_of(after) and (named := named_by(before)):
        raise NamedInRules(name=before, rules=", ".join(each["name"] for each in named))
    if isinstance(before, AgentAttribute) and isinstance(after, AgentAttribute):
        _check_options(before, after)
    if isinstance(after, RatingModel):
        outside = [name for skill in after.skills.all() for name in _outside(skill, after)]
    elif isinstance(after, Skill):
        outside = list(_outside(after, after.rating_model))
    else:
        return
    if outside:
        raise RatingsAskedOutside(rules=", ".join(dict.fromkeys(outside)))


def _check_options(before: AgentAttribute, after: AgentAttribute) -> None:
    if not set(before.options) - set(after.options):
        return
    attributes = {each.name: each for each in AgentAttribute.objects.all()} | {after.name: after}
    methods = [
        method.name
        for method in methods_naming(before)
        if any(attribute_faults(method.document(), attributes))
    ]
    if methods:
        raise OptionsAsked(methods=", ".join(methods))


def _outside(skill: Skill, scale: RatingModel) -> Iterator[str]:
    for rule in rules_naming(skill):
        for each in rule.then.get("skills") or ():
            rating = each.get("rating") if each.get("skill") == skill.name else None
            if rating is not None and not scale.minimum <= rating <= scale.maximum:
                yield f"{rule} of {rule.ruleset.workstream}"


def _name_of(row: Model) -> str:
    return str(getattr(row, "name", ""))
