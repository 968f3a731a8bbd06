"""Pages of signed-in people are asked for anew each time, also by Back and in restored tabs."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER: Final = "Cache-Control"
HTML: Final = "text/html"


class FreshPagesMiddleware:
    """Says ``no-store`` with HTML for whoever comes with a session, unless the view says otherwise.

    A page tells the time of the server and holds keys that count once: from the browser's cache
    it would tell an old time, and send an old key. The cookie alone is looked at, not the person:
    what tells of a database that is gone is such a page too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_html = response.get("Content-Type", "").startswith(HTML)
        if is_html and settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.setdefault(HEADER, "no-store")
        return response
