"""Creating, editing and deleting people."""

import pytest

from agents.actions.create_agent import create_agent
from agents.actions.delete_agent import delete_agent
from agents.actions.edit_agent import edit_agent
from agents.exceptions import AgentHasHistory, LastAdministrator, UsernameTaken
from agents.models import Agent, User
from agents.signals import capacity_changed
from agents.terms import Role
from config.models import Event
from tests.agents.actions.heard import heard
from tests.factories import make_item, make_user


def test_a_created_agent_can_sign_in_and_has_a_limit(administrator, now) -> None:
    agent = create_agent(
        username="amira",
        name="Amira El Sayed",
        password="demo",
        capacity_units=3,
        by=administrator,
        now=now,
    )

    user = User.objects.get(username="amira")
    assert (user.first_name, user.last_name, user.role) == ("Amira", "El Sayed", Role.AGENT)
    assert user.check_password("demo")
    assert Agent.objects.get(user=user).capacity_units == 3
    assert Event.objects.get(kind="agent-created").agent_id == agent.pk


def test_without_a_password_only_single_sign_on_lets_in(administrator, now) -> None:
    agent = create_agent(username="amira", by=administrator, now=now)

    assert not agent.user.has_usable_password()


def test_a_username_is_given_once_in_whatever_case(agent, administrator, now) -> None:
    with pytest.raises(UsernameTaken):
        create_agent(username="ALICE", by=administrator, now=now)

    assert User.objects.filter(username__iexact="alice").count() == 1


def test_editing_changes_what_is_given_and_nothing_else(agent, administrator, now) -> None:
    edit_agent(agent=agent, by=administrator, now=now, name="Alice Ng", role=Role.SUPERVISOR)

    agent.refresh_from_db()
    assert (agent.user.get_full_name(), agent.user.role) == ("Alice Ng", Role.SUPERVISOR)
    assert (agent.capacity_units, agent.is_enabled, agent.username) == (3, True, "alice")
    assert Event.objects.get(kind="agent-changed").data["fields"] == ["name", "role"]


def test_editing_without_a_change_leaves_no_trace(agent, administrator, now) -> None:
    edit_agent(agent=agent, by=administrator, now=now, capacity_units=3, password="")

    assert not Event.objects.exists()


@pytest.mark.parametrize("change", [{"capacity_units": 5}, {"is_enabled": False}])
def test_changes_that_routing_reads_are_announced(agent, administrator, now, change) -> None:
    with heard(capacity_changed) as calls:
        edit_agent(agent=agent, by=administrator, now=now, **change)

    assert calls == [{"agent_ids": [agent.pk], "now": now}]


def test_a_new_name_is_no_news_for_routing(agent, administrator, now) -> None:
    with heard(capacity_changed) as calls:
        edit_agent(agent=agent, by=administrator, now=now, name="Alice Ng")

    assert calls == []


def test_a_disabled_agent_cannot_sign_in_until_enabled_again(agent, administrator, now) -> None:
    edit_agent(agent=agent, by=administrator, now=now, is_enabled=False)
    assert not User.objects.get(username="alice").is_active

    edit_agent(agent=agent, by=administrator, now=now, is_enabled=True)
    assert User.objects.get(username="alice").is_active


def test_a_supervisor_who_takes_no_work_keeps_the_pages(agent, administrator, now) -> None:
    edit_agent(agent=agent, by=administrator, now=now, is_enabled=False, role=Role.SUPERVISOR)

    assert User.objects.get(username="alice").is_active


def test_a_new_password_replaces_the_old(agent, administrator, now) -> None:
    edit_agent(agent=agent, by=administrator, now=now, password="another one")

    assert User.objects.get(username="alice").check_password("another one")


def test_nobody_takes_the_username_of_somebody_else(
    agent, second_agent, administrator, now
) -> None:
    with pytest.raises(UsernameTaken):
        edit_agent(agent=agent, by=administrator, now=now, username="Bob")


def test_the_last_administrator_stays_one(administrator, now) -> None:
    last = Agent.objects.create(user=administrator)

    with pytest.raises(LastAdministrator):
        edit_agent(agent=last, by=administrator, now=now, role=Role.AGENT)

    make_user("second", Role.ADMINISTRATOR)
    assert edit_agent(agent=last, by=administrator, now=now, role=Role.AGENT).user.role == "agent"


def test_an_agent_who_never_worked_can_be_deleted(agent, administrator, now) -> None:
    delete_agent(agent=agent, by=administrator, now=now)

    assert not User.objects.filter(username="alice").exists()
    assert Event.objects.get(kind="agent-deleted").data["username"] == "alice"


def test_an_agent_with_history_is_kept(agent, administrator, workstream, now) -> None:
    make_item(workstream, agent=agent, state="active", reason="in_conversation")

    with pytest.raises(AgentHasHistory):
        delete_agent(agent=agent, by=administrator, now=now)

    assert User.objects.filter(username="alice").exists()
    assert not Event.objects.filter(kind="agent-deleted").exists()


def test_the_last_administrator_is_not_deleted(administrator, now) -> None:
    last = Agent.objects.create(user=administrator)

    with pytest.raises(LastAdministrator):
        delete_agent(agent=last, by=administrator, now=now)
