"""Signed-in browsers, and what they look at."""

import pytest
from django.test import Client

from agents.models import User
from routing import configuration
from routing.actions.save_ruleset import save_rulesets
from routing.terms import RulesetKind
from tests.factories import make_item, make_skill
from tests.factories.learning import make_trained
from tests.routing.learning.lessons import WORDS, lessons


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
def routes(workstream):
    """The address of the workstream's route-to-queue rules."""
    return f"/rules/workstreams/{workstream.pk}/route-to-queue/"


@pytest.fixture
def classification(workstream):
    """The address of the workstream's classification rules."""
    return f"/rules/workstreams/{workstream.pk}/classification/"


@pytest.fixture
def rulesets(workstream, administrator, now):
    """Saves rulesets of these names; each has the rule First."""

    def save(*names):
        rule = {"name": "First", "when": {}, "then": {"priority": 1}}
        save_rulesets(
            workstream=workstream,
            kind=RulesetKind.CLASSIFICATION,
            rulesets=[{"name": name, "rules": [dict(rule)]} for name in names],
            by=administrator,
            now=now,
        )

    return save


@pytest.fixture
def published(workstream, now):
    """The workstream, once it is in force."""
    configuration.publish(by=None, now=now)
    return workstream


@pytest.fixture
def skills(db):
    """A skill for each topic of the lessons."""
    return [make_skill(name) for name in WORDS]


@pytest.fixture
def topics(skills):
    """A model that was trained on the lessons."""
    return make_trained(lessons(60), name="Topics")


@pytest.fixture
def item(workstream, now):
    """Waits in ``queue``, once its workstream is in force."""
    configuration.publish(by=None, now=now)
    return make_item(workstream, at=now, title="Broken <lamp>", customer={"name": "Carla"})
