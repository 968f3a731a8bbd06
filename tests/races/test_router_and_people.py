"""The router's batches against other routers and people's moves."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connection, transaction

from agents.actions.set_presence import set_presence
from agents.models import Agent, Presence, Skill, User
from routing import service
from routing.dispatcher import lease
from routing.dispatcher.candidates import Candidates
from routing.exceptions import AlreadyTaken
from routing.models import AgentLoad, Assignment, RouterLease
from tests.factories import make_agent, make_queue, make_workstream
from tests.races.together import Move, queued_behind, together
from tests.scenarios import arrive, offered, units_used
from workstreams.actions.change_agents import change_agents
from workstreams.agent_changes import AgentChange
from workstreams.models import Queue, QueueMembership, WorkItem, Workstream
from workstreams.terms import ItemState


def cycle() -> int:
    return service.run_cycle().assigned


def test_two_routers_at_once_give_every_item_once(
    workstream: Workstream, queue: Queue, now: datetime
) -> None:
    agents = [make_agent(queues=[queue], units=3) for _ in range(10)]
    items = [arrive(workstream, now) for _ in range(40)]

    together(cycle, cycle, cycle)
    service.run_cycle()

    assert Assignment.objects.values("item").distinct().count() == Assignment.objects.count() == 30
    assert [units_used(agent) for agent in agents] == [3] * 10
    left = WorkItem.objects.filter(state=ItemState.OPEN)
    assert {item.pk for item in left} == {item.pk for item in items[30:]}


def test_routers_that_give_different_work_give_no_more_than_there_is_room_for(
    queue: Queue, workstream: Workstream, now: datetime
) -> None:
    """Both find room for their two; the second gets to the load when the first is through."""
    other = make_queue()
    agent = make_agent(queues=[queue, other], units=3)
    for each in (workstream, make_workstream(queue=other)) * 2:
        arrive(each, now)

    given = queued_behind(
        AgentLoad.objects.filter(agent=agent),
        lambda: service.run_cycle(queue_ids=[queue.pk]).assigned,
        then=lambda: service.run_cycle(queue_ids=[other.pk]),
    )

    assert (given, units_used(agent)) == ([1], 3)
    assert Assignment.objects.count() == 3


def test_a_batch_leaves_to_others_what_they_have_locked(
    workstream: Workstream, both: list[Agent], now: datetime
) -> None:
    arrive(workstream, now)

    outcomes = queued_behind(AgentLoad.objects.all(), cycle, cycle, waiting=1)

    assert sorted(outcomes) == [0, 1]


def test_another_router_takes_over_once_the_batch_that_is_being_written_is_through(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    arrive(workstream, now)
    epoch = lease.acquire("first")
    assert epoch is not None
    RouterLease.objects.update(expires_at=now)

    outcomes = queued_behind(
        AgentLoad.objects.filter(agent=agent),
        lambda: service.run_cycle(epoch=epoch).assigned,
        lambda: lease.acquire("second"),
    )

    assert outcomes == [1, epoch + 1]
    arrive(workstream, now)
    assert service.run_cycle(epoch=epoch).assigned == 0


def test_an_agent_whose_load_is_held_for_long_holds_up_nobody_else(
    workstream: Workstream, both: list[Agent], now: datetime
) -> None:
    for _ in range(4):
        arrive(workstream, now)

    def impatient_cycle() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        return cycle()

    with transaction.atomic():
        AgentLoad.objects.select_for_update().get(agent=both[0])
        with ThreadPoolExecutor(1) as pool:
            assigned = pool.submit(_closing, impatient_cycle).result()

    assert (assigned, Assignment.objects.filter(agent=both[1]).count()) == (2, 2)
    assert cycle() == 2


def _closing(move: Move) -> int:
    try:
        return int(move())
    finally:
        connection.close()


def test_the_last_place_goes_to_the_router_or_to_a_transfer_but_not_to_both(
    workstream: Workstream, queue: Queue, supervisor: User, now: datetime
) -> None:
    agent = make_agent(queues=[queue], units=1)
    moved, waits = offered(workstream, now), arrive(workstream, now)
    service.accept(item_id=moved.pk, by=agent)
    service.release(item_id=moved.pk, by=agent)

    queued_behind(
        AgentLoad.objects.filter(agent=agent),
        cycle,
        lambda: service.assign(item_id=waits.pk, agent=agent, by=supervisor),
    )

    assert units_used(agent) == 1


def test_a_batch_and_a_transfer_between_its_agents_do_not_block_each_other(
    workstream: Workstream, both: list[Agent], supervisor: User, now: datetime
) -> None:
    moved = offered(workstream, now)
    [other] = [each for each in both if each != moved.agent]
    for _ in range(4):
        arrive(workstream, now)

    # Both wait for the same load: whoever takes loads from there downwards meets the other.
    outcomes = queued_behind(
        AgentLoad.objects.filter(agent=max(both, key=lambda each: each.pk)),
        cycle,
        lambda: service.transfer(item_id=moved.pk, agent=other, by=supervisor),
    )

    assert outcomes == [4, None]
    assert sum(units_used(agent) for agent in both) == 5


def test_a_pick_and_the_router_give_a_pushed_item_once(
    workstream: Workstream, both: list[Agent], now: datetime
) -> None:
    Workstream.objects.filter(pk=workstream.pk).update(may_be_picked=True)
    item = arrive(workstream, now)

    assigned, picked = together(cycle, lambda: service.pick(item_id=item.pk, by=both[0]))

    assert (assigned, type(picked)) in ((0, Assignment), (1, AlreadyTaken))
    assert Assignment.objects.count() == 1
    assert sum(units_used(agent) for agent in both) == 1


def test_a_supervisor_and_the_router_give_an_item_once(
    workstream: Workstream, both: list[Agent], supervisor: User, now: datetime
) -> None:
    item = arrive(workstream, now)

    assigned, given = together(
        cycle, lambda: service.assign(item_id=item.pk, agent=both[0], by=supervisor)
    )

    assert (assigned, type(given)) in ((0, Assignment), (1, AlreadyTaken))
    assert Assignment.objects.count() == 1


def test_who_goes_offline_while_the_batch_waits_for_his_load_is_not_offered_work(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = arrive(workstream, now)
    offline = Presence.objects.get(name="offline")

    outcome = queued_behind(
        AgentLoad.objects.filter(agent=agent),
        cycle,
        then=lambda: set_presence(agent=agent, presence=offline, by=None, now=now),
    )

    item.refresh_from_db()
    assert (outcome, item.state) == ([0], ItemState.OPEN)


def test_who_leaves_the_queue_while_the_batch_waits_for_his_load_is_not_offered_work(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = arrive(workstream, now)

    outcome = queued_behind(
        AgentLoad.objects.filter(agent=agent),
        cycle,
        then=QueueMembership.objects.filter(agent=agent).delete,
    )

    item.refresh_from_db()
    assert (outcome, item.state) == ([0], ItemState.OPEN)


@pytest.mark.parametrize("remembers", [True, False])
def test_who_loses_a_skill_while_the_batch_waits_for_his_load_is_not_offered_work_that_needs_it(
    workstream: Workstream, queue: Queue, administrator: User, now: datetime, remembers: bool
) -> None:
    dora, german = make_agent(queues=[queue], skills={"German": 5}), Skill.objects.get()
    item = arrive(workstream, now, skills={german: 5})
    candidates = Candidates(lease.acquire("this one") or 0) if remembers else None
    change = AgentChange(skills_removed=[german])

    outcome = queued_behind(
        AgentLoad.objects.filter(agent=dora),
        lambda: service.run_cycle(candidates=candidates).assigned,
        then=lambda: change_agents(agent_ids=[dora.pk], change=change, by=administrator, now=now),
    )

    item.refresh_from_db()
    assert (outcome, item.state) == ([0], ItemState.OPEN)
    assert service.run_cycle(candidates=candidates).proposed == 0
