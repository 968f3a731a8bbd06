"""An organisation that reviews before it publishes."""

from datetime import timedelta

import pytest

from routing import configuration
from routing.actions.save_ruleset import save_rulesets
from routing.terms import RulesetKind
from workstreams.actions.create_workstream import create_workstream
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.terms import Channel, DistributionMode, WorkstreamType

VIP = {"field": "context.tier", "op": "equals", "value": "gold"}


@pytest.fixture
def reviewed(workstream, queue, agent, administrator, now):
    """Version 1 is published, and review is on since version 2."""
    configuration.publish(by=administrator, now=now)
    save_service_configuration(by=administrator, now=now, reviews_before_publishing=True)
    return workstream


@pytest.fixture
def drafted_workstream(reviewed, queue, administrator, now):
    """A workstream that waits in the draft."""
    return create_workstream(
        name="Shop",
        type=WorkstreamType.MESSAGING,
        channel=Channel.LIVE_CHAT,
        distribution_mode=DistributionMode.PUSH,
        fallback_queue=queue,
        by=administrator,
        now=now,
    )


@pytest.fixture
def save_routes(reviewed, administrator, now):
    """Saves route-to-queue rules as a page does: names of queues by name of rule."""

    def save(by=administrator, **queues):
        rules = [
            {"name": name, "when": VIP, "queues": [{"queue": queue, "percent": 100}]}
            for name, queue in queues.items()
        ]
        save_rulesets(
            workstream=reviewed, kind=RulesetKind.ROUTE_TO_QUEUE, rulesets=rules, by=by, now=now
        )

    return save


@pytest.fixture
def publish(administrator, now):
    """Publishes the draft as it is now."""

    def publish(note=""):
        looked_at = configuration.draft()
        return configuration.publish_draft(
            by=administrator, now=now, base=looked_at.base, state=looked_at.state, note=note
        )

    return publish


@pytest.fixture
def schedule(administrator, now):
    """Schedules the draft as it is now."""

    def schedule(note="", after=timedelta(hours=1)):
        looked_at = configuration.draft()
        return configuration.schedule_publication(
            by=administrator,
            now=now,
            due_at=now + after,
            base=looked_at.base,
            state=looked_at.state,
            note=note,
        )

    return schedule


@pytest.fixture
def discard(administrator, now):
    """Discards the draft, or some objects of it, as it is now."""

    def discard(*keys):
        seen = configuration.draft()
        return configuration.discard_draft(
            by=administrator, now=now, base=seen.base, state=seen.state, keys=keys or None
        )

    return discard


@pytest.fixture
def roll_back(administrator, now):
    """Rolls back to a version."""

    def roll_back(to, **options):
        seen = configuration.draft()
        return configuration.roll_back(
            to=to, by=administrator, now=now, base=seen.base, state=seen.state, **options
        )

    return roll_back
