"""Signing in and out changes the presence of agents; nothing else."""

from typing import Any, Final
from uuid import UUID, uuid4

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from agents.actions.sign_in_agent import sign_in_agent
from agents.actions.sign_out_agent import sign_out_agent
from agents.permissions import agent_of
from config.clock import database_now

SESSION_KEY: Final = "agent_session"


def connect() -> None:
    """Connect every receiver; called once when the app is ready."""
    user_logged_in.connect(agent_came, dispatch_uid="agents.agent_came")
    user_logged_out.connect(agent_left, dispatch_uid="agents.agent_left")


def agent_came(sender: object, user: Any, request: HttpRequest | None, **kwargs: Any) -> None:
    """Someone signed in; most are agents."""
    if agent := agent_of(user):
        key = uuid4()
        if request is not None:
            request.session[SESSION_KEY] = str(key)
        sign_in_agent(agent=agent, now=database_now(), session=key if request else None)


def agent_left(sender: object, user: Any, request: HttpRequest | None, **kwargs: Any) -> None:
    """Someone signed out; ``user`` is None when the session was over already."""
    if agent := agent_of(user):
        key = session_key(request) if request is not None else None
        sign_out_agent(agent=agent, now=database_now(), session=key)


def session_key(request: HttpRequest) -> UUID | None:
    """The sign-in that the request belongs to, if it is an agent's."""
    key = request.session.get(SESSION_KEY)
    return UUID(key) if key else None
