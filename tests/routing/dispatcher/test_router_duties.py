"""When the router does a duty again: at its pace, or at once where there is more to do."""

import pytest

from config.clock import database_now
from routing import configuration
from routing.router import SWEEP_LIMIT, Router
from routing.sweeps import overflow_waiting
from tests.factories import make_item, make_overflow, make_queue, make_workstream
from tests.routing.sweeps.situations import LATER, ROWS, idle_chats
from workstreams.models import WorkItem
from workstreams.terms import ItemState, OverflowCondition

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize(("changed", "times"), [(0, 1), (SWEEP_LIMIT // 2, 1), (SWEEP_LIMIT, 3)])
def test_a_duty_is_done_again_in_the_next_round_where_its_batch_was_full(
    monkeypatch: pytest.MonkeyPatch, changed: int, times: int
) -> None:
    done = []

    def duty(**_: object) -> int:
        done.append(changed)
        return changed

    monkeypatch.setattr("routing.router.DUTIES", ((duty, 3600.0),))
    router = Router()

    for _ in range(3):
        router.step()

    assert len(done) == times


def test_a_heap_of_work_is_cleared_round_by_round(monkeypatch: pytest.MonkeyPatch) -> None:
    idle_chats(database_now() - LATER)
    monkeypatch.setattr("routing.router.SWEEP_LIMIT", 1)
    router = Router()

    for _ in range(ROWS):
        router.step()

    assert set(WorkItem.objects.values_list("state", flat=True)) == {ItemState.CLOSED}


def test_what_waited_too_long_goes_on_round_by_round() -> None:
    now, queue = database_now(), make_queue("Short")
    make_overflow(queue, OverflowCondition.WAITING_TIME, threshold=300, to=make_queue("Spare"))
    workstream = make_workstream(queue=queue)
    for _ in range(2 * overflow_waiting.BATCH + 1):
        make_item(workstream, at=now - LATER / 4)
    configuration.publish(by=None, now=now)
    router = Router()

    for _ in range(3):
        router.step()

    assert not WorkItem.objects.filter(queue=queue).exists()
