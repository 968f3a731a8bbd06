"""Usernames of before case did not count."""

from datetime import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from agents.actions.edit_agent import edit_agent
from agents.models import Agent, User
from tests.agents.views.agent_pages import page_of
from tests.factories import make_agent, make_user

pytestmark = pytest.mark.django_db
ACCOUNT = {"name": "Admiral Hopper", "role": "agent", "is_enabled": "on"}
MIGRATION = import_module("agents.migrations.0016_mark_shared_usernames")


@pytest.fixture
def shared() -> list[Agent]:
    """Two whose usernames differ only in case, as the migration leaves them."""
    [rule] = [each for each in User._meta.constraints if each.name.endswith("in_any_case")]
    with connection.schema_editor() as editor:
        editor.remove_constraint(User, rule)
    agents = [make_agent(name) for name in ("grace", "Grace")]
    make_user("zara")
    with connection.schema_editor() as editor:
        MIGRATION.mark(apps, editor)
    with connection.schema_editor() as editor:
        editor.add_constraint(User, rule)
    return agents


def test_two_who_share_one_go_on_signing_in_as_each_is_spelled(shared: list[Agent]) -> None:
    for agent in shared:
        client = Client()
        sent = {"login": agent.username, "password": "demo"}
        assert client.post(reverse("account_login"), sent).status_code == 302
        assert client.session["_auth_user_id"] == str(agent.user_id)


def test_nobody_else_gets_such_a_one(shared: list[Agent]) -> None:
    assert set(User.objects.filter(shares_username=True)) == {each.user for each in shared}
    with pytest.raises(IntegrityError):
        make_user("ZARA")


def test_who_is_renamed_shares_it_no_more(
    shared: list[Agent], administrator: User, now: datetime
) -> None:
    edit_agent(agent=shared[1], username="hopper", by=administrator, now=now)

    assert not User.objects.get(username="hopper").shares_username


def test_administrators_save_the_pages_of_those_who_share_one(
    client: Client, administrator: User, shared: list[Agent]
) -> None:
    client.force_login(administrator)

    for agent in shared:
        sent = ACCOUNT | {"username": agent.username}
        assert client.post(page_of(agent, "edit"), sent).status_code == 303

    renamed = User.objects.filter(first_name="Admiral", shares_username=True)
    assert {each.username for each in renamed} == {"grace", "Grace"}


def test_supervisors_save_the_pages_of_those_who_share_one(
    client: Client, supervisor: User, shared: list[Agent]
) -> None:
    client.force_login(supervisor)

    for agent in shared:
        assert client.post(page_of(agent, "edit"), {"capacity_units": "9"}).status_code == 303

    assert set(Agent.objects.filter(capacity_units=9)) == set(shared)


def test_who_shares_one_gets_no_third_spelling_of_it(
    client: Client, administrator: User, shared: list[Agent]
) -> None:
    client.force_login(administrator)

    answer = client.post(page_of(shared[0], "edit"), ACCOUNT | {"username": "GRACE"})

    assert "Somebody already signs in with this username." in answer.content.decode()


def test_a_program_that_does_not_know_of_shared_ones_creates_people(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO agents_user (username, password, first_name, last_name, email, role,"
            " is_superuser, is_staff, is_active, may_change_secure_columns, date_joined)"
            " VALUES ('zoe', '', '', '', '', 'agent', false, false, true, false, now())"
        )

    assert not User.objects.get(username="zoe").shares_username
