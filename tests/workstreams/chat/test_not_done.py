"""What is busy or breaks in a customer's chat looks like the chat."""

import pytest
from django.db import OperationalError, connection

from tests.workstreams.chat.conftest import text_of


@pytest.mark.parametrize(
    ("table", "title"),
    [("workstreams_surveyquestion", "Shop chat"), ("workstreams_channelinstance", "Chat")],
    ids=["its widget is known", "its widget cannot be read"],
)
def test_a_busy_database_is_told_under_the_name_of_the_chat(visitor, table, title):
    with connection.execute_wrapper(failing(table, OperationalError)):
        page = visitor.get()

    assert page.status_code == 503
    assert f"<h1>{title}</h1>" in text_of(page)
    assert "Try again in a moment" in text_of(page)
    assert_is_no_page_of_the_product(page)


def test_what_breaks_is_told_under_the_name_of_the_chat(visitor):
    visitor.http.raise_request_exception = False

    with connection.execute_wrapper(failing("workstreams_surveyquestion", ZeroDivisionError)):
        page = visitor.get()

    assert page.status_code == 500
    assert "<h1>Shop chat</h1>" in text_of(page)
    assert "Something went wrong on our side" in text_of(page)
    assert_is_no_page_of_the_product(page)


def assert_is_no_page_of_the_product(page):
    assert "Switchyard" not in text_of(page)
    assert "database" not in text_of(page)
    assert 'href="/"' not in text_of(page)


def failing(table, error):
    """Reading the table goes wrong."""

    def execute(execute, sql, params, many, context):
        if f'FROM "{table}"' in sql:
            raise error("the database is restarted")
        return execute(sql, params, many, context)

    return execute
