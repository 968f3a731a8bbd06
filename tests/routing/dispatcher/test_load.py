"""What a cycle reads: exactly what decides, in a fixed number of statements."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agents.models import Agent, AgentPresence, AgentSkill
from agents.terms import BasePresence
from routing import service
from routing.engine.facts import ProfileRoom
from routing.queries import waiting_items
from tests.factories import (
    make_agent,
    make_item,
    make_profile,
    make_queue,
    make_skill,
    make_workstream,
)
from tests.scenarios import arrive, in_conversation, offered
from workstreams.models import WorkItem
from workstreams.terms import DistributionMode

pytestmark = pytest.mark.django_db

STATEMENTS = 8
SECOND = timedelta(seconds=1)


def test_the_first_items_of_a_group_come_oldest_first(workstream, agent, look, now) -> None:
    items = [make_item(workstream, at=now - SECOND * age) for age in (1, 3, 2)]

    found = look().items

    assert [each.id for each in found] == [items[1].pk, items[2].pk, items[0].pk]


def test_only_open_items_of_push_workstreams_are_read(workstream, agent, queue, look, now) -> None:
    make_item(make_workstream(mode=DistributionMode.PICK, queue=queue))
    in_conversation(workstream, agent, now)

    assert look().items == []


def test_only_touched_queues_are_read(workstream, agent, queue, look) -> None:
    mine, other = make_item(workstream), make_item(make_workstream())
    agent_of_other = make_agent(queues=[other.queue])

    situation = look(queue_ids=[queue.pk])

    assert [each.id for each in situation.items] == [mine.pk]
    assert [each.id for each in situation.agents] == [agent.pk] != [agent_of_other.pk]


def test_who_declined_is_counted_and_cools_down_for_a_minute(
    workstream, agent, look, now: datetime
) -> None:
    item = offered(workstream, now)
    service.decline(item_id=item.pk, by=agent, now=now)

    (soon,) = look(at=now + SECOND * 59).items
    (later,) = look(at=now + SECOND * 61).items

    assert (soon.declined, soon.cooling_down) == ({agent.pk: 1}, {agent.pk})
    assert (later.declined, later.cooling_down) == ({agent.pk: 1}, frozenset())


def test_an_agent_is_read_with_all_that_decides(workstream, queue, look, now) -> None:
    profile = make_profile("Cases", limit=4)
    agent = make_agent("dora", units=5, queues=[queue], skills={"Spanish": 7}, profiles=[profile])
    agent.capacity_profiles.update(custom_limit=3)
    AgentSkill.objects.create(agent=agent, skill=make_skill("French"), rating=2, is_active=False)
    make_item(workstream)

    (facts,) = look().agents

    assert (facts.id, facts.username, facts.is_enabled) == (agent.pk, "dora", True)
    assert (facts.units_limit, facts.units_used) == (5, 0)
    assert facts.base_presence == BasePresence.AVAILABLE
    assert facts.skills == {"Spanish": 7}
    assert facts.profiles == {"Cases": ProfileRoom(limit=3, used=0, blocks=False)}
    assert list(facts.memberships) == [queue.pk]


def test_use_of_units_and_profiles_is_read_from_the_loads(queue, look, now) -> None:
    profile = make_profile("Cases")
    agent = make_agent(queues=[queue], profiles=[profile])
    by_profile = make_workstream(queue=queue, capacity_format="profile")
    by_profile.capacity_profiles.add(profile)
    in_conversation(by_profile, agent, now)
    in_conversation(make_workstream(queue=queue, capacity_units=2), agent, now)
    make_item(by_profile)

    (facts,) = look().agents

    assert (facts.units_used, facts.profiles["Cases"].used) == (2, 1)
    assert facts.memberships[queue.pk].last_assigned_at == now


def test_an_agent_without_a_presence_has_none(
    workstream, agent: Agent, second_agent: Agent, look
) -> None:
    AgentPresence.objects.filter(agent=agent).delete()
    make_item(workstream)

    facts = {each.id: each.base_presence for each in look().agents}

    assert facts == {agent.pk: None, second_agent.pk: BasePresence.AVAILABLE}


@pytest.mark.parametrize("presence", ["offline", "away"])
def test_queues_where_nobody_is_there_are_not_read(workstream, queue, look, presence) -> None:
    make_agent(queues=[queue], presence=presence)
    make_item(workstream)

    assert look().items == []


def test_declined_work_of_queues_where_nobody_is_there_holds_up_no_other(
    workstream, agent, look, monkeypatch, now
) -> None:
    monkeypatch.setattr(waiting_items, "MOST_PERSONAL", 2)
    elsewhere = make_workstream(queue=make_queue())
    for number in range(2):
        make_item(elsewhere, requirement_key=f"own:{number}", at=now - SECOND)
    item = make_item(workstream, requirement_key="own:9", at=now)

    assert [each.id for each in look().items] == [item.pk]


def test_declined_work_that_nobody_can_take_holds_up_none_behind_it(
    workstream, agent, look, monkeypatch, now
) -> None:
    monkeypatch.setattr(waiting_items, "MOST_PERSONAL", 2)
    items = [
        make_item(workstream, requirement_key=f"own:{number}", at=now + number * SECOND)
        for number in range(7)
    ]

    looks = [[each.id for each in look(at=now + turn * SECOND).items] for turn in range(30)]

    assert {id for read in looks for id in read} == {item.pk for item in items}
    assert all(read[:2] == [items[0].pk, items[1].pk] and len(read) == 4 for read in looks)


@pytest.mark.parametrize("is_named", [True, False])
def test_who_comes_back_goes_first_however_much_declined_work_nobody_can_take(
    queue, agent, look, monkeypatch, now, is_named
) -> None:
    monkeypatch.setattr(waiting_items, "MOST_PERSONAL", 2)
    workstream = make_workstream(queue=queue, keep_same_agent=True)
    for number in range(20):
        make_item(workstream, requirement_key=f"own:{number}", at=now - number * SECOND)
    back = make_item(workstream, requirement_key="own:20", last_agent=agent, at=now + SECOND)
    queue_ids = [queue.pk] if is_named else None

    looks = [look(queue_ids=queue_ids, at=now + turn * SECOND).items for turn in range(2, 9)]

    assert all(len(items) == len({each.id for each in items}) for items in looks)
    assert [[each.id for each in items if each.affinity_agent_id] for items in looks] == [
        [back.pk]
    ] * 7


def test_work_without_weight_is_read_for_agents_who_are_full(queue, look, now) -> None:
    agent = make_agent(queues=[queue], units=1)
    in_conversation(make_workstream(queue=queue), agent, now)
    weightless = make_workstream(queue=queue, capacity_units=0, allowed_presences=["busy_dnd"])
    item = make_item(weightless)

    assert [each.id for each in look().items] == [item.pk]


@pytest.mark.parametrize("keeps", [True, False])
def test_the_agent_to_keep_is_read_though_he_serves_another_queue(
    queue, look, agent_of_another_queue: Agent, keeps: bool
) -> None:
    workstream = make_workstream(queue=queue, keep_same_agent=keeps)
    make_item(workstream, last_agent=agent_of_another_queue, requirement_key="own:1")

    situation = look()

    kept = agent_of_another_queue.pk if keeps else None
    assert situation.items[0].affinity_agent_id == kept
    assert [each.id for each in situation.agents] == ([kept] if keeps else [])


def test_any_number_of_items_and_agents_costs_the_same_statements(
    workstream, queue, agent, look, now
) -> None:
    item = offered(workstream, now)
    service.decline(item_id=item.pk, by=agent, now=now)
    few = _statements(look)
    for _ in range(5):
        make_agent(queues=[queue], skills={"Spanish": 5})
        make_item(workstream)
        arrive(workstream, now)

    assert _statements(look) == few <= STATEMENTS


def test_a_long_group_is_read_in_part_and_says_so(workstream, agent, look) -> None:
    template = make_item(workstream)
    WorkItem.objects.bulk_create(make_unsaved(template, number) for number in range(250))

    situation = look()

    group = (template.queue_id, template.requirement_key, None)
    assert len(situation.items) == 200
    assert group in situation.unread


def make_unsaved(template: WorkItem, number: int) -> WorkItem:
    fields = {
        field.attname: getattr(template, field.attname)
        for field in WorkItem._meta.concrete_fields
        if field.attname not in ("id", "conversation_key")
    }
    return WorkItem(**fields | {"title": f"copy {number}"})


def _statements(look) -> int:
    look()
    with CaptureQueriesContext(connection) as queries:
        look()
    own = [each for each in queries.captured_queries if _is_of_load(each["sql"])]
    return len(own)


def _is_of_load(sql: str) -> bool:
    callers = ("queries.agent_facts", "queries.item_facts", "queries.waiting_items")
    return any(f"Called by: {each}" in sql for each in callers)
