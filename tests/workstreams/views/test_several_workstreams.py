"""Copying and deleting several workstreams while the database is busy or somebody is faster."""

import pytest
from django.db import IntegrityError, OperationalError, connection
from psycopg.errors import ForeignKeyViolation

from tests.factories import make_workstream
from workstreams.models import Workstream

SELECTED = "/workstreams/selected/"


@pytest.fixture
def chosen(workstream):
    others = [make_workstream(name) for name in ("Mail", "Post")]
    return {"workstream": [each.pk for each in (workstream, *others)]}


@pytest.mark.parametrize(
    ("command", "sql", "done"),
    [
        ("copy", 'INSERT INTO "workstreams_workstream"', "“Copy of Chat” created."),
        ("delete", 'DELETE FROM "workstreams_workstream"', "“Chat” deleted."),
    ],
)
def test_what_was_done_before_the_database_was_busy_is_told(
    as_administrator, chosen, command, sql, done
):
    with connection.execute_wrapper(refusing_the_second(sql, OperationalError("lock timeout"))):
        response = as_administrator.post(f"{SELECTED}{command}/", chosen)

    page = response.content.decode()
    assert response.status_code == 200
    assert done in page
    assert "“Mail”: The database is busy, so this was not done" in page
    assert "“Post”: The database is busy, so this was not done" in page


def test_where_the_database_is_busy_from_the_start_all_is_sent_again(as_administrator, chosen):
    sql = 'INSERT INTO "workstreams_workstream"'
    with connection.execute_wrapper(refusing(sql, OperationalError("lock timeout"))):
        response = as_administrator.post(f"{SELECTED}copy/", chosen)

    assert response.status_code == 503
    assert Workstream.objects.count() == 3


def test_a_link_that_came_up_meanwhile_keeps_that_one_alone(as_administrator, chosen):
    linked = IntegrityError("still referenced")
    linked.__cause__ = ForeignKeyViolation()
    sql = 'DELETE FROM "workstreams_workstream"'
    with connection.execute_wrapper(refusing_the_second(sql, linked)):
        response = as_administrator.post(f"{SELECTED}delete/", chosen)

    page = response.content.decode()
    assert "“Chat” deleted." in page
    assert "“Mail”: What this refers to was deleted, or came into use" in page
    assert "“Post” deleted." in page


def refusing(sql, error, *, after=0):
    """Such a statement goes wrong, the first ones excepted."""
    met = []

    def execute(execute, statement, params, many, context):
        if statement.startswith(sql):
            met.append(statement)
            if len(met) > after and (after == 0 or len(met) == after + 1):
                raise error
        return execute(statement, params, many, context)

    return execute


def refusing_the_second(sql, error):
    return refusing(sql, error, after=1)
