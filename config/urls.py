"""Every address of the product."""

import importlib
import importlib.util
from typing import Any

from django.conf import settings
from django.urls import include, path

from config.home import home
from config.live.views import ticket

handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.broken"


def part(module: str) -> Any:
    """The addresses of one app."""
    found = importlib.util.find_spec(module)
    return include(module) if found else include(([], module.partition(".")[0]))


urlpatterns = [
    path("", home, name="home"),
    path("accounts/", include("allauth.urls")),
    path("live/ticket", ticket, name="live-ticket"),
    path("", part("agents.urls")),
    path("", part("workstreams.urls")),
    path("", part("routing.urls")),
]
if importlib.util.find_spec("config.health"):
    urlpatterns.append(path("", part("config.health_urls")))
if importlib.util.find_spec("config.api_urls"):
    urlpatterns.append(path("api/v1/", importlib.import_module("config.api_urls").api.urls))
if settings.DEBUG:
    urlpatterns.append(path("components/", importlib.import_module("config.views").gallery))
