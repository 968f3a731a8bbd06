"""Named people for tests."""

import pytest
from django.utils.timezone import now as now_

from agents.models import Agent, User
from agents.terms import Role
from tests.factories import make_agent, make_queue, make_user, make_workstream
from workstreams.models import Queue, ServiceConfiguration, Workstream


@pytest.fixture
def administrator(db: None) -> User:
    """Configures everything."""
    return make_user("ada", Role.ADMINISTRATOR)


@pytest.fixture
def supervisor(db: None) -> User:
    """Watches queues and steers."""
    return make_user("sven", Role.SUPERVISOR)


@pytest.fixture
def record_routing(db: None) -> None:
    """Unified routing is on for records."""
    ServiceConfiguration.objects.filter(pk=1).update(record_routing_enabled_at=now_())


@pytest.fixture
def queue(db: None) -> Queue:
    """A messaging queue."""
    return make_queue("Support")


@pytest.fixture
def workstream(queue: Queue) -> Workstream:
    """A push chat workstream whose fallback queue is ``queue``."""
    return make_workstream("Chat", queue=queue)


@pytest.fixture
def agent(queue: Queue) -> Agent:
    """Serves ``queue``, available, with room for three units."""
    return make_agent("alice", queues=[queue])


@pytest.fixture
def second_agent(queue: Queue) -> Agent:
    """Serves ``queue`` too."""
    return make_agent("bob", queues=[queue])


@pytest.fixture
def agent_of_another_queue(db: None) -> Agent:
    """Serves a queue of his own."""
    return make_agent("charlie", queues=[make_queue("Elsewhere")])
