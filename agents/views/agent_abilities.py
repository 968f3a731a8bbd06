"""What one agent can do and is: dialogs for skills, profiles, queues and attributes."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.actions.set_agent_attributes import set_agent_attributes
from agents.actions.set_agent_capacity_profiles import set_agent_capacity_profiles
from agents.actions.set_agent_skills import set_agent_skills
from agents.forms.agent_abilities import AgentProfilesForm, AgentQueuesForm, AgentSkillsForm
from agents.forms.attributes import AgentAttributesForm
from agents.models import Agent
from agents.permissions import administrator_required, staffing_required
from config.clock import database_now
from config.pages import go_to, page_or_fragment
from config.request import AppRequest
from workstreams.actions.set_agent_queues import set_agent_queues

UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
@administrator_required
def agent_skills(request: AppRequest, agent_id: int) -> HttpResponse:
    """Ratings of one agent."""
    agent = _get(agent_id)
    form = AgentSkillsForm(request.POST or None, agent=agent)

    def save() -> None:
        set_agent_skills(
            agent=agent,
            skills=form.ratings(),
            inactive=form.inactive(),
            by=request.user,
            now=database_now(),
        )

    return _answer(request, agent, form, save, noun="skills")


@require_http_methods(["GET", "POST"])
@staffing_required
def agent_profiles(request: AppRequest, agent_id: int) -> HttpResponse:
    """Capacity profiles of one agent."""
    agent = _get(agent_id)
    form = AgentProfilesForm(request.POST or None, agent=agent)

    def save() -> None:
        set_agent_capacity_profiles(
            agent=agent, profiles=form.profiles(), by=request.user, now=database_now()
        )

    return _answer(request, agent, form, save, noun="profiles")


@require_http_methods(["GET", "POST"])
@staffing_required
def agent_queues(request: AppRequest, agent_id: int) -> HttpResponse:
    """Queues that one agent serves."""
    agent = _get(agent_id)
    form = AgentQueuesForm(request.POST or None, agent=agent)

    def save() -> None:
        set_agent_queues(
            agent=agent,
            queues=list(form.cleaned_data["queues"]),
            by=request.user,
            now=database_now(),
        )

    return _answer(request, agent, form, save, noun="queues")


@require_http_methods(["GET", "POST"])
@administrator_required
def agent_attributes(request: AppRequest, agent_id: int) -> HttpResponse:
    """Values of the organisation's own attributes."""
    agent = _get(agent_id)
    form = AgentAttributesForm(request.POST or None, agent=agent)

    def save() -> None:
        set_agent_attributes(agent=agent, values=form.values(), by=request.user, now=database_now())

    return _answer(request, agent, form, save, noun="attributes")


def _get(agent_id: int) -> Agent:
    return get_object_or_404(Agent.objects.select_related("user"), pk=agent_id)


def _answer(
    request: AppRequest, agent: Agent, form: forms.Form, save: Callable[[], None], *, noun: str
) -> HttpResponse:
    home = reverse("agents:agent-detail", kwargs={"agent_id": agent.pk})
    if request.method == "POST" and form.is_valid():
        save()
        return go_to(request, home, text=f"{noun.capitalize()} of {agent} saved.")
    context = {
        "title": f"{noun.capitalize()} of {agent}",
        "agent": agent,
        "form": form,
        "action": request.path,
        "home": home,
        "fields_template": f"agents/agent/_{noun}_fields.html",
    }
    return page_or_fragment(
        request,
        "agents/agent/abilities.html",
        "_components/form_dialog.html",
        context,
        status=UNPROCESSABLE if form.is_bound else 200,
    )
