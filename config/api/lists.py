"""Lists a page at a time, by id, so that rows that come and go shift nothing."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, Generic, TypeVar

from django.db.models import Model, QuerySet
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
    ordered = rows.order_by("pk")
    if page.cursor:
        ordered = ordered.filter(pk__gt=_read(page.cursor))
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
