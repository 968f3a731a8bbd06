"""Every race runs on committed rows; afterwards no promise may be broken."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import connection

from agents.models import Agent
from config.clock import database_now
from tests.factories import make_workstream
from tests.promises.checker import violations
from workstreams.models import Queue, Workstream
from workstreams.terms import DistributionMode


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each commits for real, which takes a moment to clean up."""
    for item in items:
        if "races" in item.path.parts:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture
def now(transactional_db: None) -> datetime:
    """Database time: moves of the service use it too."""
    return database_now()


@pytest.fixture
def mail(queue: Queue) -> Workstream:
    """Work to pick from ``queue``."""
    return make_workstream("Mail", mode=DistributionMode.PICK, queue=queue)


@pytest.fixture(autouse=True)
def _no_promise_is_broken(transactional_db: None) -> Iterator[None]:
    yield
    connection.ensure_connection()
    assert violations(connection.connection) == []


@pytest.fixture
def both(agent: Agent, second_agent: Agent) -> list[Agent]:
    """Two members of ``queue``."""
    return [agent, second_agent]
