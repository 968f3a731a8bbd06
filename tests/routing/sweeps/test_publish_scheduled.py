"""A scheduled publication that is compiled for longer than the router's connections may pause."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

import pytest
from django.db import connection

from agents.models import User
from routing import configuration
from routing.actions.save_ruleset import save_rulesets
from routing.models import ScheduledPublication
from routing.sweeps import publish_scheduled
from routing.terms import RulesetKind, ScheduleState
from tests.factories import make_workstream
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.models import Queue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

HOUR: Final = timedelta(hours=1)
SHARE: Final = {"queue": "Support", "percent": 100}
RULES: Final = [{"name": f"Rule {number}", "when": {}, "queues": [SHARE]} for number in range(200)]


def test_very_many_rules_are_published(queue: Queue, administrator: User, now: datetime) -> None:
    Queue.objects.filter(pk=queue.pk).update(name="Support")
    configuration.publish(by=administrator, now=now)
    save_service_configuration(by=administrator, now=now, reviews_before_publishing=True)
    for _ in range(6):
        save_rulesets(
            workstream=make_workstream(queue=queue),
            kind=RulesetKind.ROUTE_TO_QUEUE,
            rulesets=RULES,
            by=administrator,
            now=now,
        )
    seen = configuration.draft()
    configuration.schedule_publication(
        by=administrator, now=now, due_at=now + HOUR, base=seen.base, state=seen.state
    )

    with impatient():
        assert publish_scheduled.sweep(now=now + HOUR, limit=10) == 1

    assert ScheduledPublication.objects.get().state == ScheduleState.PUBLISHED


@contextmanager
def impatient() -> Iterator[None]:
    """The server ends the connection where a transaction pauses for less time than they take."""
    with connection.cursor() as cursor:
        cursor.execute("SET idle_in_transaction_session_timeout = '50ms'")
    yield
    connection.close()
