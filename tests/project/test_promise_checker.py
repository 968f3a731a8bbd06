"""What looks for broken promises sees them: each sort of broken row is found, and named."""

from datetime import datetime

import pytest
from django.db import connection

from agents.actions.edit_agent import edit_agent
from agents.models import Agent, User
from config.clock import database_now
from routing import service
from tests.project.broken_promises import BREAKS, Prepare
from tests.promises.breaches import BREACHES
from tests.promises.checker import breaches
from tests.promises.watch import Watch
from tests.scenarios import in_conversation
from workstreams.models import WorkItem, Workstream


@pytest.fixture
def now(db: None) -> datetime:
    """The database's own: what is told of must not lie in the future."""
    return database_now()


def found(items: list[int] | None = None) -> list[str]:
    return breaches(connection.connection, items)


@pytest.fixture
def item(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    return in_conversation(workstream, agent, now)


def test_every_promise_of_the_checker_is_broken_once() -> None:
    assert {sentence for sentence, _, _ in BREAKS} == {sentence for sentence, _ in BREACHES}


@pytest.mark.parametrize(("sentence", "statement", "prepare"), BREAKS)
def test_a_broken_row_is_found(
    sentence: str,
    statement: str,
    prepare: Prepare,
    workstream: Workstream,
    agent: Agent,
    now: datetime,
) -> None:
    item = prepare(workstream, agent, now)
    assert found() == []

    with connection.cursor() as cursor:
        # Only what the database itself refuses cannot be broken here.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)

    for items in (None, [item.pk]):
        assert [each for each in found(items) if each.startswith(f"{sentence}: ")]


def test_a_limit_that_was_lowered_breaks_no_promise(
    item: WorkItem, agent: Agent, administrator: User, now: datetime
) -> None:
    edit_agent(agent=agent, by=administrator, now=now, capacity_units=0)

    assert found() == []


@pytest.mark.django_db(transaction=True)
def test_a_look_asks_about_what_changed_and_remembers_the_past(
    item: WorkItem, agent: Agent, now: datetime
) -> None:
    watch = Watch(connection=connection.connection)

    assert watch.look() == []
    assert watch.items_looked_at == 1
    service.end(item_id=item.pk, by=agent, now=now)
    assert watch.look() == []
    assert watch.rewritten() == []
