"""An agent at the desk."""

from typing import Any

import pytest
from django.test import Client

from agents.models import Agent


@pytest.fixture
def desk(client: Client, agent: Agent) -> Any:
    """The browser of the agent."""
    client.force_login(agent.user)
    return client
