"""Store an assignment method."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from agents.models import User
from agents.queries.attributes_named import attributes_named
from routing import configuration
from routing.configuration.documents.references import renamed
from routing.configuration.named_by import names_in
from routing.engine.conditions import Finding
from routing.engine.methods.attributes import attribute_faults
from routing.engine.methods.check import method_faults
from routing.engine.methods.misread import misread
from routing.engine.methods.tidy import tidy_method
from routing.exceptions import InvalidRules
from workstreams.actions.refusals import refusing_taken_names
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import AssignmentMethod

COPY: Final = "Copy of {name}"
LONGEST: Final = 100
METHOD: Final = "assignment_method"
ATTRIBUTE: Final = "agent_attribute"


@transaction.atomic
def save_method(
    *,
    document: Mapping[str, Any],
    by: User,
    now: datetime,
    method: AssignmentMethod | None = None,
    revision: int | None = None,
    before: Mapping[str, Any] | None = None,
) -> AssignmentMethod:
    """A new method, or another version of one, in the words of the public contract; ``before`` is
    what a copy is made of.

    Refuses what is wrong in it, also with the attributes of agents that it reads (InvalidRules,
    with findings), a name that is taken (InvalidSettings), and SavedMeanwhile where a ``revision``
    is given.
    """
    # Attributes before the method, as imports lock them.
    whole, faults = _looked_at(document)
    row = AssignmentMethod()
    if method is not None:
        rows = AssignmentMethod.objects.select_for_update(no_key=True)
        locked = rows.filter(pk=method.pk).first()
        if locked is None or revision not in (None, locked.revision):
            raise SavedMeanwhile
        row = locked
        row.revision += 1
    faults = faults or misread(whole, row.document() if method is not None else before)
    if faults:
        raise InvalidRules(findings=[_finding(fault) for fault in faults])

    for part, value in whole.items():
        setattr(row, part, value)
    row.description = row.description.strip()
    with refusing_taken_names("method", row.name):
        row.save()

    configuration.edited(by=by, now=now)
    return row


@transaction.atomic
def copy_method(
    *, method: AssignmentMethod, by: User, now: datetime, name: str = ""
) -> AssignmentMethod:
    """The same under another name, used by no queue. Refuses a taken name (InvalidSettings)."""
    lock_attributes(method.document())
    original = AssignmentMethod.objects.select_for_update(no_key=True).filter(pk=method.pk).first()
    if original is None:
        raise SavedMeanwhile
    wanted = name.strip() or _free_name(original.name)
    before = original.document()
    return save_method(document={**before, "name": wanted}, before=before, by=by, now=now)


def lock_attributes(document: Mapping[str, Any]) -> None:
    """The attributes of agents that a method reads stay until it is stored: before its own row."""
    _looked_at(document)


def _looked_at(document: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """The method in its one form, and all that is wrong with it. The attributes of agents that it
    reads are written as they are here, and stay until it is stored."""
    whole = tidy_method(document)
    if faults := method_faults(whole):
        return whole, faults
    read = [name for kind, name in names_in(METHOD, whole) if kind == ATTRIBUTE]
    held = attributes_named(read, held=True)

    def spelt(kind: str, name: str, path: str) -> str:
        known = held.get(name.lower()) if kind == ATTRIBUTE else None
        return known.name if known else name

    whole = renamed(METHOD, whole, spelt)
    return whole, list(attribute_faults(whole, {row.name: row for row in held.values()}))


def _free_name(name: str) -> str:
    taken = {each.lower() for each in AssignmentMethod.objects.values_list("name", flat=True)}
    wanted = COPY.format(name=name)[:LONGEST]
    number = 1
    while wanted.lower() in taken:
        number += 1
        ending = f" {number}"
        wanted = COPY.format(name=name)[: LONGEST - len(ending)] + ending
    return wanted


def _finding(fault: Finding) -> dict[str, str]:
    return {"path": fault.path, "message": fault.message}
