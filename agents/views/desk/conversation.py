"""The open work item: its conversation, what is known about it, and the agent's reply."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from agents.models import Agent
from agents.permissions import get_own_agent
from agents.views.desk import shown
from config.clock import database_now
from config.pages import (
    client_event,
    go_to,
    page_or_fragment,
    redirect_or_event,
    wants_fragment,
)
from config.request import AppRequest
from config.row_ids import row_id
from routing import service
from routing.exceptions import NotYourItem
from routing.queries.desk_consults import own_talks
from routing.queries.desk_item import find_on_desk
from workstreams.actions.send_message import send_message
from workstreams.channels.message_field import MessageForm
from workstreams.exceptions import MessageKeyReused
from workstreams.terms import Author


@require_safe
def messages(request: AppRequest, item_id: int) -> HttpResponse:
    """The messages after ``?after=``, to be added at the end of the log."""
    agent = get_own_agent(request.user)
    if not wants_fragment(request):
        return redirect("agents:desk-item", item_id)
    found = find_on_desk(item_id, agent)
    if found is None:
        return HttpResponse(status=204)
    context = shown.talk(found, after=row_id(request.GET.get("after", "")) or 0)
    return render(request, "agents/desk/_messages.html", context)


@require_safe
def side(request: AppRequest, item_id: int) -> HttpResponse:
    """The card beside the conversation; where the state is another than the page shows
    (``?shown=``), the reply form comes with it."""
    agent = get_own_agent(request.user)
    if not wants_fragment(request):
        return redirect("agents:desk-item", item_id)
    found = find_on_desk(item_id, agent)
    if found is None:
        gone = {"item_id": item_id, "talks": own_talks(item_id, agent)}
        return render(request, "agents/desk/_gone_response.html", gone)
    is_changed = request.GET.get("shown") != found.state_key
    template = "_side_response" if is_changed else "_side"
    session = shown.side(found, agent, request.GET)
    context = {**shown.composer(found), **session, "is_out_of_band": True}
    return render(request, f"agents/desk/{template}.html", context)


@require_safe
def tab(request: AppRequest, item_id: int) -> HttpResponse:
    """One tab of the session (``?tab=``); without scripts the page opens with it."""
    agent = get_own_agent(request.user)
    if not wants_fragment(request):
        asked = QueryDict(mutable=True)
        asked["tab"] = request.GET.get("tab", "")
        return redirect(f"{reverse('agents:desk-item', args=[item_id])}?{asked.urlencode()}")
    found = shown.get_on_desk(item_id, agent)
    context = shown.session_shown(found, agent, request.GET)
    return render(request, "agents/desk/_session.html", context)


@require_POST
def seen(request: AppRequest, item_id: int) -> HttpResponse:
    """The messages until ``message`` were before the agent's eyes."""
    agent = get_own_agent(request.user)
    shown.get_on_desk(item_id, agent)
    message_id = row_id(request.POST.get("message", ""))
    if message_id is None:
        return HttpResponse("Until which message?", status=400)
    service.mark_read(item_id=item_id, by=agent, message_id=message_id)
    return redirect_or_event(request, reverse("agents:inbox"), event="inbox-changed")


@require_POST
def reply(request: AppRequest, item_id: int) -> HttpResponse:
    """Say something to the customer; what was typed stays when it cannot be sent."""
    agent = get_own_agent(request.user)
    found = shown.get_on_desk(item_id, agent)
    if not (found.is_accepted or found.is_joined):
        raise NotYourItem
    form = MessageForm(request.POST)
    if not (form.is_valid() and _is_sent(form, item_id, agent)):
        context = shown.composer(found) | {
            "text": request.POST.get("text", ""),
            "errors": [error for errors in form.errors.values() for error in errors],
        }
        page = {
            **shown.panel(found, agent),
            **shown.lists(agent, item_id),
            **context,
            "title": "My desk",
        }
        return page_or_fragment(
            request, "agents/desk/index.html", "agents/desk/_composer.html", page, status=422
        )

    if not wants_fragment(request):
        return go_to(request, reverse("agents:desk-item", args=[item_id]))
    response = render(request, "agents/desk/_composer.html", shown.composer(found))
    return client_event(response, f"item-{item_id}-changed")


def _is_sent(form: MessageForm, item_id: int, agent: Agent) -> bool:
    """Whether the text is said; what was changed after a lost answer gets a new key."""
    try:
        send_message(
            item_id=item_id,
            author=Author.AGENT,
            agent=agent,
            text=form.cleaned_data["text"],
            client_key=form.cleaned_data["client_key"],
            now=database_now(),
        )
    except MessageKeyReused as refusal:
        form.add_error("text", str(refusal))
    return form.is_valid()
