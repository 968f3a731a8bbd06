"""Work that the engine cannot read keeps no other work off the list of what blocks."""

from datetime import datetime, timedelta

import pytest

from routing import configuration
from routing.models import Blocker
from routing.sweeps import note_blockers
from tests.factories import make_item, make_queue, make_workstream
from workstreams.models import Queue, WorkItem

pytestmark = pytest.mark.django_db
UNREADABLE = [[1]]


def waiting(queue: Queue, now: datetime, **fields: object) -> WorkItem:
    long_ago = now - timedelta(minutes=15)
    return make_item(make_workstream(queue=queue), at=long_ago, **fields)


def test_one_item_keeps_no_others_off_the_list(
    now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    queues = [make_queue(f"Lost {number}") for number in range(3)]
    for queue in queues:
        waiting(queue, now)
    bad = waiting(queues[1], now, required_skills=UNREADABLE, requirement_key="unreadable")
    configuration.publish(by=None, now=now)

    done = note_blockers.sweep(now=now, limit=100)

    noted = Blocker.objects.order_by("queue").values_list("queue__name", "number_of_items")
    assert (done, list(noted)) == (3, [(queue.name, 1) for queue in queues])
    assert f"item={bad.pk}" in caplog.text
