"""Whose API tokens end with what."""

from datetime import datetime

import pytest
from django.test import Client

from agents.actions.edit_agent import AgentChanges, edit_agent
from agents.models import Agent, User
from agents.terms import Role
from config.models import ApiToken
from tests.factories import make_agent

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"


@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR, Role.ADMINISTRATOR])
@pytest.mark.parametrize("changes", [{"password": PASSWORD}, {"is_enabled": False}])
def test_they_end_with_the_password_and_with_disabling(
    administrator: User, second_agent: Agent, now: datetime, role: Role, changes: AgentChanges
) -> None:
    agent = make_agent("alice", role=role)
    ApiToken.issue(agent.user)
    ApiToken.issue(second_agent.user)

    edit_agent(agent=agent, by=administrator, now=now, **changes)
    edit_agent(agent=agent, by=administrator, now=now, is_enabled=True)

    assert [each.user for each in ApiToken.objects.all()] == [second_agent.user]


@pytest.mark.parametrize("changes", [{"nickname": "Al"}, {"password": ""}, {"is_enabled": True}])
def test_they_stay_with_any_other_change(
    agent: Agent, administrator: User, now: datetime, changes: AgentChanges
) -> None:
    ApiToken.issue(agent.user)

    edit_agent(agent=agent, by=administrator, now=now, **changes)

    assert ApiToken.objects.get().user == agent.user


def test_they_end_when_a_disabled_supervisor_becomes_an_agent(
    administrator: User, now: datetime
) -> None:
    agent = make_agent("sue", role=Role.SUPERVISOR)
    edit_agent(agent=agent, by=administrator, now=now, is_enabled=False)
    ApiToken.issue(agent.user)

    edit_agent(agent=agent, by=administrator, now=now, nickname="Su")
    assert ApiToken.objects.exists()
    edit_agent(agent=agent, by=administrator, now=now, role=Role.AGENT)

    assert not ApiToken.objects.exists()


def test_they_stay_with_another_role_by_which_one_signs_in(
    administrator: User, now: datetime
) -> None:
    agent = make_agent("sue", role=Role.SUPERVISOR)
    edit_agent(agent=agent, by=administrator, now=now, is_enabled=False)
    ApiToken.issue(agent.user)

    edit_agent(agent=agent, by=administrator, now=now, role=Role.ADMINISTRATOR)

    assert ApiToken.objects.exists()


def test_they_stay_with_the_first_password_of_ones_own(client: Client, supervisor: User) -> None:
    supervisor.set_unusable_password()
    supervisor.save()
    ApiToken.issue(supervisor)
    client.force_login(supervisor)

    given = {"password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/password/set/", given)

    supervisor.refresh_from_db()
    assert supervisor.check_password(PASSWORD)
    assert ApiToken.objects.exists()


def test_they_end_when_people_change_their_own_password(client: Client, supervisor: User) -> None:
    supervisor.set_password("demo")
    supervisor.save()
    ApiToken.issue(supervisor)
    client.force_login(supervisor)

    page = client.get("/accounts/password/change/").content.decode()
    given = {"oldpassword": "demo", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/password/change/", given)

    assert "Your API tokens end along with the present password." in page
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    ("role", "told"),
    [(Role.AGENT, "the person cannot sign in any more"), (Role.SUPERVISOR, "still signs in")],
)
def test_who_disables_reads_what_ends(
    client: Client, administrator: User, role: Role, told: str
) -> None:
    agent = make_agent("sue", role=role)
    client.force_login(administrator)

    page = client.get(f"/agents/{agent.pk}/").content.decode()

    assert "API tokens end; " in page
    assert told in page
