"""How large explanations are where there is much to explain."""

from collections.abc import Iterator
from random import Random
from typing import Final

from django.db import connection
from django.db.models import Max

from config.clock import database_now
from routing import configuration
from routing.bench.cycles import new_router
from routing.bench.row import Row, row_of
from routing.bench.rule_documents import SEED, item_fields
from routing.dispatcher.cycle import run_cycle
from routing.engine.explain import MAXIMUM_BYTES
from routing.models import Assignment, RoutingDecision
from workstreams.actions.take_in import take_in
from workstreams.models import Workstream

RUNS: Final = 3
ITEMS: Final = 100
LARGEST: Final = """
    SELECT max(octet_length(document::text)), avg(octet_length(document::text))
    FROM routing_routingdecision WHERE id > %s
"""


def explanation_rows(name: str, workstream: Workstream) -> Iterator[Row]:
    """Bytes of the largest explanation of work that is routed and offered; each has both."""
    configuration.publish(by=None, now=database_now())
    candidates, random = new_router(), Random(SEED)
    largest, usual = [], []
    for _ in range(RUNS):
        before = RoutingDecision.objects.aggregate(last=Max("pk"))["last"] or 0
        for _ in range(ITEMS):
            fields = item_fields(random)
            given = {key: fields[key] for key in ("title", "customer", "context", "attributes")}
            take_in(workstream=workstream, **given, now=database_now())
        run_cycle(now=database_now(), epoch=candidates.epoch, candidates=candidates)
        with connection.cursor() as cursor:
            cursor.execute(LARGEST, [before])
            most, average = cursor.fetchone()
        largest.append(float(most))
        usual.append(float(average))
    assert Assignment.objects.count() == RUNS * ITEMS
    assert RoutingDecision.objects.count() == 2 * RUNS * ITEMS, "one for each of both steps"
    note = f"on average {sum(usual) / RUNS:,.0f} bytes"
    yield row_of(name, largest, "bytes", target=MAXIMUM_BYTES, at_least=False, note=note)
