"""What moves while a supervisor's word waits for it is not what he meant."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from agents.models import Agent, User
from routing import service
from routing.actions.check_seen import seen_of
from routing.exceptions import MovedMeanwhile
from tests.races.together import queued_behind
from tests.scenarios import offered, units_used
from workstreams.models import WorkItem, Workstream
from workstreams.terms import Reason


@pytest.mark.parametrize(
    "steer",
    [
        lambda other, **what: service.force_close(**what),
        lambda other, **what: service.transfer(agent=other, **what),
    ],
    ids=["force close", "transfer"],
)
def test_a_conversation_that_begins_just_then_goes_on(
    workstream: Workstream,
    both: list[Agent],
    supervisor: User,
    now: datetime,
    steer: Callable[..., Any],
) -> None:
    item = offered(workstream, now)
    has, other = sorted(both, key=lambda each: each != item.agent)

    [answer] = queued_behind(
        WorkItem.objects.filter(pk=item.pk),
        lambda: steer(other, item_id=item.pk, by=supervisor, seen=seen_of(item)),
        then=lambda: service.accept(item_id=item.pk, by=has),
    )

    item.refresh_from_db()
    assert type(answer) is MovedMeanwhile
    assert (item.agent, item.reason) == (has, Reason.IN_CONVERSATION)
    assert [units_used(each) for each in (has, other)] == [1, 0]
