"""Work that the engine cannot read keeps no other work off the list of what blocks."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agents.models import Agent, AgentPresence
from routing import configuration
from routing.models import Blocker
from routing.sweeps import note_blockers
from tests.factories import (
    make_agent,
    make_item,
    make_method,
    make_queue,
    make_skill,
    make_workstream,
)
from tests.routing.engine.methods import row
from workstreams.models import Queue, WorkItem

pytestmark = pytest.mark.django_db
UNREADABLE = [[1]]
TABLE = AgentPresence._meta.db_table


def waiting(queue: Queue, now: datetime, **fields: object) -> WorkItem:
    long_ago = now - timedelta(minutes=15)
    return make_item(make_workstream(queue=queue), at=long_ago, **fields)


def test_one_item_keeps_no_others_off_the_list(
    now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    queues = [make_queue(f"Lost {number}") for number in range(3)]
    for queue in queues:
        waiting(queue, now)
    bad = waiting(queues[1], now, required_skills=UNREADABLE, requirement_key="unreadable")
    configuration.publish(by=None, now=now)

    done = note_blockers.sweep(now=now, limit=100)

    noted = Blocker.objects.order_by("queue").values_list("queue__name", "number_of_items")
    assert (done, list(noted)) == (3, [(queue.name, 1) for queue in queues])
    assert f"item={bad.pk}" in caplog.text


def test_what_was_known_of_a_queue_is_kept_while_an_item_cannot_be_read(now: datetime) -> None:
    queue = make_queue("Lost")
    item = waiting(queue, now)
    configuration.publish(by=None, now=now)
    note_blockers.sweep(now=now, limit=100)
    known = Blocker.objects.values().get()

    WorkItem.objects.filter(pk=item.pk).update(required_skills=UNREADABLE)
    note_blockers.sweep(now=now + timedelta(minutes=1), limit=100)

    assert Blocker.objects.values().get() == known


def test_an_item_that_the_engine_cannot_judge_keeps_no_others_off_the_list(
    now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    queue, german = make_queue("Served"), make_skill("German")
    make_agent("anna", queues=[queue], skills={"German": 5})
    workstream = make_workstream(queue=queue, skill_matching="exact")
    long_ago = now - timedelta(minutes=15)
    needs = [[german.pk, "very well"]]
    bad = make_item(workstream, at=long_ago, required_skills=needs, requirement_key="bad")
    waiting(make_queue("Lost"), now)
    configuration.publish(by=None, now=now)

    note_blockers.sweep(now=now, limit=100)

    assert Blocker.objects.get().queue.name == "Lost"
    assert f"item={bad.pk}" in caplog.text


def test_an_item_whose_fields_a_method_cannot_read_keeps_no_others_off_the_list(
    now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    rules = [{"name": "Ours", "when": row("agent.locale", "equals", item="title")}]
    method = make_method(rulesets=[{"name": "All", "rules": rules}])
    queue = make_queue("By rules", custom_method=method)
    waiting(queue, now)
    bad = waiting(queue, now, required_skills=UNREADABLE, requirement_key="unreadable")
    configuration.publish(by=None, now=now)

    note_blockers.sweep(now=now, limit=100)

    assert Blocker.objects.get().queue == queue
    assert f"item={bad.pk}" in caplog.text


def test_what_is_found_beside_an_item_that_cannot_be_read_is_at_least_so_much(
    now: datetime,
) -> None:
    queue = make_queue("Lost")
    waiting(queue, now)
    waiting(queue, now, required_skills=UNREADABLE, requirement_key="unreadable")
    configuration.publish(by=None, now=now)

    note_blockers.sweep(now=now, limit=100)

    assert Blocker.objects.get().is_at_least


def test_an_item_that_cannot_be_read_costs_no_more_statements(now: datetime) -> None:
    items = [waiting(make_queue(f"Lost {number}"), now) for number in range(8)]
    configuration.publish(by=None, now=now)
    note_blockers.sweep(now=now, limit=100)
    statements = []

    for minute, skills in enumerate(([], UNREADABLE), start=1):
        WorkItem.objects.filter(pk=items[3].pk).update(required_skills=skills)
        with CaptureQueriesContext(connection) as asked:
            note_blockers.sweep(now=now + timedelta(minutes=minute), limit=100)
        statements.append(len(asked))

    assert statements[0] == statements[1]


def test_an_agent_who_cannot_be_read_keeps_no_other_queues_off_the_list(
    now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    served, lost = make_queue("Served"), make_queue("Lost")
    waiting(served, now)
    agent = make_agent("odd", queues=[served], presence="offline")
    configuration.publish(by=None, now=now)
    note_blockers.sweep(now=now, limit=100)
    before = Blocker.objects.values().get(queue=served)
    make_unreadable(agent)
    waiting(lost, now)
    configuration.publish(by=None, now=now)

    later = now + timedelta(minutes=1)
    done = note_blockers.sweep(now=later, limit=100)

    assert done == 2
    assert Blocker.objects.filter(queue=lost).exists()
    # Whether somebody else could take it is not known without him.
    assert Blocker.objects.values().get(queue=served) == before
    assert caplog.text.count(f"agent={agent.pk}") == 1


def make_unreadable(agent: Agent) -> None:
    """As a later version may leave him, which knows more base presences."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {TABLE}_base_known")
    AgentPresence.objects.filter(agent=agent).update(base="unheard")
