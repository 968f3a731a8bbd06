"""Picked work that nobody is there for is counted whole, whatever became of it before."""

from datetime import timedelta

import pytest

from agents.models import AgentPresence
from routing import configuration
from routing.models import Blocker
from routing.sweeps import note_blockers
from tests.factories import make_item, make_method, make_workstream
from tests.routing.engine.methods import row
from workstreams.models import Queue

pytestmark = pytest.mark.django_db


def noted(workstream, now):
    """Of three that agents released and one that nobody has had, all members being offline."""
    for key in ("alike:1", "alike:2", "alike:3", "alike"):
        make_item(workstream, at=now - timedelta(minutes=15), requirement_key=key)
    configuration.publish(by=None, now=now)
    AgentPresence.objects.update(base="offline")
    note_blockers.sweep(now=now, limit=9)
    return [(each.cause, each.number_of_items, each.is_at_least) for each in Blocker.objects.all()]


def test_what_agents_released_is_counted_along(queue, agent, now):
    picked = make_workstream("Mail", queue=queue, mode="pick")

    assert noted(picked, now) == [("offline", 4, False)]


def test_what_a_method_would_tell_apart_is_counted_along_too(queue, agent, now):
    when = row("agent.locale", "equals", item="title")
    method = make_method(rulesets=[{"name": "All", "rules": [{"name": "Ours", "when": when}]}])
    Queue.objects.filter(pk=queue.pk).update(custom_method=method)
    picked = make_workstream("Mail", queue=queue, mode="pick")

    assert noted(picked, now) == [("offline", 4, False)]


def test_what_is_pushed_still_speaks_for_itself_alone(workstream, agent, now):
    assert noted(workstream, now) == [("offline", 2, True)]
