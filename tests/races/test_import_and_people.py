"""An import that changes what is kept of agents, and people, beside those who change the same."""

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from agents.actions.delete_agent import delete_agent
from agents.actions.edit_agent import edit_agent
from agents.actions.set_agent_attributes import set_agent_attributes
from agents.models import Agent, AgentAttribute, AgentAttributeValue, User
from routing import configuration
from routing.actions.hold_capacity import lock_loads
from routing.exceptions import ChangedMeanwhile
from routing.models import AgentLoad
from tests.api.conftest import Caller
from tests.factories import make_agent, make_attribute, make_profile
from tests.races.together import queued_behind
from workstreams.actions.change_agents import change_agents
from workstreams.agent_changes import AgentChange


@pytest.fixture
def document(administrator: User, now: datetime) -> dict[str, Any]:
    """Gives the attribute another option, and two people another nickname."""
    site = make_attribute("Site", "choice", options=["Rome", "Bern"])
    for name in ("zoe", "amy"):
        set_agent_attributes(agent=make_agent(name), values={site: "Rome"}, by=None, now=now)
    configuration.publish(by=None, now=now)
    whole: dict[str, Any] = configuration.document(has_people=True)
    found = {name: whole[name] for name in ("format", "agent_attributes", "agents")}
    found["agent_attributes"][0]["options"].append("Oslo")
    for person in found["agents"]:
        person["nickname"] = "Imported"
    return found


def assert_imported_or_refused(report: object) -> None:
    """Whole, or not at all."""
    options, nicknames = ["Rome", "Bern", "Oslo"], {"Imported"}
    if isinstance(report, ChangedMeanwhile):
        options, nicknames = ["Rome", "Bern"], {""}
    assert AgentAttribute.objects.get().options == options
    assert set(Agent.objects.values_list("nickname", flat=True)) == nicknames


def test_a_change_of_a_person_and_an_import_wait_in_one_order(
    document: dict[str, Any], administrator: User, now: datetime
) -> None:
    change = {"capacity_units": 9, "attributes": {"Site": "Bern"}}
    caller = Caller(administrator)
    # The first request reads all addresses, which takes its time.
    caller.get("/agents/zoe")

    report, answer = queued_behind(
        Agent.objects.filter(user__username="zoe"),
        lambda: configuration.import_document(document, by=None, now=now),
        lambda: caller.patch("/agents/zoe", change),
    )

    # Nobody was chosen as the victim of a deadlock. Whoever was first, the change is there: the
    # import came before it, or found another organisation than it had planned for.
    assert answer.status_code == 200
    zoe = Agent.objects.get(user__username="zoe")
    assert (zoe.capacity_units, zoe.attributes.get().value) == (9, "Bern")
    assert_imported_or_refused(report)


def test_a_bulk_change_and_an_import_wait_in_one_order(
    document: dict[str, Any], administrator: User, now: datetime
) -> None:
    ids = list(Agent.objects.order_by("pk").values_list("pk", flat=True))
    change = AgentChange(attributes={AgentAttribute.objects.get(): "Bern"})

    report, plans = queued_behind(
        Agent.objects.filter(user__username="amy"),
        lambda: configuration.import_document(document, by=None, now=now),
        lambda: change_agents(agent_ids=ids, change=change, by=administrator, now=now),
    )

    assert [bool(plan.changes) for plan in plans] == [True, True]
    assert set(AgentAttributeValue.objects.values_list("value", flat=True)) == {"Bern"}
    assert_imported_or_refused(report)


def test_an_edit_and_a_deletion_of_a_person_wait_in_one_order(
    administrator: User, now: datetime
) -> None:
    agent = make_agent("leaving")

    def edit() -> object:
        try:
            return edit_agent(agent=agent, by=administrator, now=now, name="Stays")
        except User.DoesNotExist:
            return None

    _, deleted = queued_behind(
        User.objects.filter(pk=agent.user_id),
        edit,
        lambda: delete_agent(agent=agent, by=administrator, now=now),
    )

    assert deleted is None
    assert not Agent.objects.filter(pk=agent.pk).exists()


def test_an_import_of_limits_and_work_of_two_agents_wait_in_one_order(
    document: dict[str, Any], administrator: User, now: datetime
) -> None:
    """In the document amy stands before zoe, who was there first."""
    ids = list(Agent.objects.order_by("pk").values_list("pk", flat=True))
    for person in document["agents"]:
        person["capacity_units"] = 7

    def take_from_one_for_the_other() -> None:
        with transaction.atomic():
            lock_loads(ids)

    queued_behind(
        AgentLoad.objects.filter(agent=ids[0]),
        take_from_one_for_the_other,
        lambda: configuration.import_document(document, by=None, now=now),
    )

    assert [person["username"] for person in document["agents"]] == ["amy", "zoe"]
    assert set(Agent.objects.values_list("capacity_units", flat=True)) == {7}


def test_an_import_of_a_profile_and_people_and_work_of_two_agents_wait_in_one_order(
    document: dict[str, Any], administrator: User, now: datetime
) -> None:
    """The one of whom less is changed has the profile, and was there first."""
    zoe, amy = Agent.objects.order_by("pk")
    profile = make_profile("Chats", limit=2)
    zoe.capacity_profiles.create(profile=profile)
    configuration.publish(by=None, now=now)
    document["capacity_profiles"] = [{"name": "Chats", "limit": 5}]
    document["agents"] = [document["agents"][0] | {"capacity_units": 7}]

    def take_from_one_for_the_other() -> None:
        with transaction.atomic():
            lock_loads([zoe.pk, amy.pk])

    queued_behind(
        AgentLoad.objects.filter(agent=zoe),
        take_from_one_for_the_other,
        lambda: configuration.import_document(document, by=None, now=now),
    )

    profile.refresh_from_db()
    amy.refresh_from_db()
    assert (profile.work_item_limit, amy.capacity_units) == (5, 7)
