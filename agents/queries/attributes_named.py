"""Attributes of agents by the names that rules have for them."""

from collections.abc import Iterable

from django.db.models.functions import Lower

from agents.models import AgentAttribute


def attributes_named(names: Iterable[str], *, held: bool = False) -> dict[str, AgentAttribute]:
    """By name in lower case, those that are there; one statement, or none without names.

    ``held`` ones stay as they are until the transaction ends.
    """
    keys = {name.lower() for name in names}
    if not keys:
        return {}
    rows = AgentAttribute.objects.alias(key=Lower("name")).filter(key__in=keys).order_by("pk")
    if held:
        rows = rows.select_for_update(no_key=True)
    return {row.name.lower(): row for row in rows}
