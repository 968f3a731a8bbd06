"""Name something that a workstream's conversations bring along."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.check_context import ENGAGEMENT, MOST_VARIABLES, NAME_LENGTH
from workstreams.actions.lock_workstream import lock_workstream
from workstreams.actions.refusals import InvalidSettings
from workstreams.exceptions import InUse, SavedMeanwhile
from workstreams.models import ContextVariable, Workstream
from workstreams.queries.context_variable_uses import readers_of, uses_of
from workstreams.queries.dependencies import Dependency
from workstreams.queries.identification import ID_KEYS
from workstreams.terms import VariableType

RESERVED: Final = frozenset({*ID_KEYS, ENGAGEMENT})
TAKEN: Final = "This workstream has a variable of this name already."
FULL: Final = f"A workstream has at most {MOST_VARIABLES} context variables."
TYPE_STAYS: Final = "Rules read it as it is: {rules}. Change those first, or keep the type."
Named = Callable[[ContextVariable], Sequence[Dependency]]


def named_by_nothing(variable: ContextVariable) -> Sequence[Dependency]:
    """What upper apps say of a variable that no published rule reads."""
    return ()


@transaction.atomic
def save_context_variable(
    *,
    workstream: Workstream,
    by: User,
    now: datetime,
    name: str | None = None,
    type: str | None = None,
    variable: ContextVariable | None = None,
    published: Named = named_by_nothing,
) -> ContextVariable:
    """Add a variable, or change what is given of one; its name stays while something uses it, and
    its type while rules read it.

    Refuses InvalidSettings, InUse with the uses, and SavedMeanwhile when it is gone.
    ``published`` says which published rules read it, which upper apps know.
    """
    workstream = lock_workstream(workstream)
    others = workstream.context_variables.all()
    row = ContextVariable(workstream=workstream)
    if variable is not None:
        found = others.filter(pk=variable.pk).first()
        if found is None:
            raise SavedMeanwhile
        row, others = found, others.exclude(pk=found.pk)
    name = row.name if name is None else name.strip()
    type = row.type if type is None else type
    _check(name, type)
    if others.filter(name=name).exists():
        raise InvalidSettings({"name": TAKEN})
    if variable is None and others.count() >= MOST_VARIABLES:
        raise InvalidSettings({"name": FULL})
    if variable is not None and row.name != name and (uses := uses_of(row) or published(row)):
        raise InUse(dependencies=uses)
    if variable is not None and row.type != type and (read := readers_of(row) or published(row)):
        rules = ", ".join(each["name"] for each in read)
        raise InvalidSettings({"type": TYPE_STAYS.format(rules=rules)})

    row.name, row.type = name, VariableType(type)
    row.save()

    announce_configuration(sender=ContextVariable, by=by, now=now)
    return row


def name_fault(name: str) -> str:
    """Why no variable can be called so; empty when one can."""
    if not name.strip():
        return "A context variable needs a name."
    if len(name) > NAME_LENGTH:
        return f"A name has at most {NAME_LENGTH} characters."
    if any(sign in name for sign in ".{}\x00"):
        return "A name has no dots and no braces: rules and texts name variables with them."
    return f"{name} means something else to the product." if name in RESERVED else ""


def _check(name: str, type: str) -> None:
    errors = {"name": name_fault(name)}
    if type not in list(VariableType):
        errors["type"] = "A context variable is a text or a number."
    found = {field: fault for field, fault in errors.items() if fault}
    if found:
        raise InvalidSettings(found)
