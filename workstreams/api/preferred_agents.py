"""The preferred agents of a contact."""

from typing import Annotated

from django.db.models import QuerySet
from django.http import Http404
from ninja import Router
from pydantic import Field
from typing_extensions import TypedDict

from agents.models import Agent
from agents.queries.agent_names import agent_called
from config.api.auth import SUPERVISORS
from config.api.problems import Invalid
from config.api.schema import Body, Username
from config.clock import database_now
from config.request import AppRequest
from workstreams.actions.change_preferred_agents import set_preferred_agents
from workstreams.models import MOST_PREFERRED, Contact, PreferredAgent

router = Router(auth=SUPERVISORS, tags=["customers"])
ADDRESS = "/contacts/{int:contact_id}/preferred-agents"


class PreferredIn(Body):
    """Usernames, the most preferred first."""

    agents: Annotated[list[Username], Field(max_length=MOST_PREFERRED)]


class PreferredDocument(TypedDict):
    """Usernames, the most preferred first."""

    agents: list[str]


@router.get(ADDRESS, response=PreferredDocument, summary="List preferred agents")
def list_preferred_agents(request: AppRequest, contact_id: int) -> PreferredDocument:
    if not Contact.objects.filter(pk=contact_id).exists():
        raise Http404
    names = _rows(contact_id).values_list("agent__user__username", flat=True)
    return PreferredDocument(agents=list(names))


@router.put(ADDRESS, response=PreferredDocument, summary="Replace preferred agents")
def put_preferred_agents(
    request: AppRequest, contact_id: int, body: PreferredIn
) -> PreferredDocument:
    """Their order is the order in which they are asked."""
    agents = [_agent(index, username) for index, username in enumerate(body.agents)]
    set_preferred_agents(contact_id=contact_id, agents=agents, now=database_now())
    return list_preferred_agents(request, contact_id)


def _rows(contact_id: int) -> "QuerySet[PreferredAgent]":
    return PreferredAgent.objects.filter(contact=contact_id).order_by("position")


def _agent(index: int, username: str) -> Agent:
    found = agent_called(username)
    if found is None:
        raise Invalid(f"agents.{index}", f"There is no agent {username}.")
    return found
