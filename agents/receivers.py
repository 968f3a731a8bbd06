"""Signing in and out changes the presence of agents; nothing else."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out

from agents.actions.sign_in_agent import sign_in_agent
from agents.actions.sign_out_agent import sign_out_agent
from agents.permissions import agent_of
from config.clock import database_now


def connect() -> None:
    """Connect every receiver; called once when the app is ready."""
    user_logged_in.connect(agent_came, dispatch_uid="agents.agent_came")
    user_logged_out.connect(agent_left, dispatch_uid="agents.agent_left")


def agent_came(sender: object, user: Any, **kwargs: Any) -> None:
    """Someone signed in; most are agents."""
    if agent := agent_of(user):
        sign_in_agent(agent=agent, now=database_now())


def agent_left(sender: object, user: Any, **kwargs: Any) -> None:
    """Someone signed out; ``user`` is None when the session was over already."""
    if agent := agent_of(user):
        sign_out_agent(agent=agent, now=database_now())
