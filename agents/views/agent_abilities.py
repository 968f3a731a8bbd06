"""What one agent can do and is: dialogs for skills, profiles, queues and attributes."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.actions.lock_chosen import hold_all_of
from agents.actions.set_agent_attributes import set_agent_attributes
from agents.actions.set_agent_capacity_profiles import set_agent_capacity_profiles
from agents.actions.set_agent_skills import set_agent_skills
from agents.exceptions import DefinitionGone
from agents.forms.agent_abilities import (
    AgentProfilesForm,
    AgentQueuesForm,
    AgentSkillsForm,
    given_in,
    rated_in,
)
from agents.forms.attributes import AgentAttributesForm
from agents.models import Agent, AgentAttribute, CapacityProfile, Skill
from agents.permissions import administrator_required, staffing_required
from config.clock import database_now
from config.pages import go_to, page_or_fragment
from config.request import AppRequest
from workstreams.actions.set_agent_queues import set_agent_queues

UNPROCESSABLE = 422
AnyForm = TypeVar("AnyForm", bound=forms.Form)


@require_http_methods(["GET", "POST"])
@administrator_required
def agent_skills(request: AppRequest, agent_id: int) -> HttpResponse:
    """Ratings of one agent."""

    def save(agent: Agent, form: AgentSkillsForm) -> None:
        set_agent_skills(
            agent=agent,
            skills=form.ratings(),
            inactive=form.inactive(),
            by=request.user,
            now=database_now(),
        )

    return _answer(request, agent_id, AgentSkillsForm, save, noun="skills")


@require_http_methods(["GET", "POST"])
@staffing_required
def agent_profiles(request: AppRequest, agent_id: int) -> HttpResponse:
    """Capacity profiles of one agent."""

    def save(agent: Agent, form: AgentProfilesForm) -> None:
        set_agent_capacity_profiles(
            agent=agent, profiles=form.profiles(), by=request.user, now=database_now()
        )

    return _answer(request, agent_id, AgentProfilesForm, save, noun="profiles")


@require_http_methods(["GET", "POST"])
@staffing_required
def agent_queues(request: AppRequest, agent_id: int) -> HttpResponse:
    """Queues that one agent serves."""

    def save(agent: Agent, form: AgentQueuesForm) -> None:
        set_agent_queues(
            agent=agent,
            queues=list(form.cleaned_data["queues"]),
            by=request.user,
            now=database_now(),
        )

    return _answer(request, agent_id, AgentQueuesForm, save, noun="queues")


@require_http_methods(["GET", "POST"])
@administrator_required
def agent_attributes(request: AppRequest, agent_id: int) -> HttpResponse:
    """Values of the organisation's own attributes."""

    def save(agent: Agent, form: AgentAttributesForm) -> None:
        set_agent_attributes(agent=agent, values=form.values(), by=request.user, now=database_now())

    return _answer(request, agent_id, AgentAttributesForm, save, noun="attributes")


@transaction.atomic
def _answer(
    request: AppRequest,
    agent_id: int,
    form_class: Callable[..., AnyForm],
    save: Callable[[Agent, AnyForm], None],
    *,
    noun: str,
) -> HttpResponse:
    """What is sent is compared with rows that nobody else changes before it is saved."""
    agent = get_object_or_404(Agent.objects.select_related("user"), pk=agent_id)
    home = reverse("agents:agent-detail", kwargs={"agent_id": agent.pk})
    if request.method == "POST":
        _hold(agent, noun, request.POST)
    form = form_class(request.POST or None, agent=agent)
    if request.method == "POST" and form.is_valid():
        save(agent, form)
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


def _hold(agent: Agent, noun: str, sent: Mapping[str, str]) -> None:
    """As the actions do, where skills, attributes and profiles come before the agent; what is
    deleted meanwhile matters only where it was chosen. Skills and profiles that he is not to have
    are not waited for."""
    if noun == "skills":
        _hold_given(Skill, rated_in(sent), agent.skills.values_list("skill_id", flat=True))
    if noun == "profiles":
        own = agent.capacity_profiles.values_list("profile_id", flat=True)
        _hold_given(CapacityProfile, given_in(sent), own)
    if noun == "attributes":
        hold_all_of(AgentAttribute, AgentAttribute.objects.values_list("pk", flat=True))
    get_object_or_404(Agent.objects.select_for_update(no_key=True), pk=agent.pk)


def _hold_given(
    model: type[Skill] | type[CapacityProfile], given: Iterable[int], own: Iterable[int]
) -> None:
    """What he is to have, and has. Refuses what is gone by the time that nobody else holds it:
    a form without it would say nothing."""
    there = {row.pk: row for row in model._default_manager.filter(pk__in=given)}
    held = hold_all_of(model, {*there, *own})
    for pk, row in there.items():
        if pk not in held:
            raise DefinitionGone(name=row)
