"""Signed-in browsers."""

import pytest
from django.test import Client

from agents.models import Agent, User


@pytest.fixture
def as_administrator(administrator: User) -> Client:
    """A browser with the administrator signed in."""
    return _browser_of(administrator)


@pytest.fixture
def as_supervisor(supervisor: User) -> Client:
    """A browser with the supervisor signed in."""
    return _browser_of(supervisor)


@pytest.fixture
def as_agent(agent: Agent) -> Client:
    """A browser with an agent signed in."""
    return _browser_of(agent.user)


def _browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser
