"""What the router remembers of agents, while others change them on connections of their own."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from agents.actions.set_agent_attributes import set_agent_attributes
from agents.actions.set_presence import set_presence
from agents.models import Agent, AgentAttribute, AgentPresence, AgentSkill, Presence
from config.clock import database_now
from routing import configuration, service
from routing.dispatcher import lease
from routing.dispatcher.candidates import Candidates
from routing.dispatcher.cycle import run_cycle
from routing.engine.methods.built_in import rulesets_of
from routing.models import AgentLoad, Assignment
from tests.factories import make_agent, make_attribute, make_method, make_skill
from tests.races.together import Elsewhere, queued_behind, together
from tests.routing.engine.methods import row
from tests.scenarios import arrive
from workstreams.models import Queue, QueueMembership, WorkItem, Workstream
from workstreams.terms import SkillMatching


@pytest.fixture
def candidates(now: datetime) -> Candidates:
    epoch = lease.acquire("this one")
    assert epoch is not None
    return Candidates(epoch)


def cycle(candidates: Candidates) -> int:
    return service.run_cycle(epoch=candidates.epoch, candidates=candidates).assigned


def several(candidates: Candidates) -> int:
    """Batches of two of which the next is decided while one is written."""
    result = run_cycle(
        now=database_now(), epoch=candidates.epoch, limit=2, batches=4, candidates=candidates
    )
    return result.assigned


def comes_back(agent: Agent, now: datetime) -> None:
    available = Presence.objects.get(name="available")
    set_presence(agent=agent, presence=available, by=None, now=now)


CHANGES: dict[str, tuple[dict[str, Any], Callable[[Agent, Queue, datetime], Any]]] = {
    "presence": ({"presence": "away"}, lambda agent, _, now: comes_back(agent, now)),
    "membership": (
        {"queues": []},
        lambda agent, queue, _: QueueMembership.objects.create(agent=agent, queue=queue),
    ),
    "skill": (
        {"skills": {}},
        lambda agent, *_: AgentSkill.objects.create(
            agent=agent, skill=make_skill("Latin"), rating=5
        ),
    ),
    "attribute": (
        {"site": "Bonn"},
        lambda agent, _, now: set_agent_attributes(
            agent=agent, values={AgentAttribute.objects.get(): "Rome"}, by=None, now=now
        ),
    ),
    "limit": (
        {"units": 0},
        lambda agent, *_: Agent.objects.filter(pk=agent.pk).update(capacity_units=1),
    ),
}


def asks_the_site(queue: Queue) -> None:
    """What the built-in method asks, and an attribute."""
    [ruleset] = rulesets_of("highest_capacity", SkillMatching.EXACT)
    ruleset["rules"][0]["when"]["all"].append(row("agent.attributes.Site", "equals", "Rome"))
    Queue.objects.filter(pk=queue.pk).update(custom_method=make_method(rulesets=[ruleset]))


@pytest.mark.parametrize(("lacks", "change"), CHANGES.values(), ids=CHANGES.keys())
def test_a_change_is_seen_by_the_first_cycle_after_its_commit_however_long_that_took(
    lacks: dict[str, Any],
    change: Callable[[Agent, Queue, datetime], Any],
    workstream: Workstream,
    queue: Queue,
    candidates: Candidates,
    now: datetime,
) -> None:
    make_skill("Latin")
    given: dict[str, Any] = {"queues": [queue], "units": 1, "skills": {"Latin": 5}}
    wanted = {**given, "site": "Rome", **lacks}
    site = wanted.pop("site")
    agent = make_agent(**wanted)
    attribute = make_attribute("Site")
    set_agent_attributes(agent=agent, values={attribute: site}, by=None, now=now)
    asks_the_site(queue)
    arrive(workstream, now, skills={make_skill("Latin"): None})
    before = cycle(candidates)
    elsewhere = Elsewhere(lambda: change(agent, queue, now))
    during = [cycle(candidates) for _ in range(2)]

    elsewhere.commit()

    assert (before, during, cycle(candidates)) == (0, [0, 0], 1)


def test_room_that_comes_back_meanwhile_is_seen(
    workstream: Workstream, queue: Queue, candidates: Candidates, now: datetime
) -> None:
    agent = make_agent(queues=[queue], units=1)
    first, _ = arrive(workstream, now), arrive(workstream, now)
    given = cycle(candidates)
    elsewhere = Elsewhere(lambda: service.decline(item_id=first.pk, by=agent))
    during = cycle(candidates)

    elsewhere.commit()

    assert (given, during, cycle(candidates)) == (1, 0, 1)


def test_what_the_routers_own_connection_changes_beside_its_batches_is_seen(
    workstream: Workstream, queue: Queue, candidates: Candidates, now: datetime
) -> None:
    agent = make_agent(queues=[queue], units=1)
    first, _ = arrive(workstream, now), arrive(workstream, now)
    given = [cycle(candidates) for _ in range(2)]

    service.decline(item_id=first.pk, by=agent)

    assert (given, cycle(candidates)) == ([1, 0], 1)


@pytest.mark.parametrize("batches", [cycle, several])
def test_picks_beside_the_routers_batches_are_remembered_rightly(
    batches: Callable[[Candidates], int],
    workstream: Workstream,
    queue: Queue,
    candidates: Candidates,
    now: datetime,
) -> None:
    Workstream.objects.filter(pk=workstream.pk).update(may_be_picked=True)
    agents = [make_agent(queues=[queue], units=3) for _ in range(6)]
    items = [arrive(workstream, now) for _ in range(24)]

    for number, agent in enumerate(agents[:4]):
        together(
            partial(batches, candidates),
            partial(service.pick, item_id=items[number * 5].pk, by=agent),
            partial(service.pick, item_id=items[23 - number].pk, by=agent),
        )

    assert service.compare_candidates(candidates=candidates) == 0
    used = {each.agent_id: each.units_used for each in AgentLoad.objects.all()}
    assert {each.id: each.units_used for each in candidates.staff} == used


def test_a_batch_behind_one_that_waited_for_a_lock_and_lost_is_not_written(
    workstream: Workstream, queue: Queue, candidates: Candidates, now: datetime
) -> None:
    first, second = (make_agent(queues=[queue], units=units) for units in (4, 2))
    items = [arrive(workstream, now) for _ in range(4)]
    candidates.refresh(configuration.current())

    [assigned] = queued_behind(
        AgentLoad.objects.filter(agent=first),
        partial(several, candidates),
        then=lambda: AgentPresence.objects.filter(agent=first).update(base="away"),
    )

    assert (assigned, Assignment.objects.count()) == (0, 0)
    assert several(candidates) == 2
    held = WorkItem.objects.filter(agent=second).order_by("pk")
    assert list(held) == items[:2]


def test_a_router_with_an_old_lease_writes_nothing_from_memory(
    workstream: Workstream, queue: Queue, candidates: Candidates, now: datetime
) -> None:
    make_agent(queues=[queue], units=1)
    arrive(workstream, now)
    configuration.publish(by=None, now=now)
    candidates.refresh(configuration.current())
    lease.give_up(candidates.epoch)
    newer = lease.acquire("another")

    assert cycle(candidates) == 0
    assert newer is not None
    assert cycle(Candidates(newer)) == 1
