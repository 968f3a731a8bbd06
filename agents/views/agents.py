"""Pages of the people who handle work."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from agents.actions.create_agent import create_agent
from agents.actions.delete_agent import delete_agent
from agents.actions.edit_agent import edit_agent
from agents.actions.lock_agent import lock_agent
from agents.actions.set_presence import hold_presence
from agents.exceptions import AgentHasHistory
from agents.forms.agents import AgentForm, StaffingForm
from agents.models import Agent
from agents.permissions import (
    administrator_required,
    is_administrator,
    is_supervisor,
    staffing_required,
    supervisor_required,
)
from agents.queries.agent_attributes import agent_attributes
from agents.queries.agent_load import capacity_of, with_load
from agents.views.shown_presence import shown_presence
from config.clock import database_now
from config.crud import Column, ConfigPages, Dependency
from config.pages import go_to, page_or_fragment
from config.request import AppRequest
from routing.queries.left_behind import left_behind
from routing.queries.published_names import rules_saying_username
from routing.queries.without_agent import has_history, naming
from workstreams.queries.refusal_words import with_presence_text


class AgentPages(ConfigPages):
    """Create, edit and delete; the list is ``agent_list``, an agent's page ``agent_detail``."""

    model, form_class, app, noun, icon = Agent, AgentForm, "agents", "agent", "agent"
    title = "Agents"
    about = "The people who sign in: what they may do, how much work they get, where they serve."
    empty_text = "Agents are offered work, or pick it, from the queues they serve."
    delete_text = (
        "Only people who never handled work can be deleted. What names them goes on without: a"
        " queue has a member less, a contact an agent less to prefer, and a rule that asks for this"
        " name finds nobody. This cannot be undone."
    )
    may_read, may_write = supervisor_required, administrator_required
    may_edit = staffing_required
    has_detail = True
    list_template = "agents/list.html"
    columns = (
        Column(label="Name", value=str, sort="user__first_name", is_link=True),
        Column(label="Username", value="username", sort="user__username"),
        Column(label="Role", value="user.role", sort="user__role"),
        Column(label="Presence", value=str, template="agents/agent/_presence.html"),
        Column(
            label="Load", value=lambda agent: capacity_of(agent), template="agents/agent/_load.html"
        ),
        Column(label="Queues", value=lambda agent: _queue_names(agent)),
        Column(label="Gets work", value="is_enabled", sort="is_enabled"),
    )

    def queryset(self, request: AppRequest) -> QuerySet[Any]:
        agents = Agent.objects.select_related("user", "presence__presence", "default_presence")
        return with_presence_text(with_load(agents)).prefetch_related("queues")

    def form_for(self, request: AppRequest) -> type[AgentForm]:
        return AgentForm if is_administrator(request.user) else StaffingForm

    def lock(self, form: "ModelForm[Any]") -> None:
        names = _open_names(form)
        if "default_presence" in names and (first := form.cleaned_data["default_presence"]):
            hold_presence(first)
        lock_agent(form.instance, to_change=names)

    def perform_save(self, form: "ModelForm[Any]", *, by: Any, now: datetime) -> Agent:
        values = {name: form.cleaned_data[name] for name in _open_names(form)}
        if form.instance.pk is None:
            return create_agent(by=by, now=now, **values)
        return edit_agent(
            agent=form.instance, by=by, now=now, rules_saying=rules_saying_username, **values
        )

    def perform_delete(self, found: Agent, *, by: Any, now: datetime) -> None:
        delete_agent(agent=found, by=by, now=now)

    def refusal(self, found: Agent) -> str:
        return str(AgentHasHistory(agent=found)) if has_history(found) else ""

    def naming(self, found: Agent) -> Sequence[Dependency]:
        return [Dependency(label=each.label, url=each.url) for each in naming(found)]


@require_GET
@supervisor_required
def agent_detail(request: AppRequest, agent_id: int) -> HttpResponse:
    """All there is about one agent; ten statements, one more where he holds capacity."""
    agent = get_object_or_404(AgentPages().queryset(request), pk=agent_id)
    skills = agent.skills.select_related("skill__rating_model", "skill__skill_type")
    context = {
        "title": str(agent),
        "agent": agent,
        "control": shown_presence(agent.pk),
        "capacity": capacity_of(agent),
        "skills": skills.order_by("skill__name"),
        "attributes": agent_attributes(agent),
        "queues": agent.queues.all(),
        "can_write": is_administrator(request.user),
        "can_staff": is_supervisor(request.user),
        "live_topics": [f"agent-{agent.pk}"],
    }
    return page_or_fragment(request, "agents/agent/detail.html", "agents/agent/_now.html", context)


@require_POST
@administrator_required
def agent_enable(request: AppRequest, agent_id: int) -> HttpResponse:
    """Let the agent get work again."""
    agent = get_object_or_404(Agent.objects.select_related("user"), pk=agent_id)
    edit_agent(agent=agent, by=request.user, now=database_now(), is_enabled=True)
    return go_to(request, AgentPages().home_of(agent), text=f"{agent} gets work again.")


@require_POST
@administrator_required
def agent_disable(request: AppRequest, agent_id: int) -> HttpResponse:
    """Give the agent no more work, and tell what becomes of what the agent holds."""
    agent = get_object_or_404(Agent.objects.select_related("user"), pk=agent_id)
    edit_agent(agent=agent, by=request.user, now=database_now(), is_enabled=False)
    held = left_behind(agent)
    text = " ".join([f"{agent} gets no more work.", *held])
    home = AgentPages().home_of(agent)
    return go_to(request, home, text=text, kind="warning" if held else "success")


def _open_names(form: "ModelForm[Any]") -> list[str]:
    return [name for name, field in form.fields.items() if not field.disabled]


def _queue_names(agent: Agent) -> str:
    return ", ".join(sorted(queue.name for queue in agent.queues.all()))
