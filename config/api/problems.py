"""Errors of the API as problem documents (RFC 9457)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.http import HttpResponse
from pydantic_core import to_json

MEDIA_TYPE: Final = "application/problem+json"
INVALID: Final = "invalid"


class Invalid(Exception):
    """A field of the request is wrong; answers 422 naming it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.errors = [{"field": field, "message": message}]


def problem(
    status: int,
    slug: str,
    detail: str,
    *,
    errors: Iterable[Mapping[str, str]] | None = None,
    **more: Any,
) -> HttpResponse:
    """A problem document; ``detail`` is the sentence a person reads."""
    document: dict[str, Any] = {
        "type": slug,
        "title": slug.replace("-", " ").capitalize(),
        "status": status,
        "detail": detail,
        **more,
    }
    if errors is not None:
        document["errors"] = list(errors)
    content = to_json(document, serialize_unknown=True)
    return HttpResponse(content, status=status, content_type=MEDIA_TYPE)


def invalid(errors: Iterable[Mapping[str, str]]) -> HttpResponse:
    """422 with what is wrong, field by field; the first of them is also said in words."""
    errors = list(errors)
    first = errors[0] if errors else {"field": "", "message": "This request is not valid."}
    words = f"{first['field']}: {first['message']}" if first["field"] else first["message"]
    return problem(422, INVALID, words, errors=errors)
