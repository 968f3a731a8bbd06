"""A configuration with something of every kind."""

from datetime import date, time

import pytest

from agents.models import Holiday, OperatingHours, OperatingPeriod
from routing import configuration
from routing.models import Rule, RuleQueue, Ruleset
from routing.terms import RulesetKind
from tests.factories import make_intake, make_profile, make_queue, make_skill, make_workstream
from workstreams.models import ServiceConfiguration


@pytest.fixture
def organisation(workstream, queue, now):
    """Published: a chat with rules of both kinds, a record workstream with intake, hours."""
    make_skill("Spanish")
    make_profile("Chats")
    hours = OperatingHours.objects.create(name="Office", time_zone="Europe/Berlin")
    OperatingPeriod.objects.create(hours=hours, weekday=0, start=time(9), end=time(17, 30))
    Holiday.objects.create(hours=hours, date=date(2026, 12, 25), reason="Christmas")
    vip = make_queue("VIP", operating_hours=hours, priority=2)
    _classify(workstream)
    _route(workstream, [(vip, 60), (queue, 40)])
    ServiceConfiguration.objects.update(record_routing_enabled_at=now)
    cases = make_workstream("Cases", type="record")
    intake = make_intake("Intake rules")
    Rule.objects.create(ruleset=intake, name="All cases", workstream=cases)
    configuration.publish(by=None, now=now)
    return workstream


def _classify(workstream):
    triage = Ruleset.objects.create(
        kind=RulesetKind.CLASSIFICATION, workstream=workstream, name="Triage"
    )
    Rule.objects.create(
        ruleset=triage,
        name="Gold",
        when={"field": "context.tier", "op": "equals", "value": "gold"},
        then={
            "set": {"context.vip": True},
            "skills": [{"skill": "Spanish", "rating": 5}],
            "capacity_profiles": ["Chats"],
        },
    )


def _route(workstream, shares):
    routes = Ruleset.objects.create(
        kind=RulesetKind.ROUTE_TO_QUEUE, workstream=workstream, name="Route to queues"
    )
    rule = Rule.objects.create(ruleset=routes, name="Shared")
    for position, (queue, percent) in enumerate(shares, start=1):
        RuleQueue.objects.create(rule=rule, queue=queue, percent=percent, position=position)
