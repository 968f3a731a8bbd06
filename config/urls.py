"""Every address of the product."""

from django.conf import settings
from django.urls import include, path

from config.api_urls import api
from config.home import home
from config.live.views import clock, ticket
from config.views import gallery

handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.broken"

urlpatterns = [
    path("", home, name="home"),
    path("", include("config.health_urls")),
    path("accounts/", include("config.account_urls")),
    path("api/v1/", api.urls),
    path("live/clock", clock, name="live-clock"),
    path("live/ticket", ticket, name="live-ticket"),
    path("", include("agents.urls")),
    path("", include("workstreams.urls")),
    path("", include("routing.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("components/", gallery))
