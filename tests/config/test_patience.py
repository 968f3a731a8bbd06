"""What the web gives up in time, and what it lets go on."""

import json

import pytest
from django.db import OperationalError, connection

from config.api.errors import problem_of
from config.patience import TOOK_TOO_LONG, WEB_STATEMENT_SECONDS, limit_connection, unhurried

pytestmark = [pytest.mark.urls("tests.config.sample_urls"), pytest.mark.django_db]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def hurried(client, supervisor):
    """Signed in, on a connection that gives up sooner than the web's do."""
    client.force_login(supervisor)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '500ms'")
    return client


def _asked(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return str(cursor.fetchone()[0])


def test_a_connection_of_the_web_gives_statements_up(db):
    limit_connection(connection=connection)

    assert _asked("SHOW statement_timeout") == f"{WEB_STATEMENT_SECONDS}s"


def test_a_page_that_takes_too_long_says_so(hurried):
    response = hurried.get("/slow/")

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert TOOK_TOO_LONG in response.content.decode()


def test_a_fragment_that_takes_too_long_swaps_nothing(hurried):
    response = hurried.get("/slow/", headers=HTMX)

    assert (response.status_code, response["HX-Reswap"]) == (503, "none")
    assert json.loads(response["HX-Trigger"])["toast"]["text"] == TOOK_TOO_LONG


def test_the_api_says_what_took_too_long(hurried, rf):
    with pytest.raises(OperationalError) as slow:
        _asked("SELECT pg_sleep(20)")

    answer = problem_of(rf.get("/api/v1/work-items"), slow.value)

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert json.loads(answer.content)["detail"] == TOOK_TOO_LONG


def test_an_export_takes_the_time_it_takes(hurried):
    with unhurried():
        assert _asked("SELECT pg_sleep(1)") == ""
