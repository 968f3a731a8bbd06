"""A person keeps the username that rules compare agents with."""

import pytest

from routing import configuration
from tests.factories import make_agent, make_method

pytestmark = pytest.mark.django_db


@pytest.fixture
def bea():
    return make_agent("bea")


@pytest.fixture
def method():
    """Only Bea gets work by it."""
    when = {"all": [{"field": "agent.username", "op": "in", "value": ["Bea"]}]}
    rules = [{"name": "Bea alone", "when": when, "order_by": []}]
    return make_method("For Bea", rulesets=[{"name": "One", "rules": rules}])


@pytest.fixture
def edit(as_administrator, bea):
    """What the page answers to another account, and what it is afterwards."""

    def edit(username, name="Bea"):
        account = {"username": username, "name": name, "role": "agent", "is_enabled": "on"}
        answer = as_administrator.post(f"/agents/{bea.pk}/edit/", account)
        bea.user.refresh_from_db()
        return answer.status_code, answer.content.decode(), bea.user.username

    return edit


def test_another_username_is_refused_while_rules_say_it(method, edit) -> None:
    status, page, username = edit("beatrix")

    assert (status, username) == (422, "bea")
    assert "Rules refer to bea by its name: For Bea." in page


def test_it_is_refused_while_published_rules_say_it(method, edit, now) -> None:
    configuration.publish(by=None, now=now)
    method.delete()

    _, page, username = edit("beatrix")

    assert "For Bea (published)" in page
    assert username == "bea"


def test_case_and_other_settings_are_free(method, edit) -> None:
    assert edit("Bea")[2] == "Bea"
    assert edit("Bea", name="Beatrix")[0] == 303


def test_without_such_rules_the_username_is_free(edit) -> None:
    assert edit("beatrix")[2] == "beatrix"
