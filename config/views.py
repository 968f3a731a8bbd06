"""The component gallery: each component in each variant, while developing."""

from datetime import timedelta
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from config.templatetags.badges import MODES, PRESENCES, STATES

COLOURS: Final = ["neutral", "blue", "green", "yellow", "orange", "red", "purple"]


def gallery(request: HttpRequest) -> HttpResponse:
    """Only routed when DEBUG is on."""
    now = timezone.now()
    context = {
        "title": "Components",
        "colours": COLOURS,
        "states": STATES,
        "presences": PRESENCES,
        "modes": MODES,
        "earlier": now - timedelta(minutes=4, seconds=7),
        "later": now + timedelta(seconds=40),
        "page": Paginator(range(120), 50).page(2),
        "headings": ["Queue", "Waiting", "Oldest"],
        "rows": [["Billing", 4, "2:10"], ["Support", 0, "–"]],  # noqa: RUF001  # as on pages
    }
    return render(request, "_components/gallery.html", context)
