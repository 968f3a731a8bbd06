"""Signed-in browsers, and what they look at."""

import pytest
from django.test import Client

from agents.models import User
from workstreams.models import Workstream


@pytest.fixture
def as_administrator(administrator: User, client: Client) -> Client:
    """A browser with the administrator signed in."""
    client.force_login(administrator)
    return client


@pytest.fixture
def as_supervisor(supervisor: User) -> Client:
    """A browser with the supervisor signed in."""
    browser = Client()
    browser.force_login(supervisor)
    return browser


@pytest.fixture
def as_agent(agent) -> Client:
    """A browser with an agent signed in."""
    browser = Client()
    browser.force_login(agent.user)
    return browser


@pytest.fixture
def page(workstream: Workstream) -> str:
    """The address of the workstream's page."""
    return f"/workstreams/{workstream.pk}/"
