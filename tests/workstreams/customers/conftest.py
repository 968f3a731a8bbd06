"""What pages of customers and records need."""

from datetime import datetime

import pytest
from django.test import Client

from agents.models import User
from routing import configuration
from tests.factories import make_agent, make_intake_rule, make_queue, make_workstream
from workstreams.models import Workstream


@pytest.fixture
def as_supervisor(supervisor: User) -> Client:
    browser = Client()
    browser.force_login(supervisor)
    return browser


@pytest.fixture
def cases(record_routing: None, now: datetime) -> Workstream:
    """All cases go here, to the clerk ``carol``."""
    queue = make_queue("Case desk", type="record")
    make_agent("carol", queues=[queue])
    cases = make_workstream("Cases", type="record", queue=queue)
    make_intake_rule(cases)
    configuration.publish(by=None, now=now)
    return cases
