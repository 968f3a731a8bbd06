"""How long the worker takes for records that one command routes."""

import time
from collections.abc import Iterator
from typing import Final

from agents.models import User
from agents.terms import Role
from config.clock import database_now
from routing import configuration
from routing.actions.route_batch import route_batch
from routing.actions.start_record_batch import start_record_batch
from routing.bench.database import fresh_database
from routing.bench.row import Row, row_of
from routing.models import Rule, RuleQueue, Ruleset
from routing.tasks import RECORDS_AT_ONCE
from routing.terms import RulesetKind
from workstreams.models import (
    Contact,
    NotificationTemplate,
    Queue,
    Record,
    RecordType,
    ServiceConfiguration,
    Workstream,
)
from workstreams.terms import DistributionMode, WorkstreamType

RECORDS: Final = 5_000
RULES: Final = 20


def record_batch() -> Iterator[Row]:
    """Milliseconds a record of a batch of 5,000 cases with contacts: 20 intake rules, of which the
    last matches, and 20 rules to queues."""
    fresh_database()
    _organisation()
    _records()
    configuration.publish(by=None, now=database_now())
    by = User.objects.create(username="bench", role=Role.SUPERVISOR)
    batch = start_record_batch(records=Record.objects.all(), by=by, now=database_now())
    start = time.perf_counter()
    while route_batch(batch_id=batch.pk, now=database_now(), limit=RECORDS_AT_ONCE):
        pass
    seconds = time.perf_counter() - start
    others = batch.rows.exclude(result="routed").values_list("sentence", flat=True)
    assert not others, others[0]
    yield row_of(
        "record-batch-5000", [seconds * 1000 / RECORDS], "ms a record", target=50.0, at_least=False
    )


def _organisation() -> None:
    ServiceConfiguration.objects.update(record_routing_enabled_at=database_now())
    queue = Queue.objects.create(name="Bench cases", type=WorkstreamType.RECORD)
    case = RecordType.objects.get(name="case")
    workstream = Workstream.objects.create(
        name="Bench cases",
        type=WorkstreamType.RECORD,
        channel="record",
        record_type=case,
        distribution_mode=DistributionMode.PICK,
        notification_template=NotificationTemplate.objects.order_by("id")[0],
        fallback_queue=queue,
    )
    intake = Ruleset.objects.create(kind=RulesetKind.INTAKE, record_type=case, name="Intake rules")
    routes = Ruleset.objects.create(
        kind=RulesetKind.ROUTE_TO_QUEUE, workstream=workstream, name="Route to queues"
    )
    for number in range(RULES):
        when = {"field": "record.title", "op": "contains", "value": f"topic {number} "}
        if number == RULES - 1:
            when = {}
        Rule.objects.create(
            ruleset=intake, name=f"Rule {number}", when=when, workstream=workstream, position=number
        )
        rule = Rule.objects.create(
            ruleset=routes, name=f"Rule {number}", when=when, position=number
        )
        RuleQueue.objects.create(rule=rule, queue=queue)


def _records() -> None:
    case = RecordType.objects.get(name="case")
    contacts = Contact.objects.bulk_create(
        Contact(name=f"Bench {number}", email=f"bench{number}@example.com")
        for number in range(RECORDS // 5)
    )
    Record.objects.bulk_create(
        (
            Record(record_type=case, title=f"Case {number}", contact=contacts[number // 5])
            for number in range(RECORDS)
        ),
        batch_size=1000,
    )
