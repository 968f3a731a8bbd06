"""Addresses of three areas; the site map leaves out the others."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def area(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


agents = [
    path("desk/", area, name="desk"),
    path("skills/", area, name="skill-list"),
    path("desk/window/", area, name="presence-window"),
    path("desk/offers/", area, name="desk-offers"),
]
routing = [path("floor/", area, name="floor")]

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include((agents, "agents"))),
    path("", include((routing, "routing"))),
]
