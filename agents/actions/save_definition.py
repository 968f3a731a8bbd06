"""Create or change a skill, skill type, rating model, capacity profile or presence."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from agents.actions.announce_capacity import announce_capacity
from agents.actions.carry_bases_over import carry_bases_over
from agents.actions.check_rating_scale import check_rating_scale, names_fault
from agents.actions.lock_chosen import lock_chosen
from agents.exceptions import BuiltIn, DefinitionGone, ResetFrequencyFixed, ValueNamesWrong
from agents.models import (
    AgentSkill,
    CapacityProfile,
    Presence,
    RatingModel,
    Skill,
    SkillType,
    User,
)
from agents.signals import configuration_changed

Row = TypeVar("Row", Skill, SkillType, RatingModel, CapacityProfile, Presence)
# The row as it was, and as it is to be; refuses what upper apps know to go against it.
Check = Callable[[Any, Any], None]


def nothing_against_it(before: Any, after: Any) -> None:
    """What upper apps say of rows that they cannot refer to."""


@transaction.atomic
def save_definition(
    *, row: Row, by: User | None, now: datetime, check: Check = nothing_against_it
) -> Row:
    """Store a new or changed row.

    Refuses to change built-in presences, a profile's reset frequency, a scale that would
    leave ratings of agents outside, one that names some of its values only, a skill of a type or
    scale that is gone, and what is gone itself (DefinitionGone). ``check`` is asked once the row is
    locked, and of a scale its skills too: whoever names them at the same moment has done so, or
    waits.
    """
    if isinstance(row, RatingModel):
        _check_names(row)
    if isinstance(row, Skill):
        lock_chosen(row.skill_type, row.rating_model)
    before = type(row)._default_manager.select_for_update(no_key=True).filter(pk=row.pk).first()
    if isinstance(row, RatingModel):
        skills = Skill.objects.select_for_update(no_key=True).filter(rating_model=row.pk)
        list(skills.order_by("pk").values_list("pk"))

    _check(before, row)
    if before is not None:
        check(before, row)
    elif row.pk is not None:
        raise DefinitionGone(name=row)

    row.save()
    if isinstance(row, Presence):
        carry_bases_over(presence_ids=[row.pk], now=now)
    if isinstance(row, CapacityProfile):
        # Whether it blocks concerns also those with a limit of their own.
        ids = list(row.holders.values_list("agent_id", flat=True))
        announce_capacity(sender=CapacityProfile, agent_ids=ids, now=now)

    configuration_changed.send(sender=type(row), by=by, now=now)
    return row


def _check(before: Row | None, after: Row) -> None:
    match before, after:
        case Presence(is_built_in=True), _:
            raise BuiltIn(name=before.text)
        case CapacityProfile(), CapacityProfile():
            if before.reset_frequency != after.reset_frequency:
                raise ResetFrequencyFixed
        case RatingModel(), RatingModel():
            rated = AgentSkill.objects.filter(skill__rating_model=after)
            check_rating_scale(scale=after, ratings=rated)
        case Skill(), Skill():
            check_rating_scale(scale=after.rating_model, ratings=after.holders.all())


def _check_names(scale: RatingModel) -> None:
    if sentence := names_fault(scale.value_names, scale.minimum, scale.maximum):
        raise ValueNamesWrong(sentence=sentence)
