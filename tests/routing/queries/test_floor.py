"""What the floor counts, and what it costs."""

from datetime import timedelta
from typing import Any

import pytest

from agents.models import Agent, AgentPresence, AgentSkill
from routing import configuration
from routing.models import AgentLoad, ProfileLoad
from routing.queries.floor import counts_by_queue, queue_rows, tiles, total, with_room
from routing.queries.floor_agents import AgentFilters, agent_page
from routing.queries.floor_candidates import choices_for
from routing.queries.work_item_filters import ItemFilters
from routing.queries.work_items import all_items, unfinished
from tests.factories import (
    make_agent,
    make_item,
    make_profile,
    make_queue,
    make_skill,
    make_workstream,
)
from workstreams.models import WorkItem
from workstreams.terms import ItemState, Reason

pytestmark = pytest.mark.django_db


def hold(workstream, agent, state=ItemState.ACTIVE, reason=Reason.IN_CONVERSATION, **fields):
    return make_item(workstream, agent=agent, state=state, reason=reason, **fields)


def test_items_are_counted_by_queue_and_by_what_happens_to_them(workstream, agent, queue, now):
    make_item(workstream, at=now)
    make_item(workstream, at=now - timedelta(minutes=5))
    hold(workstream, agent)
    hold(workstream, agent, reason=Reason.AWAITING_AGENT_ACCEPTANCE)
    hold(workstream, agent, ItemState.WAITING, Reason.AWAITING_CUSTOMER_RESPONSE)
    hold(workstream, agent, ItemState.WRAP_UP, Reason.AGENT_MOVED_TO_WRAP_UP)

    counts = counts_by_queue()[queue.pk]

    assert (counts.waiting, counts.longest_since) == (2, now - timedelta(minutes=5))
    assert (counts.offered, counts.in_conversation) == (1, 1)
    assert (counts.with_customer, counts.wrap_up) == (1, 1)


def test_the_longest_wait_leaves_out_the_time_with_an_agent(workstream, queue, now):
    make_item(workstream, at=now - timedelta(hours=1), put_back_at=now - timedelta(minutes=1))
    make_item(workstream, at=now - timedelta(minutes=2))

    counts = counts_by_queue()[queue.pk]

    assert (counts.waiting, counts.longest_since) == (2, now - timedelta(minutes=2))


def test_the_longest_wait_of_all_is_the_longest_of_any_queue(workstream, now):
    make_item(workstream, at=now)
    make_item(make_workstream(), at=now - timedelta(hours=1))

    everything = total(counts_by_queue().values())

    assert (everything.waiting, everything.longest_since) == (2, now - timedelta(hours=1))


def test_the_tiles_and_the_table_count_alike(workstream, agent, now):
    for place in (workstream, make_workstream(queue=make_queue("Sales")), make_workstream()):
        make_item(place, at=now)
        hold(place, agent)
        hold(place, agent, ItemState.WRAP_UP, Reason.AGENT_MOVED_TO_WRAP_UP)
    counts = counts_by_queue()

    everything = tiles(counts, today=now).counts

    assert everything == total(row.counts for row in queue_rows(counts))
    listed = unfinished(ItemFilters()).rows
    assert everything.waiting == len([row for row in listed if row.state == ItemState.OPEN]) == 3
    assert everything.in_progress == len(listed) - everything.waiting == 6


def test_closed_today_counts_items_with_and_without_an_agent(workstream, agent, now):
    closed: dict[str, Any] = {"state": ItemState.CLOSED, "reason": Reason.ENDED_BY_AGENT}
    make_item(workstream, **closed, agent=agent, closed_at=now)
    make_item(workstream, **closed, closed_at=now)
    make_item(workstream, **closed, agent=agent, closed_at=now - timedelta(days=1))

    assert tiles({}, today=now.replace(hour=0)).closed_today == 2


def test_agents_without_a_presence_count_as_offline(agent, second_agent, now):
    AgentPresence.objects.filter(agent=second_agent).delete()

    shown = tiles({}, today=now)

    assert (shown.available, shown.signed_in, shown.presences["offline"]) == (1, 1, 1)


def test_work_that_nobody_can_take_alarms_the_tile(workstream, now):
    make_item(workstream)

    assert tiles(counts_by_queue(), today=now).alarm == "No agent is available"


@pytest.mark.parametrize(
    ("presence", "alarm"),
    [
        (None, "No members"),
        ("offline", "No member signed in"),
        ("away", "No member available"),
        ("available", ""),
    ],
)
def test_a_queue_with_work_names_why_nobody_comes(workstream, queue, presence, alarm):
    if presence:
        make_agent(presence=presence, queues=[queue])
    make_item(workstream)

    rows = {row.id: row for row in queue_rows(counts_by_queue())}

    assert rows[queue.pk].alarm == alarm


def test_an_empty_queue_without_members_is_no_alarm(queue):
    assert not any(row.alarm for row in queue_rows({}))


def test_room_is_counted_in_units_or_in_any_profile(queue):
    profile = make_profile(limit=1)
    AgentLoad.objects.filter(agent=make_agent(queues=[queue])).update(units_used=3)
    make_agent(units=None, queues=[queue], profiles=[profile])
    full = make_agent(units=None, queues=[queue], profiles=[profile])
    ProfileLoad.objects.create(agent=full, profile=profile, used=1)
    make_agent(queues=[queue], presence="offline")

    row = row_of(queue)

    assert (row.members, row.signed_in, row.taking, row.with_room) == (4, 3, 3, 1)


def row_of(queue):
    return next(row for row in with_room(queue_rows({})) if row.id == queue.pk)


def room_of(queue):
    return row_of(queue).with_room


def test_room_is_what_the_waiting_items_need(workstream, queue):
    calls, mail = make_profile("Some calls", limit=1), make_profile("Some mail", limit=1)
    full = make_agent(queues=[queue], profiles=[calls, mail])
    ProfileLoad.objects.create(agent=full, profile=calls, used=1)
    make_agent(queues=[queue])
    make_item(workstream, required_units=0, required_profiles=[calls.pk])

    assert room_of(queue) == 0

    make_item(workstream, required_units=0, required_profiles=[mail.pk])
    assert room_of(queue) == 1

    make_item(workstream, required_units=3)
    assert room_of(queue) == 2

    AgentLoad.objects.update(units_used=1)
    assert room_of(queue) == 1


def test_at_the_limit_of_a_blocking_profile_there_is_room_for_nothing(workstream, queue):
    calls = make_profile("Some calls", limit=1)
    type(calls).objects.filter(pk=calls.pk).update(blocks_assignment=True)
    agent = make_agent(queues=[queue], profiles=[calls, make_profile()])
    assert room_of(queue) == 1

    ProfileLoad.objects.create(agent=agent, profile=calls, used=1)

    assert room_of(queue) == 0
    make_item(workstream)
    assert room_of(queue) == 0


def test_disabled_members_are_not_counted(queue, agent):
    Agent.objects.update(is_enabled=False)

    assert next(row for row in queue_rows({}) if row.id == queue.pk).members == 0


def test_queues_come_by_priority_and_name():
    make_queue("Zeta", priority=1)
    make_queue("Alpha", priority=9)

    names = [row.name for row in queue_rows({})]

    assert names.index("Zeta") < names.index("Alpha")


def test_agents_come_by_presence_with_what_they_hold(workstream, queue, agent):
    make_agent("aaron", presence="busy", queues=[queue])
    make_agent("omar", presence="offline", queues=[queue])
    item = hold(workstream, agent)

    page = agent_page(AgentFilters())

    assert [row.name for row in page.rows] == ["alice", "aaron"]
    assert [held.id for held in page.rows[0].work.items] == [item.pk]
    assert (page.presences, page.signed_in) == ({"available": 1, "busy": 1, "offline": 1}, 2)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"presence": "offline"}, ["omar", "unknown"]),
        ({"search": "ALI"}, ["alice"]),
        ({"queue_id": 999_999}, []),
    ],
)
def test_agents_are_filtered_by_presence_name_and_queue(agent, asked, names):
    make_agent("omar", presence="offline")
    AgentPresence.objects.filter(agent=make_agent("unknown")).delete()

    assert [row.name for row in agent_page(AgentFilters(**asked)).rows] == names


def test_choices_name_by_how_much_a_limit_is_passed(workstream, agent, second_agent):
    AgentLoad.objects.filter(agent=agent).update(units_used=3)

    choices = {choice.name: choice for choice in choices_for(make_item(workstream))}

    assert choices["alice"].excess == ("Units: 3 of 3 before, 4 of 3 with it, 1 over",)
    assert choices["bob"].excess == ()


def test_choices_name_the_profile_that_is_missing_or_full(workstream):
    profile = make_profile("Complex", limit=1)
    full = make_agent("full", profiles=[profile])
    ProfileLoad.objects.create(agent=full, profile=profile, used=1)
    make_agent("without")
    item = make_item(workstream, required_units=0, required_profiles=[profile.pk])

    excess = {choice.name: choice.excess for choice in choices_for(item)}

    assert excess["full"] == ("Complex: 1 of 1 before, 2 of 1 with it, 1 over",)
    assert excess["without"] == ("without a capacity profile this work needs",)


def test_members_of_the_queue_are_offered_first(workstream, agent):
    make_agent("aaron")
    make_agent("zoe", presence="offline", queues=[workstream.fallback_queue])

    choices = choices_for(make_item(workstream))

    assert [choice.name for choice in choices] == ["alice", "zoe", "aaron"]
    assert [choice.is_allowed for choice in choices] == [True, False, True]


def test_who_has_the_skills_comes_first_then_who_has_some(workstream, agent):
    french, chess = make_skill("French"), make_skill("Chess")
    both = {"French": 5, "Chess": 5}
    make_agent("zed", presence="offline", skills=both)
    make_agent("yan", skills={"French": 5})
    make_agent("xue", skills={"French": 2, "Chess": 5})
    AgentSkill.objects.filter(agent=make_agent("wim", skills=both)).update(is_active=False)
    item = make_item(workstream, required_skills=[[french.pk, 3], [chess.pk, None]])

    choices = choices_for(item)

    assert [(choice.name, choice.fit) for choice in choices] == [
        ("zed", "has 2 of 2 skills"),
        ("xue", "has 1 of 2 skills"),
        ("yan", "has 1 of 2 skills"),
        ("alice", "has 0 of 2 skills"),
        ("wim", "has 0 of 2 skills"),
    ]
    assert {choice.fit for choice in choices_for(make_item(workstream))} == {""}


@pytest.mark.parametrize("number_of_agents", [2, 5])
def test_reads_cost_the_same_however_much_there_is(
    workstream, queue, now, number_of_agents, django_assert_num_queries
):
    for _ in range(number_of_agents):
        hold(workstream, make_agent(queues=[queue], profiles=[make_profile()]))
        make_item(workstream)
    configuration.current()

    with django_assert_num_queries(2):
        counts = counts_by_queue()
    with django_assert_num_queries(3):
        tiles(counts, today=now)
    with django_assert_num_queries(3):
        rows = queue_rows(counts)
    with django_assert_num_queries(3):
        with_room(rows)
    with django_assert_num_queries(5):
        agent_page(AgentFilters())
    with django_assert_num_queries(1):
        unfinished(ItemFilters())
    with django_assert_num_queries(1):
        all_items(ItemFilters())
    item = WorkItem.objects.select_related("workstream").earliest("pk")
    with django_assert_num_queries(4):
        choices_for(item)
