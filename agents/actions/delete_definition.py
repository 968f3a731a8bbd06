"""Remove a skill, skill type, rating model, attribute, capacity profile, presence or hours."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from agents.exceptions import BuiltIn, InUse
from agents.models import (
    AgentAttribute,
    CapacityProfile,
    OperatingHours,
    Presence,
    RatingModel,
    Skill,
    SkillType,
    User,
)
from agents.queries.dependents import dependents, name_of
from agents.signals import configuration_changed

Definition = (
    AgentAttribute | CapacityProfile | OperatingHours | Presence | RatingModel | Skill | SkillType
)
Dependency = dict[str, str]
Uses = Callable[[Definition], Sequence[Dependency]]


def used_by_nothing(row: Definition) -> Sequence[Dependency]:
    """What upper apps say of rows that they cannot refer to."""
    return ()


@transaction.atomic
def delete_definition(
    *, row: Definition, by: User, now: datetime, uses: Uses = used_by_nothing
) -> None:
    """Delete the row, if it is still there. Refuses built-in rows, and with a list of
    dependencies those in use.

    ``uses`` says what only upper apps know to refer to the row, such as rules. It is asked once
    the row is locked: whoever chooses it at the same moment has done so, or waits.
    """
    locked = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if locked is None:
        return
    if isinstance(locked, Presence) and locked.is_built_in:
        raise BuiltIn(name=locked.text)
    if dependencies := [*uses(locked), *_own_dependencies(locked)]:
        raise InUse(name=str(locked), dependencies=dependencies)

    locked.delete()

    configuration_changed.send(sender=type(locked), by=by, now=now)


def _own_dependencies(row: Definition) -> list[Dependency]:
    return [
        {"kind": str(each._meta.verbose_name), "name": name_of(each), "url": ""}
        for each in dependents(row)
    ]
