"""One page of a long list, found by the place of its first or last row.

Nothing is counted off from the start, so the thousandth page costs as much as the first, and
rows that come or go shift nothing. The address is the whole state: ``after`` or ``before``.
"""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable
from django.http import QueryDict
from django.utils.timezone import is_naive

from config.crud.columns import Column
from config.crud.listing import Heading, headings, without
from config.row_ids import row_id

LONGEST_CURSOR: Final = 1000
Place = tuple[Any, int]


@dataclass(frozen=True, kw_only=True)
class KeysetListing:
    """What the list template shows; ``previous`` and ``next`` are addresses, empty at the ends."""

    headings: list[Heading]
    rows: list[Any]
    total: int
    previous: str
    next: str
    search: str


def keyset_listing(
    rows: "QuerySet[Any]",
    query: QueryDict,
    *,
    columns: Sequence[Column],
    keys: Mapping[str, Combinable],
    default: str,
    page_size: int,
) -> KeysetListing:
    """Two statements: a count and a page. ``keys`` sorts each column, and is never null."""
    sort = query.get("sort", "")
    if sort.removeprefix("-") not in keys:
        sort = default
    keyed = rows.annotate(sort_key=keys[sort.removeprefix("-")])
    shown, has_previous, has_next = _page(keyed, query, sort.startswith("-"), page_size)
    rest = without(query, "after", "before")
    return KeysetListing(
        headings=headings(columns, sort, query, "after", "before"),
        rows=shown,
        total=rows.count(),
        previous=_address(rest, "before", shown[0]) if has_previous else "",
        next=_address(rest, "after", shown[-1]) if has_next else "",
        search=query.get("q", "").strip(),
    )


def _page(
    keyed: "QuerySet[Any]", query: QueryDict, descends: bool, size: int
) -> tuple[list[Any], bool, bool]:
    """The rows, whether there are some before, and whether some follow."""
    if before := _read(query.get("before", ""), keyed):
        found = list(_beyond(keyed, before, not descends)[: size + 1])
        if len(found) > size:
            return found[:size][::-1], True, True
    elif after := _read(query.get("after", ""), keyed):
        found = list(_beyond(keyed, after, descends)[: size + 1])
        if found:
            return found[:size], True, len(found) > size
    # The first page; also for a place that is none, and where a page would not be full.
    found = list(_in_order(keyed, descends)[: size + 1])
    return found[:size], False, len(found) > size


def _beyond(keyed: "QuerySet[Any]", place: Place, descends: bool) -> "QuerySet[Any]":
    key, pk = place
    than = "lt" if descends else "gt"
    later = Q(**{f"sort_key__{than}": key}) | Q(sort_key=key, **{f"pk__{than}": pk})
    return _in_order(keyed.filter(later), descends)


def _in_order(keyed: "QuerySet[Any]", descends: bool) -> "QuerySet[Any]":
    return keyed.order_by("-sort_key", "-pk") if descends else keyed.order_by("sort_key", "pk")


def _address(rest: str, name: str, row: Any) -> str:
    place = json.dumps([row.sort_key, str(row.pk)], default=datetime.isoformat)
    cursor = urlsafe_b64encode(place.encode()).decode().rstrip("=")
    return "&".join(filter(None, [rest, f"{name}={cursor}"]))


def _read(cursor: str, keyed: "QuerySet[Any]") -> Place | None:
    """The place that an address names; None for anything else that stands there."""
    if not cursor or len(cursor) > LONGEST_CURSOR:
        return None
    try:
        key, pk = json.loads(urlsafe_b64decode(cursor.encode() + b"=="))
        value = _by_utc(keyed.query.annotations["sort_key"].output_field.to_python(key))
        number = row_id(pk)
    except (binascii.Error, ValueError, TypeError, AttributeError, ArithmeticError):
        return None
    except ValidationError:
        return None
    if value is None or number is None or not _is_storable(value):
        return None
    return value, number


def _by_utc(value: Any) -> Any:
    """Of moments the same by UTC, for the database refuses offsets that Python takes; one without
    an offset is none."""
    if not isinstance(value, datetime):
        return value
    return None if is_naive(value) else value.astimezone(UTC)


def _is_storable(value: Any) -> bool:
    """Whether it can be asked for: text without NUL and without half of a character."""
    if not isinstance(value, str):
        return True
    try:
        return b"\0" not in value.encode()
    except UnicodeEncodeError:
        return False
