"""A customer who comes back in the moment he is given up."""

from datetime import datetime, timedelta

import pytest

from agents.models import Agent
from routing import service
from routing.sweeps import disconnect_customers
from tests.races.together import queued_behind
from tests.scenarios import in_conversation, units_used
from workstreams.actions.note_visit import note_departure, note_visit, note_words
from workstreams.models import ChatVisit, WorkItem, Workstream
from workstreams.terms import ItemState


def left(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    item = in_conversation(workstream, agent, now)
    note_visit(item_id=item.pk, now=now)
    note_departure(item_id=item.pk, now=now)
    return item


def row(item: WorkItem):
    return WorkItem.objects.filter(pk=item.pk)


def test_who_comes_back_is_either_there_or_was_given_up(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = left(workstream, agent, now - timedelta(minutes=3))

    _, given_up = queued_behind(
        row(item),
        lambda: note_visit(item_id=item.pk, now=now),
        lambda: disconnect_customers.sweep(now=now, limit=10),
    )

    item.refresh_from_db()
    is_there = ChatVisit.objects.filter(item=item, left_at=None).exists()
    assert (given_up, item.state, is_there) in (
        (0, ItemState.ACTIVE, True),
        (1, ItemState.WRAP_UP, False),
    )
    assert units_used(agent) == 1


@pytest.mark.parametrize("is_first", [True, False])
def test_who_writes_is_either_there_or_was_given_up(
    workstream: Workstream, agent: Agent, now: datetime, is_first: bool
) -> None:
    item = left(workstream, agent, now - timedelta(minutes=3))
    moves = [
        lambda: note_words(item_id=item.pk, now=now),
        lambda: disconnect_customers.sweep(now=now, limit=10),
    ]

    outcomes = queued_behind(row(item), *moves[:: 1 if is_first else -1])

    item.refresh_from_db()
    state = ItemState.ACTIVE if is_first else ItemState.WRAP_UP
    assert (item.state, outcomes.count(1)) == (state, 0 if is_first else 1)
    assert not ChatVisit.objects.exists()


def test_two_sweeps_give_one_customer_up_once(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = left(workstream, agent, now - timedelta(minutes=3))
    sweep = lambda: disconnect_customers.sweep(now=now, limit=10)  # noqa: E731

    assert sorted(queued_behind(row(item), sweep, sweep)) == [0, 1]


def test_a_customer_who_is_given_up_as_his_agent_ends_is_given_up_once(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = left(workstream, agent, now - timedelta(minutes=3))

    queued_behind(
        row(item),
        lambda: service.end(item_id=item.pk, by=agent, now=now),
        lambda: disconnect_customers.sweep(now=now, limit=10),
    )

    item.refresh_from_db()
    assert (item.state, ChatVisit.objects.count()) == (ItemState.WRAP_UP, 0)


def test_of_two_pages_that_close_at_once_the_last_is_the_departure(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    for page in ("one", "two"):
        note_visit(item_id=item.pk, now=now, page=page)

    queued_behind(
        ChatVisit.objects.filter(item=item),
        lambda: note_departure(item_id=item.pk, now=now, page="one"),
        lambda: note_departure(item_id=item.pk, now=now, page="two"),
    )

    assert ChatVisit.objects.get(item=item).left_at == now
