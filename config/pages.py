"""Page or fragment, toast, client event: the only place that looks at `request.htmx`."""

import json
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import urldefrag

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

ToastKind = Literal["success", "info", "warning", "danger"]
NO_CONTENT = 204
SEE_OTHER = 303


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a fragment; boosted and history requests get the page."""
    htmx: Any = getattr(request, "htmx", False)
    return bool(htmx) and not (htmx.boosted or htmx.history_restore_request)


def page_or_fragment(
    request: HttpRequest,
    page_template: str,
    fragment_template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render the fragment for htmx, else the page that includes it."""
    template = fragment_template if wants_fragment(request) else page_template
    response = render(request, template, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def redirect_or_event(
    request: HttpRequest, to: Any, *, event: str, text: str = "", kind: ToastKind = "success"
) -> HttpResponse:
    """After a change: htmx gets 204 (an open dialog closes), the event and a toast; else 303."""
    if not wants_fragment(request):
        return go_to(request, to, text=text, kind=kind)
    response = client_event(HttpResponse(status=NO_CONTENT), event)
    return toast(response, text, kind=kind) if text else response


def go_to(
    request: HttpRequest, to: Any, *, text: str = "", kind: ToastKind = "success"
) -> HttpResponse:
    """Lead the browser to another page, where `text` is shown as a toast.

    A page that is open already hears `page-changed` and shows itself anew (static/js/refresh.js).
    """
    if text:
        messages.add_message(request, _level(kind), text)
    url = resolve_url(to)
    if not wants_fragment(request):
        response = HttpResponseRedirect(url)
        response.status_code = SEE_OTHER
        return response
    if _is_the_same_page(request, url):
        return client_event(HttpResponse(status=NO_CONTENT), "page-changed")
    return HttpResponseClientRedirect(url)


def toast(
    response: HttpResponse, text: str, *, kind: ToastKind = "success", everywhere: bool = False
) -> HttpResponse:
    """Show `text` in the toast region when htmx receives the response; what a person's windows
    are told `everywhere` is closed in all of them at once."""
    shown = {"text": text, "kind": kind}
    return client_event(response, "toast", shown | ({"everywhere": True} if everywhere else {}))


def client_event(response: HttpResponse, name: str, detail: Any = True) -> HttpResponse:
    """Raise the event `name` in the browser; several events and toasts add up."""
    events: dict[str, Any] = json.loads(response.get("HX-Trigger", "{}"))
    events[name] = [*_as_list(events["toast"]), detail] if name == "toast" in events else detail
    response["HX-Trigger"] = json.dumps(events)
    return response


def _is_the_same_page(request: HttpRequest, url: str) -> bool:
    htmx: Any = getattr(request, "htmx", None)
    return urldefrag(htmx.current_url_abs_path or "").url == urldefrag(url).url


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _level(kind: ToastKind) -> int:
    return {
        "success": messages.SUCCESS,
        "info": messages.INFO,
        "warning": messages.WARNING,
        "danger": messages.ERROR,
    }[kind]
