"""Pages that other sites show in frames, and their errors."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.http import HttpRequest, HttpResponse

MARK: Final = "error_page"
SHOWN: Final = "shown_in_frame"
ANYBODY: Final = {"frame-ancestors": ["*"]}
View = TypeVar("View", bound=Callable[..., HttpResponse])


def may_be_framed(*, error_page: str) -> Callable[[View], View]:
    """Mark a view whose pages say themselves who may show them, and how its errors look."""

    def marked(view: View) -> View:
        setattr(view, MARK, error_page)
        return view

    return marked


def show_errors_with(request: HttpRequest, **context: Any) -> None:
    """What the error page of such a view is rendered with, as it may have no database."""
    setattr(request, SHOWN, context)


def error_page(request: HttpRequest, usual: str) -> tuple[str, dict[str, Any]]:
    """The template of what went wrong, the ``usual`` one or the view's own, and its context."""
    return _own_page(request) or usual, getattr(request, SHOWN, {})


def _own_page(request: HttpRequest) -> str:
    match = request.resolver_match
    return getattr(match.func, MARK, "") if match is not None else ""


def show_in_frame(request: HttpRequest, response: HttpResponse) -> None:
    """Let an error of such a view be read where its page would stand: else browsers say in its
    place that the site refused to connect. It shows nothing but what was sent from there."""
    if not _own_page(request) or hasattr(response, "_csp_replace"):
        return
    response.xframe_options_exempt = True
    response._csp_replace = ANYBODY  # type: ignore[attr-defined]  # as django-csp's decorator
