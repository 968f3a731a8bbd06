"""Lists a page at a time, by id, so that rows that come and go shift nothing."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, Generic, TypeVar

from django.db.models import F, Model, QuerySet
from pydantic import BaseModel, Field
from typing_extensions import TypedDict

from config.api.problems import Invalid

MOST: Final = 200
M = TypeVar("M", bound=Model)
T = TypeVar("T")


class PageQuery(BaseModel):
    """Which page of a list."""

    page_size: Annotated[int, Field(ge=1, le=MOST)] = 50
    cursor: Annotated[str, Field(max_length=60)] = ""


class PageOf(TypedDict, Generic[T]):
    """One page; ``next`` is the cursor of the following one, null on the last."""

    items: list[T]
    next: str | None


def page_of(
    rows: "QuerySet[M, Any]", page: PageQuery, serialise: Callable[[Sequence[M]], list[T]]
) -> PageOf[T]:
    """The rows after the cursor in the order of their ids."""
    return _page(_after(rows, page).order_by("pk"), page, serialise)


def page_of_few(
    found: "QuerySet[M, Any]",
    whole: "QuerySet[M, Any]",
    page: PageQuery,
    serialise: Callable[[Sequence[M]], list[T]],
) -> PageOf[T]:
    """The same for what is few among many, of the ``whole`` rows those that are ``found``.

    Their ids are gathered and then sorted: an index of ids, which the database would walk along to
    save the sorting, leads past everything that does not fit.
    """
    ids = _after(found, page).order_by(F("pk") + 0).values("pk")[: page.page_size + 1]
    return _page(whole.filter(pk__in=ids).order_by("pk"), page, serialise)


def _after(rows: "QuerySet[M, Any]", page: PageQuery) -> "QuerySet[M, Any]":
    return rows.filter(pk__gt=_read(page.cursor)) if page.cursor else rows


def _page(
    ordered: "QuerySet[M, Any]", page: PageQuery, serialise: Callable[[Sequence[M]], list[T]]
) -> PageOf[T]:
    found = list(ordered[: page.page_size + 1])
    shown = found[: page.page_size]
    following = _write(shown[-1].pk) if len(found) > len(shown) else None
    return PageOf(items=serialise(shown), next=following)


def _write(pk: int) -> str:
    return urlsafe_b64encode(f"id {pk}".encode()).decode().rstrip("=")


def _read(cursor: str) -> int:
    try:
        word, number = urlsafe_b64decode(cursor.encode() + b"==").decode().split(" ")
        if word != "id" or not number.isascii() or not number.isdigit() or len(number) > 18:
            raise ValueError
        return int(number)
    except (ValueError, binascii.Error) as error:
        raise Invalid("cursor", "This is not a cursor of this list.") from error
