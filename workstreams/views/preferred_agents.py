"""A contact's preferred agents: added, removed and ordered on the contact's page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agents.permissions import supervisor_required
from config.clock import database_now
from config.pages import go_to
from config.request import AppRequest
from workstreams.actions.change_preferred_agents import (
    add_preferred_agent,
    move_preferred_agent,
    remove_preferred_agent,
)
from workstreams.forms.record_work import PreferredAgentForm
from workstreams.models import Contact
from workstreams.views.answers import accepted, form_answer


@require_http_methods(["GET", "POST"])
@supervisor_required
def preferred_agent_add(request: AppRequest, contact_id: int) -> HttpResponse:
    """One more, by username."""
    contact = get_object_or_404(Contact, pk=contact_id)
    form = PreferredAgentForm(request.POST if request.method == "POST" else None)

    def add() -> bool:
        agent = form.cleaned_data["agent"]
        add_preferred_agent(contact_id=contact_id, agent=agent, now=database_now())
        return True

    if accepted(form, add):
        text = f"{form.cleaned_data['agent']} is a preferred agent of {contact} now."
        return go_to(request, _page(contact_id), text=text)
    return form_answer(
        request,
        form,
        title=f"Add a preferred agent of {contact}",
        submit_label="Add",
        list_url=_page(contact_id),
        area="Contact",
    )


@require_POST
@supervisor_required
def preferred_agent_remove(request: AppRequest, contact_id: int, agent_id: int) -> HttpResponse:
    """Not preferred any more."""
    remove_preferred_agent(contact_id=contact_id, agent_id=agent_id, now=database_now())
    return go_to(request, _page(contact_id), text="Preferred agent removed.")


@require_POST
@supervisor_required
def preferred_agent_move(request: AppRequest, contact_id: int, agent_id: int) -> HttpResponse:
    """One place up or down."""
    is_up = request.POST.get("to") == "up"
    move_preferred_agent(
        contact_id=contact_id,
        agent_id=agent_id,
        where="up" if is_up else "down",
        now=database_now(),
    )
    return go_to(request, _page(contact_id), text=f"Moved {'up' if is_up else 'down'}.")


def _page(contact_id: int) -> str:
    return f"{reverse('workstreams:contact-detail', args=[contact_id])}#preferred-agents"
