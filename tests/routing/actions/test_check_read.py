"""An agent ends, or steps away from, what he has read."""

from collections.abc import Callable
from datetime import datetime

import pytest

from agents.models import Agent
from routing import service
from routing.exceptions import CustomerWroteSince
from tests.factories import make_workstream
from tests.scenarios import in_conversation, units_used
from workstreams.actions.send_message import send_message
from workstreams.models import Message, Queue, WorkItem
from workstreams.terms import Author, Channel, ItemState

pytestmark = pytest.mark.django_db

Say = Callable[[str], Message]


@pytest.fixture
def item(queue: Queue, agent: Agent, now: datetime) -> WorkItem:
    return in_conversation(make_workstream(queue=queue, channel=Channel.SMS), agent, now)


@pytest.fixture
def say(item: WorkItem, now: datetime) -> Say:
    return lambda text: send_message(item_id=item.pk, author=Author.CUSTOMER, text=text, now=now)


@pytest.fixture
def answer(item: WorkItem, agent: Agent, now: datetime) -> Say:
    return lambda text: send_message(
        item_id=item.pk, author=Author.AGENT, agent=agent, text=text, now=now
    )


@pytest.mark.parametrize(
    ("verb", "state"),
    [(service.close, ItemState.WAITING), (service.end, ItemState.WRAP_UP)],
    ids=["to wait", "to end"],
)
def test_what_the_customer_wrote_meanwhile_is_read_first(
    item: WorkItem, agent: Agent, say: Say, now: datetime, verb: Callable[..., None], state: str
) -> None:
    shown, since = say("Thank you"), say("One more thing")

    with pytest.raises(CustomerWroteSince):
        verb(item_id=item.pk, by=agent, read_until=shown.pk, now=now)
    item.refresh_from_db()
    assert (item.state, item.agent, units_used(agent)) == (ItemState.ACTIVE, agent, 1)

    verb(item_id=item.pk, by=agent, read_until=since.pk, now=now)
    item.refresh_from_db()
    assert item.state == state


def test_an_answer_to_the_words_before_does_not_make_the_later_ones_read(
    item: WorkItem, agent: Agent, say: Say, answer: Say, now: datetime
) -> None:
    shown = say("Where is it?")
    say("And when does it come?")
    answer("In Hamburg.")

    with pytest.raises(CustomerWroteSince):
        service.close(item_id=item.pk, by=agent, read_until=shown.pk, now=now)


def test_what_another_window_has_shown_is_read(
    item: WorkItem, agent: Agent, say: Say, now: datetime
) -> None:
    shown, since = say("Thank you"), say("Bye")
    service.mark_read(item_id=item.pk, by=agent, message_id=since.pk)

    service.close(item_id=item.pk, by=agent, read_until=shown.pk, now=now)

    item.refresh_from_db()
    assert item.state == ItemState.WAITING


def test_who_names_nothing_has_read_what_his_pages_showed_and_what_was_answered(
    item: WorkItem, agent: Agent, say: Say, answer: Say, now: datetime
) -> None:
    service.mark_read(item_id=item.pk, by=agent, message_id=say("Thank you").pk)
    say("One more thing")
    with pytest.raises(CustomerWroteSince):
        service.close(item_id=item.pk, by=agent, now=now)

    answer("Yes, of course.")
    service.close(item_id=item.pk, by=agent, now=now)

    item.refresh_from_db()
    assert item.state == ItemState.WAITING


def test_who_works_without_the_pages_is_believed(
    item: WorkItem, agent: Agent, say: Say, now: datetime
) -> None:
    say("Thank you")

    service.close(item_id=item.pk, by=agent, now=now)

    item.refresh_from_db()
    assert item.state == ItemState.WAITING
