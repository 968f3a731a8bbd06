"""Whose turn it is after a batch that gave several agents their work at one moment."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from routing import configuration, service
from routing.dispatcher.candidates import Candidates
from routing.models import Assignment
from tests.factories import make_agent, make_item, make_queue, make_workstream
from workstreams.terms import AssignmentMethodName

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("remembers", [True, False], ids=["remembered", "read"])
def test_round_robin_goes_on_where_the_last_batch_ended(
    candidates: Candidates, now: datetime, remembers: bool
) -> None:
    """The second batch begins with the second agent, so the third is his, too."""
    queue = make_queue(assignment_method=AssignmentMethodName.ADVANCED_ROUND_ROBIN)
    workstream = make_workstream(queue=queue)
    first, second = (make_agent(units=9, queues=[queue]) for _ in range(2))
    configuration.publish(by=None, now=now)
    known: dict[str, Any] = {}
    if remembers:
        known = {"candidates": candidates, "epoch": candidates.epoch}

    for number, many in enumerate((1, 2, 1)):
        at = now + number * SECOND
        for _ in range(many):
            make_item(workstream, at=at)
        assert service.run_cycle(now=at, **known).assigned == many

    given = [each.agent for each in Assignment.objects.order_by("pk").select_related("agent")]
    assert given == [first, second, first, second]
