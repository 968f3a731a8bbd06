"""When the router does a duty again: at its pace, or at once where there is more to do."""

import pytest

from config.clock import database_now
from routing.router import SWEEP_LIMIT, Router
from tests.routing.sweeps.situations import LATER, ROWS, idle_chats
from workstreams.models import WorkItem
from workstreams.terms import ItemState

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
