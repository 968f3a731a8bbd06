"""Pages of the people who handle work."""

import pytest
from django.urls import reverse

from agents.models import Agent, Presence, User
from tests.agents.views.agent_pages import page_of
from tests.factories import (
    make_agent,
    make_profile,
    make_queue,
)

ACCOUNT = {"username": "amira", "name": "Amira El Sayed", "role": "agent", "is_enabled": "on"}
PAGES = ["agent-list", "agent-create"]
HTMX = {"HX-Request": "true"}


def test_the_list_shows_presence_load_role_and_queues(as_supervisor, agent) -> None:
    content = as_supervisor.get(reverse("agents:agent-list")).content.decode()

    for shown in ("alice", "Agent", "Available", "0 / 3", "Support"):
        assert shown in content
    assert "New agent" not in content


def test_the_list_is_searched_by_name_and_queue(as_supervisor, agent, agent_of_another_queue):
    by_queue = as_supervisor.get(reverse("agents:agent-list"), {"q": "elsewhere"})

    assert "charlie" in by_queue.content.decode()
    assert "alice" not in by_queue.content.decode()


def test_the_list_costs_the_same_for_many_agents(
    as_supervisor, queue, django_assert_max_num_queries
) -> None:
    for _ in range(5):
        make_agent(queues=[queue, make_queue()], profiles=[make_profile()])

    with django_assert_max_num_queries(12):
        as_supervisor.get(reverse("agents:agent-list"))


@pytest.mark.parametrize("name", PAGES)
def test_agents_are_told_that_these_pages_are_not_theirs(client, agent, name) -> None:
    client.force_login(agent.user)

    assert client.get(reverse(f"agents:{name}")).status_code == 403


def test_strangers_sign_in_first(client, agent) -> None:
    response = client.get(page_of(agent))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["skills", "attributes", "delete"])
def test_supervisors_read_and_do_not_write(as_supervisor, agent, name) -> None:
    assert as_supervisor.get(page_of(agent)).status_code == 200
    assert as_supervisor.get(page_of(agent, name)).status_code == 403


def test_a_default_presence_that_is_selectable_no_more_stays(as_supervisor, agent) -> None:
    lunch = Presence.objects.create(name="lunch", text="Lunch", base="away", agents_may_set=False)
    Agent.objects.filter(pk=agent.pk).update(default_presence=lunch)
    address = page_of(agent, "edit")
    shown = as_supervisor.get(address).context["form"].initial["default_presence"]

    as_supervisor.post(address, {"capacity_units": "9", "default_presence": shown})

    agent.refresh_from_db()
    assert (agent.capacity_units, agent.default_presence) == (9, lunch)


def test_supervisors_change_capacity_and_default_presence(as_supervisor, agent) -> None:
    away = Presence.objects.get(name="away")
    address = page_of(agent, "edit")

    page = as_supervisor.get(address).content.decode()
    as_supervisor.post(address, {"capacity_units": "9", "default_presence": away.pk})

    agent.refresh_from_db()
    assert (agent.capacity_units, agent.default_presence, agent.username) == (9, away, "alice")
    assert "Only administrators change this." in page
    assert page_of(agent, "delete") not in page


@pytest.mark.parametrize(
    "foreign", [{"role": "administrator"}, {"password": "a long pass phrase"}, {"username": "eve"}]
)
def test_what_supervisors_send_by_hand_is_refused(as_supervisor, agent, foreign) -> None:
    response = as_supervisor.post(page_of(agent, "edit"), {"capacity_units": "9", **foreign})

    label = next(iter(foreign)).capitalize()
    assert response.status_code == 422
    assert f"Only administrators change this: {label}." in response.content.decode()
    agent.refresh_from_db()
    assert (agent.capacity_units, agent.user.role) == (3, "agent")


def test_an_administrator_creates_an_agent(as_administrator) -> None:
    response = as_administrator.post(
        reverse("agents:agent-create"),
        ACCOUNT | {"capacity_units": "3", "password": "quiet-Harbour-41"},
    )

    agent = Agent.objects.get(user__username="amira")
    assert (response.status_code, response.url) == (303, page_of(agent))
    assert (agent.capacity_units, agent.user.get_full_name()) == (3, "Amira El Sayed")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "alice"),
        ("username", "with space"),
        ("password", "short"),
        ("password", "1qaz2wsx3edc"),
        ("role", "emperor"),
        ("capacity_units", "-1"),
        ("name", ""),
        ("name", "x" * 151),
        ("name", f"Amira {'x' * 151}"),
    ],
)
def test_what_is_wrong_stands_at_its_field(as_administrator, agent, field, value) -> None:
    response = as_administrator.post(reverse("agents:agent-create"), ACCOUNT | {field: value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_a_password_like_the_name_is_refused(as_administrator) -> None:
    sent = ACCOUNT | {"name": "Amira Featherstonehaugh", "password": "featherstonehaugh"}

    response = as_administrator.post(reverse("agents:agent-create"), sent)

    assert response.status_code == 422
    assert "The password is too similar to the last name." in response.content.decode()


def test_editing_without_a_password_keeps_it(as_administrator, agent) -> None:
    as_administrator.post(page_of(agent, "edit"), ACCOUNT | {"username": "alice"})

    user = User.objects.get(username="alice")
    assert user.get_full_name() == "Amira El Sayed"
    assert user.check_password("demo")


def test_the_dialog_is_one_fragment_and_leads_to_the_page(as_administrator, agent) -> None:
    dialog = as_administrator.get(page_of(agent, "edit"), headers=HTMX).content.decode()
    assert dialog.count('id="dialog-content"') == 1
    assert "<html" not in dialog

    saved = as_administrator.post(
        page_of(agent, "edit"), ACCOUNT | {"username": "alice"}, headers=HTMX
    )
    assert saved["HX-Redirect"] == page_of(agent)


@pytest.mark.parametrize("name", ["disable", "enable", "presence-set"])
def test_what_changes_something_is_never_a_link(as_administrator, agent, name) -> None:
    assert as_administrator.get(page_of(agent, name)).status_code == 405


def test_the_fragment_of_the_page_has_one_root(as_supervisor, agent) -> None:
    content = as_supervisor.get(page_of(agent), headers=HTMX).content.decode()

    assert content.count(f'id="agent-{agent.pk}-now"') == 1
    assert "<html" not in content


def test_unknown_agents_are_not_found(as_supervisor) -> None:
    assert as_supervisor.get("/agents/4711/").status_code == 404
