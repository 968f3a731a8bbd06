"""What one action asks of the database: people's speed, and the web's."""

from datetime import datetime

import pytest

from agents.models import Agent
from routing import service
from tests.factories import make_workstream
from tests.scenarios import arrive, in_conversation, in_wrap_up, offered
from workstreams.actions.send_message import send_message
from workstreams.models import Queue, Workstream
from workstreams.terms import Author

pytestmark = pytest.mark.django_db


def test_an_acceptance_takes_few_queries(
    workstream: Workstream, agent: Agent, now: datetime, django_assert_max_num_queries
) -> None:
    item = offered(workstream, now)

    with django_assert_max_num_queries(10):
        service.accept(item_id=item.pk, by=agent, now=now)


def test_a_pick_takes_few_queries(
    queue: Queue, agent: Agent, now: datetime, django_assert_max_num_queries
) -> None:
    item = arrive(make_workstream("Mail", mode="pick", queue=queue), now)

    with django_assert_max_num_queries(17):
        service.pick(item_id=item.pk, by=agent)


def test_an_end_takes_few_queries(
    workstream: Workstream, agent: Agent, now: datetime, django_assert_max_num_queries
) -> None:
    item = in_conversation(workstream, agent, now)

    with django_assert_max_num_queries(7):
        service.end(item_id=item.pk, by=agent, now=now)


def test_closing_takes_few_queries(
    workstream: Workstream, agent: Agent, now: datetime, django_assert_max_num_queries
) -> None:
    item = in_wrap_up(workstream, agent, now)

    with django_assert_max_num_queries(10):
        service.close(item_id=item.pk, by=agent, now=now)


def test_a_message_takes_few_queries(
    workstream: Workstream, agent: Agent, now: datetime, django_assert_max_num_queries
) -> None:
    item = in_conversation(workstream, agent, now)

    with django_assert_max_num_queries(6):
        send_message(item_id=item.pk, author=Author.CUSTOMER, text="Hello", now=now)
