"""One page of a list: searched, sorted and counted; the address is the whole state."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from config.crud.columns import Column


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The head of a column; `query` is the address that sorts by it, or turns the order round."""

    column: Column
    query: str
    direction: str


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What the list template shows."""

    headings: list[Heading]
    page: "Page[Any]"
    query: str
    search: str


def listing(
    rows: "QuerySet[Any]",
    query: QueryDict,
    *,
    columns: Sequence[Column],
    search_fields: Sequence[str],
    page_size: int,
) -> Listing:
    """Two statements: a count and a page."""
    search, sort = query.get("q", "").strip(), query.get("sort", "")
    rows = _sorted(_searched(rows, search, search_fields), sort, columns)
    return Listing(
        headings=headings(columns, sort, query, "page"),
        page=Paginator(rows, page_size).get_page(query.get("page")),
        query=without(query, "page"),
        search=search,
    )


def headings(columns: Sequence[Column], sort: str, query: QueryDict, *places: str) -> list[Heading]:
    """The heads of the columns; another order starts at its first page, so ``places`` go."""
    rest = without(query, "sort", *places)
    return [_heading(column, sort, rest) for column in columns]


def without(query: QueryDict, *names: str) -> str:
    """The address without some of its parameters."""
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return rest.urlencode()


def _searched(rows: "QuerySet[Any]", search: str, fields: Sequence[str]) -> "QuerySet[Any]":
    if not search or not fields:
        return rows
    return rows.filter(reduce(or_, (Q(**{f"{field}__icontains": search}) for field in fields)))


def _sorted(rows: "QuerySet[Any]", sort: str, columns: Sequence[Column]) -> "QuerySet[Any]":
    if sort.removeprefix("-") not in {column.sort for column in columns if column.sort}:
        return rows
    return rows.order_by(sort, "pk")


def _heading(column: Column, sort: str, rest: str) -> Heading:
    direction = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(sort, "")
    turned = f"-{column.sort}" if direction == "ascending" else column.sort
    return Heading(
        column=column,
        query="&".join(filter(None, [rest, f"sort={turned}"])),
        direction=direction if column.sort else "",
    )
