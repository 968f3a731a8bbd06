"""What a person sees when something is refused, missing, forbidden or broken."""

import logging
import sys
import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.utils.http import urlencode

from config.framing import error_page, show_in_frame
from config.pages import client_event, toast, wants_fragment
from config.patience import LATER_SECONDS, TOOK_TOO_LONG, took_too_long
from config.refusal import Refusal, refusal_of
from config.send_again import (
    ask_to_send_again,
    ask_to_send_later,
    can_be_sent_again,
    comes_from_here,
)

logger = logging.getLogger(__name__)

GONE = "This is no longer here. Reload the page to see what changed."
MALFORMED = "Something in it is no text: a character that cannot be stored. Type it anew."
NOT_ALLOWED = "Your role does not allow this. Ask an administrator for access."
BROKEN = "Something went wrong on our side. Try again; if it happens again, quote error {}."
# True of what was sent, and of a part of the page that fetched itself.
BUSY = "The database is busy, so nothing was done. Try again in a moment."
BAD_REQUEST = 400
FORM_TOO_OLD = "This page was open for too long. Reload it and try again."


class RefusalMiddleware:
    """Turns refusals, and errors of htmx requests, into an answer the person understands."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code >= BAD_REQUEST:
            show_in_frame(request, response)
        return _sign_in_first(request) if _leads_to_sign_in(request, response) else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refusal):
            return _refused(request, error)
        if isinstance(error, Http404) and wants_fragment(request):
            return not_found(request, error)
        if isinstance(error, PermissionDenied) and wants_fragment(request):
            return forbidden(request, error)
        if isinstance(error, OperationalError | InterfaceError):
            return _busy(request, error)
        if isinstance(error, IntegrityError) and (refusal := refusal_of(error)):
            logger.warning("link refused path=%s error=%s", request.path, error)
            return _refused(request, refusal)
        return None


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404"""
    if wants_fragment(request):
        return _toast_only(404, GONE)
    return render(request, "errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403; the sentence of the exception says which permission is missing."""
    sentence = str(exception) or NOT_ALLOWED
    if wants_fragment(request):
        return _toast_only(403, sentence)
    return render(request, "errors/403.html", {"sentence": sentence}, status=403)


def malformed(request: HttpRequest) -> HttpResponse:
    """What was sent cannot be read, whoever sent it."""
    if wants_fragment(request):
        return _toast_only(400, MALFORMED)
    return render(request, "errors/400.html", {"sentence": MALFORMED}, status=400)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW"""
    if wants_fragment(request):
        return _toast_only(403, FORM_TOO_OLD)
    if comes_from_here(request) and can_be_sent_again(request):
        return ask_to_send_again(request, status=403)
    return render(request, "errors/403.html", {"sentence": FORM_TOO_OLD}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """handler500; renders without request and database, which may be what broke."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        # Broken before a view was reached: who asks is read from the database too.
        return _busy(request, error)
    error_id = getattr(request, "request_id", None) or uuid.uuid4().hex[:12]
    logger.error("error shown error_id=%s path=%s", error_id, request.path)
    if wants_fragment(request):
        return _toast_only(500, BROKEN.format(error_id))
    page, context = error_page(request, "errors/500.html")
    return HttpResponse(render_to_string(page, context | {"error_id": error_id}), status=500)


def _busy(request: HttpRequest, error: Exception) -> HttpResponse:
    """A lock that was waited for too long, a deadlock, a connection that was cut, a statement that
    was given up: nothing was done, and the next attempt may find everything well. Renders without
    the database."""
    logger.warning("database busy path=%s error=%s", request.path, error)
    is_slow = took_too_long(error)
    sentence = TOOK_TOO_LONG if is_slow else BUSY
    if wants_fragment(request):
        response = _toast_only(503, sentence)
    elif comes_from_here(request) and can_be_sent_again(request):
        response = ask_to_send_later(request, sentence=sentence)
    else:
        page, context = error_page(request, "errors/503.html")
        context = context | {"sentence": TOOK_TOO_LONG if is_slow else ""}
        response = HttpResponse(render_to_string(page, context), status=503)
    response["Retry-After"] = str(LATER_SECONDS if is_slow else 1)
    return response


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if wants_fragment(request):
        return _toast_only(refusal.status, str(refusal))
    context = {"refusal": refusal, "sentence": str(refusal), "back_url": _way_back(request)}
    return render(request, "errors/409.html", context, status=refusal.status)


def _toast_only(status: int, sentence: str) -> HttpResponse:
    response = toast(HttpResponse(status=status), sentence, kind="danger")
    response["HX-Reswap"] = "none"
    return response


def _way_back(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    own = f"{request.scheme}://{request.get_host()}/"
    return referer if referer.startswith(own) else "/"


def _leads_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        (wants_fragment(request) or request.method == "POST")
        and isinstance(response, HttpResponseRedirectBase)
        and response.url.startswith(f"{resolve_url(settings.LOGIN_URL)}?")
        and _asks_for_sign_in(request)
    )


def _asks_for_sign_in(request: HttpRequest) -> bool:
    """Not signing out, which leads there too."""
    match = request.resolver_match
    return match is not None and getattr(match.func, "login_required", True)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """A fragment never shows the sign-in page: the whole page goes there, unless something is
    typed in it. What a form sent is kept; and the way back is never what only takes forms."""
    if wants_fragment(request):
        back = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]  # django-htmx
        response = HttpResponse(status=401)
        response["HX-Reswap"] = "none"
        return client_event(response, "signed-out", {"url": _sign_in_url(back)})
    if can_be_sent_again(request):
        return ask_to_send_again(request, status=401)
    return redirect(_sign_in_url(_way_back(request)))


def _sign_in_url(back: str) -> str:
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"
