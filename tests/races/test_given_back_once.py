"""Capacity that is given back by time and by people, or by two routers, comes back once."""

from datetime import datetime, timedelta

import pytest

from agents.models import Agent, AgentCapacityProfile, CapacityProfile, User
from agents.terms import CapacityFormat, ResetFrequency
from routing import service
from routing.models import AgentLoad, ProfileLoad
from routing.sweeps import end_days, note_days
from tests.factories import make_workstream
from tests.races.together import queued_behind
from tests.routing.sweeps.situations import LATER, SITUATIONS
from tests.routing.sweeps.test_every_sweep import SWEEPS
from tests.scenarios import in_conversation
from workstreams.models import Queue, WorkItem

TWO_DAYS = timedelta(days=2)


@pytest.fixture
def item(queue: Queue, agent: Agent, now: datetime) -> WorkItem:
    """In conversation, with a profile of a day that is over."""
    profile = CapacityProfile.objects.create(
        name="A day's", work_item_limit=9, reset_frequency=ResetFrequency.END_OF_DAY
    )
    AgentCapacityProfile.objects.create(agent=agent, profile=profile)
    workstream = make_workstream(queue=queue, capacity_format=CapacityFormat.PROFILE)
    workstream.capacity_profiles.add(profile)
    item = in_conversation(workstream, agent, now - TWO_DAYS)
    note_days.sweep(now=now - TWO_DAYS, limit=1)
    return item


# Who comes second waits for the receipt; a sweep leaves it to whoever has it.
@pytest.mark.parametrize(("turn", "waiting"), [(1, 2), (-1, 1)], ids=["the sweep", "the close"])
def test_a_day_that_ends_as_its_work_is_closed_comes_back_once(
    item: WorkItem, agent: Agent, supervisor: User, now: datetime, turn: int, waiting: int
) -> None:
    moves = [
        lambda: end_days.sweep(now=now, limit=1),
        lambda: service.force_close(item_id=item.pk, by=supervisor),
    ]

    queued_behind(AgentLoad.objects.filter(agent=agent), *moves[::turn], waiting=waiting)

    assert ProfileLoad.objects.get(agent=agent).used == 0


@pytest.mark.parametrize(
    "name", ["release_wrap_up", "end_days", "end_shorter_days", "release_consults"]
)
def test_a_receipt_that_one_router_has_is_left_to_it(name: str, now: datetime) -> None:
    prepare, _ = SITUATIONS[name]
    prepare(now - LATER)
    sweep = lambda: SWEEPS[name](now=now, limit=1)  # noqa: E731

    assert queued_behind(AgentLoad.objects.all(), sweep, sweep, waiting=1) == [1, 0]
