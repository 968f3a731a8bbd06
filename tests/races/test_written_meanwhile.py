"""A customer who writes in the moment his agent steps away is answered all the same."""

from datetime import datetime

import pytest

from agents.models import Agent
from routing import service
from routing.exceptions import CustomerWroteSince
from tests.factories import make_workstream
from tests.races.together import queued_behind
from tests.scenarios import in_conversation
from workstreams.actions.send_message import send_message
from workstreams.models import Message, Queue, WorkItem
from workstreams.terms import Author, Channel, ItemState


def say(item: WorkItem, text: str, now: datetime) -> Message:
    return send_message(item_id=item.pk, author=Author.CUSTOMER, text=text, now=now)


@pytest.fixture
def item(queue: Queue, agent: Agent, now: datetime) -> WorkItem:
    return in_conversation(make_workstream(queue=queue, channel=Channel.SMS), agent, now)


@pytest.mark.parametrize("is_said_first", [True, False], ids=["said first", "left first"])
def test_who_is_written_to_as_he_steps_away_has_it_still_or_it_waits_for_somebody(
    item: WorkItem, agent: Agent, now: datetime, is_said_first: bool
) -> None:
    shown = say(item, "Thank you", now)
    moves = [
        lambda: say(item, "One more thing", now),
        lambda: service.close(item_id=item.pk, by=agent, read_until=shown.pk, now=now),
    ]

    outcomes = queued_behind(
        WorkItem.objects.filter(pk=item.pk), *(moves if is_said_first else reversed(moves))
    )

    item.refresh_from_db()
    is_refused = any(isinstance(each, CustomerWroteSince) for each in outcomes)
    assert is_refused == is_said_first
    assert item.state == (ItemState.ACTIVE if is_said_first else ItemState.OPEN)


def test_a_conversation_does_not_end_over_words_that_come_at_the_same_moment(
    item: WorkItem, agent: Agent, now: datetime
) -> None:
    shown = say(item, "Thank you", now)

    _, ended = queued_behind(
        WorkItem.objects.filter(pk=item.pk),
        lambda: say(item, "One more thing", now),
        lambda: service.end(item_id=item.pk, by=agent, read_until=shown.pk, now=now),
    )

    item.refresh_from_db()
    assert isinstance(ended, CustomerWroteSince)
    assert item.state == ItemState.ACTIVE
