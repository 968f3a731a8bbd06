"""Cycles over queues whose method reads attributes of agents: what is loaded, and who gets it."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agents.actions.set_agent_attributes import set_agent_attributes
from agents.models import Agent, AgentAttribute, AgentAttributeValue
from routing import configuration
from routing.dispatcher.cycle import run_cycle
from routing.models import Assignment, RoutingDecision
from routing.queries.agent_facts import load_agents
from routing.queries.replay import replay, replay_today
from routing.queries.waiting import waiting_because
from tests.factories import (
    make_agent,
    make_attribute,
    make_item,
    make_method,
    make_queue,
    make_workstream,
)
from tests.routing.engine.methods import row
from workstreams.models import AssignmentMethod, Queue, WorkItem

pytestmark = pytest.mark.django_db

SITE, LEVEL = "agent.attributes.Site", "agent.attributes.Level"


@pytest.fixture
def rome(now: datetime) -> Queue:
    """Work for those of the customer's site, the highest level first."""
    make_attribute("Site")
    make_attribute("Level", "number")
    order = [{"by": LEVEL, "direction": "descending"}]
    rule = {"name": "Near", "when": row(SITE, "equals", item="context.site"), "order_by": order}
    return make_queue(custom_method=make_method(rulesets=[{"name": "All", "rules": [rule]}]))


def an_agent(name: str, queue: Queue, now: datetime, **values: Any) -> Agent:
    agent = make_agent(name, units=1, queues=[queue])
    rows = {row.name: row for row in AgentAttribute.objects.all()}
    given = {rows[each]: value for each, value in values.items()}
    set_agent_attributes(agent=agent, values=given, by=None, now=now)
    return agent


def waiting(queue: Queue, now: datetime, **context: Any) -> WorkItem:
    item = make_item(make_workstream(queue=queue), at=now, context=context)
    configuration.publish(by=None, now=now)
    return item


def test_work_goes_to_whose_attribute_fits_the_item_in_the_order_of_another(
    rome: Queue, now: datetime
) -> None:
    an_agent("ada", rome, now, Site="Bonn", Level=9)
    an_agent("bea", rome, now, Site="Rome", Level=2)
    an_agent("cem", rome, now, Site="rome", Level=10)
    waiting(rome, now, site="Rome")

    run_cycle(now=now)

    assert Assignment.objects.get().agent.username == "cem"


def test_an_item_that_no_attribute_fits_waits_and_says_what_is_asked_in_vain(
    rome: Queue, now: datetime
) -> None:
    an_agent("ada", rome, now, Site="Bonn")
    an_agent("bea", rome, now)
    item = waiting(rome, now, site="Rome")

    run_cycle(now=now)

    [because] = waiting_because(item)
    assert because["sentence"] == (
        "2 of 2 members meet no assignment rule: “Near” asks agent Site equals the item's context"
        " site (of 1 agent Site is not set)."
    )


def test_they_are_read_by_one_more_statement_and_only_where_a_method_reads_them(
    rome: Queue, now: datetime
) -> None:
    make_attribute("Shoe", "number")
    agents = [an_agent(f"a{each}", rome, now, Site="Rome", Shoe=each) for each in range(5)]
    ids = [agent.pk for agent in agents]
    configuration.publish(by=None, now=now)

    published = configuration.current()
    with CaptureQueriesContext(connection) as reading:
        found = load_agents(published=published, agent_ids=ids)
    Queue.objects.update(custom_method=None)
    AssignmentMethod.objects.all().delete()
    configuration.publish(by=None, now=now)
    published = configuration.current()
    with CaptureQueriesContext(connection) as without:
        bare = load_agents(published=published, agent_ids=ids)

    assert (len(reading), len(without)) == (5, 4)
    assert [dict(each.attributes) for each in found] == [{"Site": "Rome"}] * 5
    assert [each.attributes for each in bare] == [{}] * 5


def test_a_value_of_another_type_in_the_rows_matches_nothing_and_breaks_nothing(
    rome: Queue, now: datetime
) -> None:
    ada, bea = (an_agent(name, rome, now, Site="Rome", Level=1) for name in ("ada", "bea"))
    held = AgentAttributeValue.objects.filter(agent=ada)
    held.filter(attribute__name="Level").update(value="high")
    held.filter(attribute__name="Site").update(value=True)
    waiting(rome, now, site="Rome")

    run_cycle(now=now)

    assert Assignment.objects.get().agent_id == bea.pk


def test_the_decision_is_made_again_from_what_was_seen_then(rome: Queue, now: datetime) -> None:
    ada = an_agent("ada", rome, now, Site="Rome", Level=1)
    an_agent("bea", rome, now, Site="Rome", Level=2)
    waiting(rome, now, site="Rome")
    run_cycle(now=now)
    AgentAttributeValue.objects.filter(attribute__name="Level").update(value=0)
    set_agent_attributes(
        agent=ada, values={AgentAttribute.objects.get(name="Site"): None}, by=None, now=now
    )

    decision = RoutingDecision.objects.get(stage="assignment")
    again = replay(decision)
    [then, today] = replay_today(decision).answers

    assert (again.is_same, then.document["agent"]) == (True, "bea")
    assert today.document["agent"] == "bea"
    ranked = {each["agent"]: each for each in then.document["agents_considered"]}
    assert ranked["bea"]["numbers"]["Level"] == 2
