"""The request as pages see it: signed in, and with htmx's headers read."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from agents.models import User


class AppRequest(HttpRequest):
    """A request that passed the login and htmx middleware."""

    htmx: "HtmxDetails"
    user: "User"
