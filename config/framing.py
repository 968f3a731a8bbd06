"""Pages that other sites show in frames, and their errors."""

from collections.abc import Callable
from typing import Final, TypeVar

from django.http import HttpRequest, HttpResponse

MARK: Final = "may_be_framed"
ANYBODY: Final = {"frame-ancestors": ["*"]}
View = TypeVar("View", bound=Callable[..., HttpResponse])


def may_be_framed(view: View) -> View:
    """Mark a view whose pages say themselves who may show them."""
    setattr(view, MARK, True)
    return view


def show_in_frame(request: HttpRequest, response: HttpResponse) -> None:
    """Let an error of such a view be read where its page would stand: else browsers say in its
    place that the site refused to connect. It shows nothing but what was sent from there."""
    match = request.resolver_match
    if match is None or not getattr(match.func, MARK, False) or hasattr(response, "_csp_replace"):
        return
    response.xframe_options_exempt = True
    response._csp_replace = ANYBODY  # type: ignore[attr-defined]  # as django-csp's decorator
