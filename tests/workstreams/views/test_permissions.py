"""Who may configure workstreams: administrators, and people with the permission (B 13.3)."""

import pytest
from django.test import Client

from agents.models import Agent, User
from agents.terms import Role
from config.models import ApiToken
from tests.factories import make_agent, make_user

READ = ["/workstreams/", "/queues/", "/rules/intake/"]
CHANGE = ["/workstreams/new/", "/queues/new/", "/rules/intake/case/new/"]


def browser_of(person: User) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def with_permission(role: str) -> User:
    person = make_user(role=role)
    person.may_change_secure_columns = True
    person.save()
    return person


def site_map(browser: Client, address: str) -> set[str]:
    groups = browser.get(address).context["site_map"]
    return {entry["label"] for group in groups for entry in group["areas"]}


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR])
def test_the_permission_opens_the_configuration(role: str) -> None:
    browser = browser_of(with_permission(role))

    assert {browser.get(address).status_code for address in [*READ, *CHANGE]} == {200}
    assert b"New workstream" in browser.get("/workstreams/").content
    assert {"Workstreams", "Queues", "Intake rules"} <= site_map(browser, "/workstreams/")


def test_supervisors_see_and_change_nothing(supervisor: User) -> None:
    browser = browser_of(supervisor)

    assert {browser.get(address).status_code for address in READ} == {200}
    assert {browser.get(address).status_code for address in CHANGE} == {403}
    assert b"New workstream" not in browser.get("/workstreams/").content


def test_agents_see_nothing_of_it(agent: Agent) -> None:
    browser = browser_of(agent.user)

    assert {browser.get(address).status_code for address in [*READ, *CHANGE]} == {403}
    assert "Workstreams" not in site_map(browser, "/desk/")


def test_the_permission_opens_nothing_else(db: None) -> None:
    browser = browser_of(with_permission(Role.AGENT))

    assert {browser.get(address).status_code for address in ("/floor/", "/agents/new/")} == {403}
    assert not {"Queues live", "Agents"} & site_map(browser, "/workstreams/")


def test_administrators_grant_it_on_the_page_of_the_person(administrator: User) -> None:
    agent = make_agent("amira")
    entries = {"username": "amira", "name": "Amira", "role": "agent", "is_enabled": "on"}
    address = f"/agents/{agent.pk}/edit/"

    browser_of(administrator).post(address, entries | {"may_change_secure_columns": "on"})

    agent.user.refresh_from_db()
    assert agent.user.may_configure
    browser_of(administrator).post(address, entries)
    agent.user.refresh_from_db()
    assert not agent.user.may_configure


@pytest.mark.parametrize("granted", [True, False])
def test_nobody_grants_it_to_himself(db: None, granted: bool) -> None:
    agent = make_agent("amira", role=Role.SUPERVISOR)
    agent.user.may_change_secure_columns = granted
    agent.user.save()
    entries = {"username": "amira", "role": "agent", "may_change_secure_columns": "on"}

    answer = browser_of(agent.user).post(f"/agents/{agent.pk}/edit/", entries)

    assert answer.status_code == 422
    assert b"Only administrators change this:" in answer.content
    agent.user.refresh_from_db()
    assert agent.user.may_change_secure_columns is granted
    assert agent.user.role == Role.SUPERVISOR


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "granted", "reads", "writes"),
    [
        (Role.AGENT, False, 403, 403),
        (Role.SUPERVISOR, False, 200, 403),
        (Role.AGENT, True, 200, 201),
        (Role.SUPERVISOR, True, 200, 201),
        (Role.ADMINISTRATOR, False, 200, 201),
    ],
)
def test_the_api_asks_for_the_same(role: str, granted: bool, reads: int, writes: int) -> None:
    person = make_user(role=role)
    person.may_change_secure_columns = granted
    person.save()
    headers = {"Authorization": f"Bearer {ApiToken.issue(person)}"}
    body = {"name": "Late", "type": "messaging"}

    read = Client().get("/api/v1/queues", headers=headers)
    written = Client().post(
        "/api/v1/queues", body, content_type="application/json", headers=headers
    )

    assert (read.status_code, written.status_code) == (reads, writes)
