"""How many of the skills that a work item needs an agent has."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from agents.models import Agent, AgentSkill

Needed = Sequence[Sequence[Any]]


def with_fit(agents: "QuerySet[Any]", needed: Needed) -> "QuerySet[Any]":
    """Each with ``fit``, to sort by: full match, then partial, then none (B 15.7).

    ``needed`` is what ``WorkItem.required_skills`` holds. A skill that does not count, or is known
    less well than needed, is none.
    """
    if not needed:
        none: QuerySet[Any] = agents.annotate(fit=Value(0, output_field=IntegerField()))
        return none
    has = AgentSkill.objects.filter(_any(needed), agent=OuterRef("pk"), is_active=True)
    count = has.order_by().values("agent").annotate(count=Count("pk")).values("count")
    found: QuerySet[Any] = agents.annotate(fit=Coalesce(Subquery(count), 0))
    return found


def fit_in_words(agent: Agent, needed: Needed) -> str:
    """Of a row with its ``fit``; empty where nothing is needed."""
    if not needed:
        return ""
    noun = "skill" if len(needed) == 1 else "skills"
    return f"has {getattr(agent, 'fit', 0)} of {len(needed)} {noun}"


def _any(needed: Needed) -> Q:
    return reduce(or_, (_one(skill, rating) for skill, rating in needed))


def _one(skill: int, rating: int | None) -> Q:
    return Q(skill=skill) if rating is None else Q(skill=skill, rating__gte=rating)
