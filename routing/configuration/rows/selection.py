"""Which rows to turn into documents."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

# Row ids, or None for all rows.
Ids = Collection[int] | None
Document = dict[str, Any]
Documents = Callable[[Ids], Iterator[tuple[int, Document]]]


def chosen(queryset: QuerySet[Any], ids: Ids, column: str = "pk") -> QuerySet[Any]:
    """The rows of the ids, or all."""
    return queryset if ids is None else queryset.filter(**{f"{column}__in": list(ids)})


def in_order_of_names(names: Iterable[str]) -> list[str]:
    """The same order in every database, and the one people expect."""
    return sorted(names, key=lambda name: (name.casefold(), name))
