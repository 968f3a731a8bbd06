"""Cards of smart assist bots in an agent's conversation."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from agents.models import Agent
from agents.permissions import get_own_agent
from agents.views.desk import shown
from config.clock import database_now
from config.pages import go_to, wants_fragment
from config.request import AppRequest
from config.row_ids import row_id
from routing.exceptions import NotYourItem
from routing.queries.desk_item import find_on_desk
from workstreams.actions.mark_suggestion import mark_suggestion
from workstreams.models import Suggestion


@require_safe
def suggestions(request: AppRequest, item_id: int) -> HttpResponse:
    """The cards as they are now."""
    agent = get_own_agent(request.user)
    if not wants_fragment(request):
        return redirect("agents:desk-item", item_id)
    found = find_on_desk(item_id, agent)
    if found is None:
        return HttpResponse(status=204)
    return render(request, "agents/desk/_suggestions.html", shown.suggestions(found))


@require_POST
def suggestion(request: AppRequest, item_id: int, suggestion_id: int) -> HttpResponse:
    """Use a card (``do=use``: its text goes into the reply) or dismiss it."""
    found = shown.get_on_desk(item_id, get_own_agent(request.user))
    if not found.is_accepted:
        raise NotYourItem
    card = get_object_or_404(Suggestion, pk=suggestion_id, item=item_id)
    is_used = request.POST.get("do") == "use"
    mark_suggestion(suggestion=card, is_used=is_used, now=database_now())
    if wants_fragment(request):
        return render(request, "agents/desk/_suggestions.html", shown.suggestions(found))
    query = f"?{urlencode({'suggestion': card.pk})}" if is_used else ""
    return go_to(request, reverse("agents:desk-item", args=[item_id]) + query)


def suggested(request: AppRequest, item_id: int, agent: Agent) -> str:
    """The text that a page opened with ``?suggestion=`` begins with; the item is the agent's."""
    suggestion_id = row_id(request.GET.get("suggestion", ""))
    if not suggestion_id:
        return ""
    texts = Suggestion.objects.filter(pk=suggestion_id, item=item_id, item__agent=agent)
    return texts.values_list("text", flat=True).first() or ""
