"""A page of its own with the product's scripts, and answers that come when the test says so."""

import mimetypes
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route

ADDRESS: Final = "http://bare.example"
PATIENCE_SECONDS: Final = 90


def part(inside: str) -> str:
    """A part that hears of a change, and asks for itself."""
    return (
        '<section id="part" hx-get="/part/" hx-target="this"'
        f' hx-trigger="part-changed from:body" hx-swap="outerHTML">{inside}</section>'
    )


@dataclass
class Bare:
    """What scripts ask for waits until it is answered."""

    page: Page
    body: str = ""
    server_time: datetime | None = None
    waiting: list[Route] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE_SECONDS * 1000)

    def show(self, body: str) -> Page:
        """Open the page with this body."""
        self.body = body
        self.page.route("**/*", self._serve)
        self.page.goto(f"{ADDRESS}/")
        return self.page

    def tell(self, event: str) -> None:
        """What the stream would say."""
        self.page.evaluate("name => document.body.dispatchEvent(new Event(name))", event)
        self.next()

    def answer(self, html: str, *, to: str = "", status: int = 200, **headers: str) -> None:
        """Let the oldest request, of those to an address, have its answer, and the page work it
        in."""
        route = self.next(to)
        self.waiting.remove(route)
        with self.page.expect_event("requestfinished", lambda each: each == route.request):
            route.fulfill(status=status, body=html, content_type="text/html", headers=headers)
        # Two frames: what answers set off by timers is done.
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 20)))"
        )

    def next(self, to: str = "") -> Route:
        """The oldest request, of those to an address, once it is there."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not (found := [each for each in self.waiting if each.request.url.endswith(to)]):
            assert time.monotonic() < until, f"The page asks for nothing: {to}"
            self.page.evaluate("1")
        return found[0]

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            assert isinstance(found, str), path
            kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
            route.fulfill(body=Path(found).read_bytes(), content_type=kind)
        elif route.request.headers.get("hx-request") or route.request.resource_type == "fetch":
            self.asked.append(f"{route.request.method} {path}")
            self.waiting.append(route)
        elif path == "/":
            route.fulfill(body=self._page(), content_type="text/html")
        else:
            route.fulfill(status=204)

    def _page(self) -> str:
        head, *rest = [
            render_to_string(f"_components/{name}.html", {"server_time": self.server_time})
            for name in ("head", "dialogs", "toasts")
        ]
        body = "".join([self.body, *rest])
        return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
