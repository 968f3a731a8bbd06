"""Refuses what no page could store or look for."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from config.errors import malformed

API: Final = "/api/"
NUL: Final = "\x00"


class CleanInputMiddleware:
    """Answers 400 to text with the NUL character, which PostgreSQL neither stores nor compares.

    The API says so in its own way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.path.startswith(API) or not _has_nul(request):
            return None
        return malformed(request)


def _has_nul(request: HttpRequest) -> bool:
    if NUL in request.path:
        return True
    return any(
        NUL in name or any(NUL in value for value in values)
        for given in (request.GET, request.POST)
        for name, values in given.lists()
    )
