"""Declare what is kept of agents."""

from datetime import datetime

from django.db import transaction

from agents.actions.save_definition import Check, nothing_against_it
from agents.attribute_value import MOST_ATTRIBUTES, name_fault, options_fault
from agents.exceptions import (
    AttributeTypeFixed,
    AttributeWrong,
    DefinitionGone,
    OptionsHeld,
    TooManyAttributes,
)
from agents.models import AgentAttribute, AgentAttributeValue, User
from agents.signals import configuration_changed


@transaction.atomic
def save_attribute(
    *, row: AgentAttribute, by: User | None, now: datetime, check: Check = nothing_against_it
) -> AgentAttribute:
    """Store a new or changed attribute.

    Refuses another type than it was created with, taking away options that agents have, more
    attributes than are kept, and what upper apps have against it: ``check`` is asked once the row
    is locked.
    """
    row.name = row.name.strip()
    row.options = [each.strip() for each in row.options]
    if fault := name_fault(row.name):
        raise AttributeWrong(sentence=fault, field="name")
    if fault := options_fault(row.type, row.options):
        raise AttributeWrong(sentence=fault, field="options")
    before = AgentAttribute.objects.select_for_update(no_key=True).filter(pk=row.pk).first()
    if before is not None:
        _check(before, row)
        check(before, row)
    elif row.pk:
        raise DefinitionGone(name=row)
    elif AgentAttribute.objects.count() >= MOST_ATTRIBUTES:
        raise TooManyAttributes(most=MOST_ATTRIBUTES)

    row.save()

    configuration_changed.send(sender=AgentAttribute, by=by, now=now)
    return row


def held_options(row: AgentAttribute, options: list[str]) -> list[str]:
    """Texts that agents have of the attribute and that are none of these."""
    held = AgentAttributeValue.objects.filter(attribute=row).exclude(value__in=options)
    return sorted(set(held.values_list("value", flat=True)))


def _check(before: AgentAttribute, row: AgentAttribute) -> None:
    if before.type != row.type:
        raise AttributeTypeFixed
    if set(before.options) - set(row.options) and (held := held_options(row, row.options)):
        raise OptionsHeld(held=", ".join(held))
