"""What was not done, to be sent once more: the sign-in had ended, its forms are older, or the
database was busy."""

import re
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from config.framing import error_page

PAGE: Final = "errors/send_again.html"
CSRF_FIELD: Final = "csrfmiddlewaretoken"
# Forms with files come otherwise; a file cannot be kept.
FORM: Final = "application/x-www-form-urlencoded"
# Names of fields whose values no page ever shows; by a key of the page's own a form that is sent
# twice is done once.
SECRET: Final = re.compile("password|secret|token|(?<!client_)key|credential", re.IGNORECASE)


def can_be_sent_again(request: HttpRequest) -> bool:
    """Whether somebody filled a form in, and nothing in it is a secret."""
    fields = _fields(request)
    return bool(fields) and not any(value and SECRET.search(name) for name, value in fields)


def comes_from_here(request: HttpRequest) -> bool:
    """Browsers say which site a form was sent by; one of another site is never sent again."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def ask_to_send_again(request: HttpRequest, *, status: int) -> HttpResponse:
    """A page that holds what was sent; signing in comes first where that had ended (401)."""
    response = render(request, PAGE, _context(request, status=status), status=status)
    add_never_cache_headers(response)
    return response


def ask_to_send_later(request: HttpRequest, *, sentence: str) -> HttpResponse:
    """The same where the database is busy (503): rendered without it."""
    page, context = error_page(request, PAGE)
    context = context | _context(request, status=503)
    context |= {"sentence": sentence, "csrf_token": get_token(request)}
    response = HttpResponse(render_to_string(page, context), status=503)
    add_never_cache_headers(response)
    return response


def _context(request: HttpRequest, *, status: int) -> dict[str, Any]:
    return {"fields": _fields(request), "action": request.get_full_path(), "status": status}


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    if request.method != "POST" or request.content_type != FORM:
        return []
    sent = request.POST.lists()
    return [(name, value) for name, values in sent for value in values if name != CSRF_FIELD]
