"""Who comes back while a sweep waits for his work keeps it."""

from datetime import datetime

import pytest

from agents.actions.set_presence import set_presence
from agents.models import Agent, Presence
from tests.races.together import queued_behind
from tests.routing.sweeps.situations import LATER, SITUATIONS
from tests.routing.sweeps.test_every_sweep import SWEEPS
from workstreams.models import WorkItem
from workstreams.terms import ItemState


@pytest.mark.parametrize("name", ["return_dropped", "return_unseen"])
def test_nothing_is_taken_from_who_is_back(name: str, now: datetime) -> None:
    prepare, rows = SITUATIONS[name]
    prepare(now - LATER)
    available = Presence.objects.get(name="available")

    def come_back() -> None:
        for agent in Agent.objects.select_related("user"):
            set_presence(agent=agent, presence=available, by=agent.user, now=now)

    done = queued_behind(
        WorkItem.objects.all(), lambda: SWEEPS[name](now=now, limit=200), then=come_back
    )

    assert done == [0]
    assert WorkItem.objects.filter(state=ItemState.ACTIVE, agent__isnull=False).count() == rows
