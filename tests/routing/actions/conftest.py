"""What several actions are tried with."""

from datetime import datetime, timedelta

import pytest

from agents.models import Agent, Skill
from routing import configuration
from routing.models import Rule
from tests.factories import (
    make_agent,
    make_intake_rule,
    make_queue,
    make_skill,
    make_workstream,
)
from tests.routing.learning.lessons import WORDS
from workstreams.models import Queue, Workstream


@pytest.fixture
def skills(db: None) -> dict[str, Skill]:
    """Those that lessons name."""
    return {name: make_skill(name) for name in WORDS}


@pytest.fixture
def desk(db: None) -> Queue:
    return make_queue("Case desk", type="record")


@pytest.fixture
def cases(desk: Queue) -> Workstream:
    return make_workstream("Cases", type="record", queue=desk)


@pytest.fixture
def clerk(desk: Queue) -> Agent:
    return make_agent("carol", queues=[desk])


@pytest.fixture
def intake(cases: Workstream, now: datetime) -> Rule:
    rule = make_intake_rule(cases)
    configuration.publish(by=None, now=now)
    return rule


@pytest.fixture
def later(now: datetime) -> datetime:
    return now + timedelta(hours=1)
