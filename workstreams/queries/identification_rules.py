"""Identification rules as people read them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from workstreams.models import IdentificationRule
from workstreams.queries.identification import FIELDS


@dataclass(frozen=True, kw_only=True)
class IdentificationLine:
    """One rule; ``comparisons`` such as “Email with its e-mail”."""

    id: int
    name: str
    finds: str
    comparisons: tuple[str, ...]
    is_enabled: bool


def lines_of(rules: "QuerySet[IdentificationRule]") -> list[IdentificationLine]:
    """In the order in which they are asked; one query."""
    return [
        IdentificationLine(
            id=rule.pk,
            name=rule.name,
            finds=rule.get_entity_display(),
            comparisons=tuple(
                f"{key} with the {FIELDS[rule.entity].get(field, field)}"
                for key, field in rule.keys.items()
            ),
            is_enabled=rule.is_enabled,
        )
        for rule in rules.order_by("position", "id")
    ]
