"""A form that was open while somebody else saved the same row undoes nothing."""

import pytest
from django.test import Client

from agents.actions.edit_agent import edit_agent
from agents.models import Agent, User
from tests.open_forms import ROWS, address_of, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_administrator(administrator: User) -> Client:
    browser = Client()
    browser.force_login(administrator)
    return browser


@pytest.mark.parametrize("noun", ROWS)
def test_of_two_who_save_the_second_sees_both_values(as_administrator, noun: str) -> None:
    app, make, theirs, mine = ROWS[noun]
    row = make()
    address, rows = address_of(row, app, noun), type(row)._default_manager.filter(pk=row.pk)
    sent = form_of(as_administrator.get(address)) | mine
    rows.update(**theirs)
    saved = rows.values().get()

    answer = as_administrator.post(address, sent)

    [(typed, text)] = mine.items()
    assert answer.status_code == 422
    shown = {each.label: each.mine for each in answer.context["conflict"].values}
    form = answer.context["form"]
    assert shown[form[typed].label] == text
    assert shown.keys() == {form[name].label for name in theirs | mine}
    assert form[typed].value() == text
    assert rows.values().get() == saved
    applied = as_administrator.post(address, form_of(answer))
    assert applied.status_code == 303
    assert rows.values().get()[typed] == text


@pytest.mark.parametrize("noun", ROWS)
def test_where_nobody_else_saved_it_is_saved_at_once(as_administrator, noun: str) -> None:
    app, make, _, mine = ROWS[noun]
    address = address_of(make(), app, noun)

    answer = as_administrator.post(address, form_of(as_administrator.get(address)) | mine)

    assert answer.status_code == 303


@pytest.mark.parametrize("change", [{"is_enabled": False}, {"role": "agent"}, {"name": "Ada Low"}])
def test_an_old_form_gives_nobody_back_what_was_taken(
    as_administrator, supervisor, now, change
) -> None:
    agent = Agent.objects.create(user=supervisor)
    address = address_of(agent, "agents", "agent")
    sent = form_of(as_administrator.get(address)) | {"nickname": "Bo", "password": ""}
    edit_agent(agent=agent, by=None, now=now, **change)

    answer = as_administrator.post(address, sent)

    agent.refresh_from_db()
    [(name, value)] = change.items()
    kept = {"is_enabled": agent.is_enabled, "role": agent.user.role, "name": str(agent)}
    assert (answer.status_code, kept[name], agent.nickname) == (422, value, "")
    assert "Bo" in {each.mine for each in answer.context["conflict"].values}
    assert answer.context["form"]["nickname"].value() == "Bo"


def test_a_supervisor_is_not_stopped_by_what_administrators_alone_change(
    client, agent, supervisor, now
) -> None:
    client.force_login(supervisor)
    address = address_of(agent, "agents", "agent")
    page = client.get(address)
    edit_agent(agent=agent, by=None, now=now, nickname="Al")

    closed = ("username", "name", "role", "may_change_secure_columns", "nickname", "locale")
    sent = {name: value for name, value in form_of(page).items() if name not in closed}
    answer = client.post(address, sent | {"capacity_units": 9})

    agent.refresh_from_db()
    assert (answer.status_code, agent.capacity_units, agent.nickname) == (303, 9, "Al")
