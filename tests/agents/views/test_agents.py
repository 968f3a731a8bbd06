"""Pages of the people who handle work."""

import pytest
from django.urls import reverse

from agents.models import Agent, AgentCapacityProfile, AgentSkill, Presence, User
from tests.factories import (
    make_agent,
    make_item,
    make_method,
    make_profile,
    make_queue,
    make_skill,
    make_workstream,
)
from tests.scenarios import in_conversation, in_wrap_up, offered
from workstreams.actions.change_preferred_agents import set_preferred_agents
from workstreams.models import Contact, QueueMembership

ACCOUNT = {"username": "amira", "name": "Amira El Sayed", "role": "agent", "is_enabled": "on"}
PAGES = ["agent-list", "agent-create"]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def as_administrator(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def as_supervisor(client, supervisor):
    client.force_login(supervisor)
    return client


def page_of(agent: Agent, name: str = "detail") -> str:
    return reverse(f"agents:agent-{name}", kwargs={"agent_id": agent.pk})


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
        ("role", "emperor"),
        ("capacity_units", "-1"),
        ("name", ""),
    ],
)
def test_what_is_wrong_stands_at_its_field(as_administrator, agent, field, value) -> None:
    response = as_administrator.post(reverse("agents:agent-create"), ACCOUNT | {field: value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


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


def test_disabling_says_what_becomes_of_each_work_item(
    as_administrator, workstream, queue, now
) -> None:
    walt = make_agent("walt", queues=[queue], units=10)
    in_conversation(workstream, walt, now)
    in_conversation(make_workstream("Texts", channel="sms", queue=queue), walt, now)
    in_wrap_up(workstream, walt, now)
    offered(workstream, now)
    offered(workstream, now)

    page = as_administrator.post(page_of(walt, "disable"), follow=True).content.decode()

    assert "2 offers go back to their queues" in page
    assert "One live chat goes back to its queue in a few minutes." in page
    assert "One work item in wrap-up stays until it is closed." in page
    assert "One work item stays: transfer it if it has to go on." in page


def test_disabling_says_nothing_of_work_where_there_is_none(as_administrator, agent) -> None:
    response = as_administrator.post(page_of(agent, "disable"), follow=True)

    agent.refresh_from_db()
    assert agent.is_enabled is False
    assert "gets no more work" in response.content.decode()

    as_administrator.post(page_of(agent, "enable"))
    agent.refresh_from_db()
    assert agent.is_enabled is True


@pytest.mark.parametrize("name", ["disable", "enable", "presence-set"])
def test_what_changes_something_is_never_a_link(as_administrator, agent, name) -> None:
    assert as_administrator.get(page_of(agent, name)).status_code == 405


def test_whether_a_skill_counts_is_asked_once_it_is_rated(as_administrator, agent) -> None:
    french, german = make_skill("French"), make_skill("German")
    AgentSkill.objects.create(agent=agent, skill=french, rating=3, is_active=False)
    address = page_of(agent, "skills")

    content = as_administrator.get(address).content.decode()
    as_administrator.post(address, {f"rating-{french.pk}": "3", f"rating-{german.pk}": "4"})

    assert f"active-{french.pk}" in content
    assert f"active-{german.pk}" not in content
    stored = dict(AgentSkill.objects.values_list("skill__name", "is_active"))
    assert stored == {"French": False, "German": True}


def test_skills_are_rated_on_one_form(as_administrator, agent) -> None:
    french, german = make_skill("French"), make_skill("German")
    ratings = {
        f"rating-{french.pk}": "7",
        f"active-{french.pk}": "on",
        f"rating-{german.pk}": "",
    }

    response = as_administrator.post(page_of(agent, "skills"), ratings)

    assert response.status_code == 303
    row = AgentSkill.objects.get(agent=agent)
    assert (row.skill, row.rating, row.is_active) == (french, 7, True)


def test_a_rating_off_the_scale_stands_at_its_field(as_administrator, agent) -> None:
    french = make_skill("French")

    response = as_administrator.post(page_of(agent, "skills"), {f"rating-{french.pk}": "11"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [f"rating-{french.pk}"]
    assert not AgentSkill.objects.exists()


def test_profiles_may_have_a_limit_of_the_agents_own(as_administrator, agent) -> None:
    cases = make_profile("Cases", limit=2)

    as_administrator.post(
        page_of(agent, "profiles"), {f"has-{cases.pk}": "on", f"limit-{cases.pk}": "5"}
    )

    assert AgentCapacityProfile.objects.get(agent=agent).limit == 5


def test_queues_are_ticked(as_administrator, agent) -> None:
    sales = make_queue("Sales")

    as_administrator.post(page_of(agent, "queues"), {"queues": [sales.pk]})

    assert [queue.name for queue in agent.queues.all()] == ["Sales"]


def test_an_agent_with_history_is_not_deleted(as_administrator, agent, workstream) -> None:
    make_item(workstream, agent=agent, state="active", reason="in_conversation")

    response = as_administrator.post(page_of(agent, "delete"))

    assert response.status_code == 409
    assert Agent.objects.filter(pk=agent.pk).exists()


def test_of_who_handled_work_it_is_said_before_that_he_stays(
    as_administrator, agent, workstream, now
) -> None:
    offered(workstream, now)

    page = as_administrator.get(page_of(agent, "delete")).content.decode()

    assert "has handled work, and that history stays. Disable the agent instead." in page
    assert "Delete agent</button>" not in page


def test_before_an_agent_is_deleted_it_is_said_what_names_him(
    as_administrator, agent, queue, now
) -> None:
    sales = make_queue("Sales")
    make_agent("ben", queues=[sales])
    QueueMembership.objects.create(queue=sales, agent=agent)
    contact = Contact.objects.create(name="Grace")
    set_preferred_agents(contact_id=contact.pk, agents=[agent], now=now)
    when = {"any": [{"field": "agent.username", "op": "in", "value": ["Alice", "ben"]}]}
    make_method("Mine", rulesets=[{"name": "All", "rules": [{"name": "Hers", "when": when}]}])

    page = as_administrator.get(page_of(agent, "delete")).content.decode()

    for said in (
        "Queue “Support”, which nobody else serves</a>",
        "Queue “Sales”</a>",
        "Contact “Grace”, who prefers this agent</a>",
        "Rule “Hers” of the assignment method “Mine”</a>",
        "Delete agent</button>",
    ):
        assert said in page


def test_no_queue_is_left_by_who_is_disabled_already(as_administrator, agent) -> None:
    Agent.objects.update(is_enabled=False)

    page = as_administrator.get(page_of(agent, "delete")).content.decode()

    assert "Queue “Support”</a>" in page
    assert "nobody else serves" not in page


def test_an_agent_whom_nothing_names_is_deleted_without_a_list(as_administrator) -> None:
    page = as_administrator.get(page_of(make_agent("eve"), "delete")).content.decode()

    assert "What names this agent now" not in page


def test_the_fragment_of_the_page_has_one_root(as_supervisor, agent) -> None:
    content = as_supervisor.get(page_of(agent), headers=HTMX).content.decode()

    assert content.count(f'id="agent-{agent.pk}-now"') == 1
    assert "<html" not in content


def test_unknown_agents_are_not_found(as_supervisor) -> None:
    assert as_supervisor.get("/agents/4711/").status_code == 404
