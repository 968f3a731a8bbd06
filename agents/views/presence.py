"""The presence control of the top bar, and presences that supervisors set."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from agents.actions.note_window import close_window, note_window
from agents.actions.reset_presence import reset_presence
from agents.actions.set_presence import set_presence
from agents.models import Agent, Presence
from agents.permissions import agent_required, get_own_agent, supervisor_required
from agents.receivers import session_key
from agents.views.shown_presence import shown_presence
from config.clock import database_now
from config.pages import client_event, go_to, page_or_fragment, toast, wants_fragment
from config.request import AppRequest

CONTROL = "agents/presence/_control.html"


class PresenceChoice(forms.Form):
    """One of the presences there are; the action refuses what people may not set."""

    presence = forms.ModelChoiceField(Presence.objects.all())


class WindowForm(forms.Form):
    """Which of the agent's windows tells."""

    key = forms.UUIDField()


@require_GET
@agent_required
def presence_control(request: AppRequest) -> HttpResponse:
    """The control as it is now; without JavaScript a page to choose on. A screen reader is told
    when a refused offer has brought another presence than the page shows (``?after=``)."""
    control = shown_presence(get_own_agent(request.user).pk)
    context = {"title": "Your presence", "control": control}
    response = page_or_fragment(request, "agents/presence/index.html", CONTROL, context)
    if control.refused and request.GET.get("after", control.refused) != control.refused:
        until = f": {control.stopped} until you choose a presence" if control.stopped else ""
        text = f"You are now: {control.text}. {control.after}{until}"
        client_event(response, "announce", {"text": text})
    return response


@require_POST
@agent_required
def presence_set(request: AppRequest) -> HttpResponse:
    """An agent chooses a presence."""
    agent = get_own_agent(request.user)
    return _own_answer(request, agent, f"You are now: {_set(request, agent)}.")


@require_POST
@agent_required
def presence_reset(request: AppRequest) -> HttpResponse:
    """An agent ends what he chose, or what a refused offer brought him."""
    agent = get_own_agent(request.user)
    presence = reset_presence(agent=agent, by=request.user, now=database_now()).presence
    return _own_answer(request, agent, f"You are now: {presence}.")


@require_POST
def window(request: AppRequest) -> HttpResponse:
    """A page of the agent's is there, or closes (``closing``)."""
    agent = get_own_agent(request.user)
    form = WindowForm(request.POST)
    if not form.is_valid():
        return HttpResponse("Which window?", status=400)
    if request.POST.get("closing"):
        close_window(agent=agent, key=form.cleaned_data["key"], now=database_now())
    else:
        key, session = form.cleaned_data["key"], session_key(request)
        note_window(agent=agent, key=key, session=session, now=database_now())
    return HttpResponse(status=204)


@require_POST
@supervisor_required
def agent_presence_reset(request: AppRequest, agent_id: int) -> HttpResponse:
    """A supervisor lets an agent's presence follow the capacity in use again."""
    agent = get_object_or_404(Agent.objects.select_related("user"), pk=agent_id)
    presence = reset_presence(agent=agent, by=request.user, now=database_now()).presence
    return _agent_answer(request, agent, f"{agent} is now: {presence}.")


@require_POST
@supervisor_required
def agent_presence_set(request: AppRequest, agent_id: int) -> HttpResponse:
    """A supervisor changes an agent's presence, for example of one who forgot to sign out."""
    agent = get_object_or_404(Agent.objects.select_related("user"), pk=agent_id)
    text = f"{agent} is now: {_set(request, agent)}."
    return _agent_answer(request, agent, text)


def _own_answer(request: AppRequest, agent: Agent, text: str) -> HttpResponse:
    if not wants_fragment(request):
        return go_to(request, _way_back(request), text=text)
    response = render(request, CONTROL, {"control": shown_presence(agent.pk)})
    client_event(response, "announce", {"text": text})
    return client_event(response, "presence-changed")


def _agent_answer(request: AppRequest, agent: Agent, text: str) -> HttpResponse:
    home = reverse("agents:agent-detail", kwargs={"agent_id": agent.pk})
    if not wants_fragment(request):
        return go_to(request, home, text=text)
    return client_event(toast(HttpResponse(status=204), text), f"agent-{agent.pk}-changed")


def _set(request: AppRequest, agent: Agent) -> Presence:
    form = PresenceChoice(request.POST)
    presence = get_object_or_404(Presence, pk=form.data.get("presence") if form.is_valid() else 0)
    set_presence(agent=agent, presence=presence, by=request.user, now=database_now())
    return presence


def _way_back(request: AppRequest) -> str:
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return came_from if is_ours else "/"
