"""/agents/{username}/presence: an agent's own for the agent, everybody's for supervisors."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404
from ninja import Router
from typing_extensions import TypedDict

from agents.actions.reset_presence import reset_presence
from agents.actions.set_presence import set_presence
from agents.models import Agent, AgentPresence, Presence
from agents.permissions import SUPERVISORS_ONLY
from agents.terms import BasePresence
from config.api.named_rows import named
from config.api.schema import Body, Name
from config.clock import database_now
from config.request import AppRequest

router = Router(tags=["agents"])


class PresenceChoice(Body):
    """The name of a presence."""

    presence: Name


class CurrentPresenceDocument(TypedDict):
    """What an agent's presence is, and since when."""

    presence: str
    base_presence: str
    since: datetime | None


@router.get(
    "/agents/{username}/presence", response=CurrentPresenceDocument, summary="Show a presence"
)
def show_agent_presence(request: AppRequest, username: str) -> CurrentPresenceDocument:
    agent = _agent_for(request, username)
    current = AgentPresence.objects.select_related("presence").filter(agent=agent).first()
    if current is None:
        offline = BasePresence.OFFLINE.value
        return CurrentPresenceDocument(presence=offline, base_presence=offline, since=None)
    return _document(current)


@router.put(
    "/agents/{username}/presence", response=CurrentPresenceDocument, summary="Set a presence"
)
def put_agent_presence(
    request: AppRequest, username: str, body: PresenceChoice
) -> CurrentPresenceDocument:
    agent = _agent_for(request, username)
    presence = named(Presence, "presence", body.presence)
    assert presence is not None
    now = database_now()
    return _document(set_presence(agent=agent, presence=presence, by=request.user, now=now))


@router.post(
    "/agents/{username}/presence/reset",
    response=CurrentPresenceDocument,
    summary="End a chosen presence",
)
def reset_agent_presence(request: AppRequest, username: str) -> CurrentPresenceDocument:
    """The presence follows the capacity in use again; 409 ``not-signed-in`` while offline."""
    agent = _agent_for(request, username)
    return _document(reset_presence(agent=agent, by=request.user, now=database_now()))


def _agent_for(request: AppRequest, username: str) -> Agent:
    """Agents know of themselves only."""
    mine = request.user.username == username
    if not mine and not request.user.is_supervisor:
        raise PermissionDenied(SUPERVISORS_ONLY)
    agent = Agent.objects.select_related("user").filter(user__username=username).first()
    if agent is None:
        raise Http404
    return agent


def _document(current: AgentPresence) -> CurrentPresenceDocument:
    return CurrentPresenceDocument(
        presence=current.presence.name, base_presence=current.base, since=current.since
    )
