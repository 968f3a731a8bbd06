"""What web sites ask before they show the button of their chat."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from routing.queries.chat_hours import chat_hours
from workstreams.models import ChannelInstance
from workstreams.views.chat_visitor import chat_view, close_unpublished


@require_safe
@chat_view
def hours(request: HttpRequest, instance: ChannelInstance) -> HttpResponse:
    """Whether it is open, when it opens, and whether it is shown: no secret, for any site."""
    close_unpublished(instance)
    found = chat_hours(instance)
    response = JsonResponse(
        {
            "open": found.is_open,
            "opens_at": found.opens_at,
            "shown": instance.is_enabled and not found.is_hidden,
        }
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response
