"""The default presence and the queues of a person, while they are changed or deleted themselves."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import reverse

from agents.actions.create_agent import create_agent
from agents.actions.edit_agent import edit_agent
from agents.actions.save_definition import save_definition
from agents.exceptions import DefinitionGone, PresenceNotSelectable
from agents.models import Agent, Presence, User
from tests.api.conftest import Caller
from tests.factories import make_item, make_queue, make_skill, make_user, make_workstream
from tests.races.together import (
    Elsewhere,
    before_the_commit,
    queued_behind,
    waiting_for_nobody,
)
from workstreams.actions.change_agents import change_agents
from workstreams.actions.delete_queue import delete_queue
from workstreams.actions.record_event import record_event
from workstreams.actions.set_agent_queues import set_agent_queues
from workstreams.agent_changes import AgentChange
from workstreams.models import Queue, QueueMembership

Give = Callable[[Agent, Any, User, datetime], Any]
REFUSED: Final = str(PresenceNotSelectable())


@pytest.fixture
def lunch(db: None) -> Presence:
    return Presence.objects.create(name="lunch", text="Lunch", base="available")


def is_changed(agent: Agent, lunch: Presence, by: User, now: datetime) -> str:
    try:
        edit_agent(agent=agent, default_presence=lunch, by=by, now=now)
    except PresenceNotSelectable as refusal:
        return str(refusal)
    return ""


def is_created(agent: Agent, lunch: Presence, by: User, now: datetime) -> str:
    try:
        create_agent(username="zoe", default_presence=lunch, by=by, now=now)
    except PresenceNotSelectable as refusal:
        return str(refusal)
    return ""


def is_changed_on_his_page(agent: Agent, lunch: Presence, by: User, now: datetime) -> str:
    client = Client()
    client.force_login(by)
    sent = {"username": agent.username, "name": "A", "role": "agent", "is_enabled": "on"}
    address = reverse("agents:agent-edit", args=[agent.pk])
    answer = client.post(address, sent | {"default_presence": lunch.pk})
    return str(answer.content.decode())


def is_changed_by_a_program(agent: Agent, lunch: Presence, by: User, now: datetime) -> str:
    changes = {"default_presence": lunch.name}
    answer = Caller(by).patch(f"/agents/{agent.username}", changes)
    return str(answer.content.decode())


GETS: Final = [is_changed, is_created, is_changed_on_his_page, is_changed_by_a_program]


@pytest.mark.parametrize("gets", GETS)
def test_nobody_begins_with_a_presence_that_only_the_system_sets_by_then(
    gets: Give, agent: Agent, lunch: Presence, administrator: User, now: datetime
) -> None:
    changed = Presence.objects.get(pk=lunch.pk)
    changed.agents_may_set = False

    _, answer = before_the_commit(
        lambda: save_definition(row=changed, by=administrator, now=now),
        lambda: gets(agent, lunch, administrator, now),
    )

    assert REFUSED in answer
    assert not Agent.objects.filter(default_presence=lunch).exists()


@pytest.mark.parametrize("gets", [each for each in GETS if each is not is_created])
def test_who_waits_for_a_default_presence_does_not_hold_the_agent(
    gets: Give, agent: Agent, lunch: Presence, administrator: User, now: datetime
) -> None:
    queued_behind(
        Presence.objects.filter(pk=lunch.pk),
        lambda: gets(agent, lunch, administrator, now),
        then=lambda: Agent.objects.select_for_update(nowait=True).get(pk=agent.pk),
    )

    assert Agent.objects.get(pk=agent.pk).default_presence == lunch


def joins(agent: Agent, queue: Queue, by: User, now: datetime) -> None:
    set_agent_queues(agent=agent, queues=[queue], by=by, now=now)


def is_one_of_many(agent: Agent, queue: Queue, by: User, now: datetime) -> None:
    change = AgentChange(queues_joined=[queue])
    change_agents(agent_ids=[agent.pk], change=change, by=by, now=now)


@pytest.mark.parametrize("has_history", [True, False])
@pytest.mark.parametrize("gets", [joins, is_one_of_many])
def test_nobody_joins_a_queue_that_is_deleted_meanwhile(
    gets: Give, has_history: bool, agent: Agent, now: datetime
) -> None:
    ada, old = make_user("ada", "administrator"), make_queue("Old")
    if has_history:
        item = make_item(make_workstream("Past"), state="closed", closed_at=now, queue=old)
        record_event(kind="work-item-closed", item=item, now=now)

    _, answer = before_the_commit(
        lambda: delete_queue(queue=old, by=ada, now=now), lambda: gets(agent, old, ada, now)
    )

    assert isinstance(answer, DefinitionGone)
    assert not QueueMembership.objects.filter(queue=old.pk).exists()
    assert Queue.with_deleted.filter(pk=old.pk).exists() == has_history


def test_the_page_of_his_skills_waits_for_none_that_it_does_not_rate(
    agent: Agent, administrator: User, now: datetime
) -> None:
    german, dutch = make_skill("German"), make_skill("Dutch")
    client = Client()
    client.force_login(administrator)
    page = reverse("agents:agent-skills", args=[agent.pk])
    elsewhere = Elsewhere(lambda: save_definition(row=dutch, by=administrator, now=now))

    with waiting_for_nobody():
        answer = client.post(page, {f"rating-{german.pk}": 9, f"rating-{dutch.pk}": ""})
    elsewhere.commit()

    assert answer.status_code == 303
    assert agent.skills.get().skill == german
