"""Agents are disabled and deleted."""

from agents.models import Agent
from tests.agents.views.agent_pages import page_of
from tests.factories import (
    make_agent,
    make_item,
    make_method,
    make_queue,
    make_workstream,
)
from tests.scenarios import in_conversation, in_wrap_up, offered
from workstreams.actions.change_preferred_agents import set_preferred_agents
from workstreams.models import Contact, QueueMembership


def test_disabling_says_what_becomes_of_each_work_item(
    as_administrator, workstream, queue, now
) -> None:
    walt = make_agent("walt", queues=[queue], units=10)
    in_conversation(workstream, walt, now)
    in_conversation(make_workstream("Texts", channel="sms", queue=queue), walt, now)
    in_conversation(make_workstream("Calls", type="voice", queue=queue), walt, now)
    in_wrap_up(workstream, walt, now)
    offered(workstream, now)
    offered(workstream, now)

    page = as_administrator.post(page_of(walt, "disable"), follow=True).content.decode()

    assert "2 offers go back to their queues" in page
    assert "One live chat goes back to its queue in a few minutes." in page
    assert "One call goes back to its queue within two minutes." in page
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
