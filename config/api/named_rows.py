"""Rows by the names that callers use; an unknown name is a fault of its field."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from config.api.problems import Invalid

Row = TypeVar("Row", bound=Model)


def named(model: type[Row], field: str, name: str | None) -> Row | None:
    """The row of this name; none where none is wanted."""
    if name is None:
        return None
    return named_list(model._default_manager.all(), field, [name])[0]


def named_list(rows: "QuerySet[Row, Any]", field: str, names: Sequence[str]) -> list[Row]:
    """The rows of these names in their order; a name stands once. One query."""
    found = {row.name: row for row in rows.filter(name__in=names)} if names else {}
    for index, name in enumerate(names):
        if name not in found:
            kind = rows.model._meta.verbose_name
            place = f"{field}.{index}" if len(names) > 1 else field
            raise Invalid(place, f"There is no {kind} {name!r}.")
    if len(set(names)) != len(names):
        raise Invalid(field, "A name may stand here once only.")
    return [found[name] for name in names]
