"""From what an operation returns to the response; serialised once, by no second model."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.responses import Status
from pydantic_core import to_json

from config.api.idempotency import KEY_HEADER, once


def answered(operation: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Wraps every operation: repeated POSTs are answered from memory, others are done."""

    @wraps(operation)
    def view(request: HttpRequest, **values: Any) -> HttpResponse:
        key = request.headers.get(KEY_HEADER) if request.method == "POST" else None
        # Who has no account brings a key that the operation itself reads.
        if key is None or not request.user.is_authenticated:
            return response_of(operation(request, **values))
        return once(request, key, lambda: response_of(operation(request, **values)))

    return view


def response_of(result: Any) -> HttpResponse:
    """For operations that have something to add to the headers; others return the result."""
    status = 200
    if isinstance(result, Status):
        status, result = result.status_code, result.value
    if isinstance(result, HttpResponse):
        return result
    content = b"" if status == 204 else to_json(result)
    return HttpResponse(content, status=status, content_type="application/json")
