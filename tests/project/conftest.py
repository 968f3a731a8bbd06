"""What addresses are asked about."""

import datetime

import pytest

from agents.models import Agent, User
from tests.project.rows import Values, one_of_every_kind
from workstreams.models import Workstream


@pytest.fixture
def values(
    workstream: Workstream, agent: Agent, administrator: User, now: datetime.datetime
) -> Values:
    """One row of every kind."""
    return one_of_every_kind(workstream, agent, administrator, now)
