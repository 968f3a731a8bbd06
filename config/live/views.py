"""What gives out tickets for the stream, and tells open pages the time."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from config.clock import shown_now
from config.live.tickets import make_ticket
from config.live.topics import parse_topics

PERMISSION = "routing.permissions.heard_by"


@require_GET
@never_cache
def ticket(request: HttpRequest) -> HttpResponseBase:
    """``?topics=floor,queue-3``: a ticket for those of them that the person may hear, or 403.

    A page that stayed open asks for all that it was made with; what was taken away meanwhile does
    not silence the rest.
    """
    topics = parse_topics(request.GET.get("topics", ""))
    if not topics:
        return HttpResponseBadRequest("Name the topics: ?topics=floor,queue-3")
    heard = _permission()(request.user, topics)
    if not heard:
        raise PermissionDenied("You may not listen to any of this.")
    return JsonResponse({"ticket": make_ticket(heard, user_id=request.user.pk)})


@require_safe
@never_cache
@login_not_required
def clock(request: HttpRequest) -> JsonResponse:
    """What time it is, for a page whose machine slept or whose clock was set; no query."""
    return JsonResponse({"now": shown_now().isoformat()})


def _permission() -> Callable[[object, Sequence[str]], list[str]]:
    """The rule comes from an app above the toolkit, so it is named, not imported."""
    name = getattr(settings, "LIVE_TOPIC_PERMISSION", PERMISSION)
    permission: Callable[[object, Sequence[str]], list[str]] = import_string(name)
    return permission
