"""Several batches of one cycle come to what as many cycles would, and none is written too early."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from agents.models import Agent
from routing import configuration
from routing.dispatcher import lease
from routing.dispatcher.candidates import Candidates
from routing.dispatcher.commit import commit
from routing.dispatcher.cycle import CycleResult, run_cycle
from routing.dispatcher.load import Group, Situation
from routing.engine.decisions import Proposal
from routing.engine.facts import ItemFacts
from routing.engine.staff import Staff
from routing.engine.steps import finished
from routing.models import AgentChange, AgentLoad, Assignment, RouterLease, RoutingDecision
from routing.queries.agent_facts import load_agents
from routing.queries.replay import replay
from routing.terms import How
from tests.factories import make_agent, make_item, make_queue, make_skill, make_workstream
from tests.routing.engine.situations import an_item
from workstreams.models import Queue, Workstream

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True, params=[1, 1000], ids=["meanwhile", "in turn"])
def many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small batches are written with other work meanwhile, as large ones are, and without; however
    long they take, their cycle goes on."""
    monkeypatch.setattr("routing.dispatcher.cycle.MANY", request.param)
    for name in ("batches.LONGEST_SECONDS", "enough.LONGEST_DECIDING"):
        monkeypatch.setattr(f"routing.dispatcher.{name}", 600)


@pytest.fixture
def candidates(db: None, now: datetime) -> Candidates:
    """An active router's, with nothing read yet."""
    epoch = lease.acquire("this one")
    assert epoch is not None
    return Candidates(epoch)


@pytest.fixture
def crowded(workstream: Workstream, queue: Queue, now: datetime) -> Workstream:
    """Nine items of three sorts for four agents with different room."""
    spanish = make_skill("Spanish")
    for number, units in enumerate((9, 5, 4, 3)):
        make_agent(f"a{number}", queues=[queue], units=units, skills={"Spanish": number + 1})
    for number in range(9):
        needs = {"required_skills": [[spanish.pk, 2]], "requirement_key": "Spanish"}
        more = needs if number % 3 == 1 else {}
        make_item(workstream, at=now + number * MINUTE, required_units=1, **more)
    make_item(make_workstream(queue=queue), at=now, required_units=2)
    configuration.publish(by=None, now=now)
    return workstream


def cycle(candidates: Candidates, now: datetime, **options: Any) -> CycleResult:
    return run_cycle(now=now, epoch=candidates.epoch, candidates=candidates, **options)


def given() -> list[tuple[int, int]]:
    rows = Assignment.objects.order_by("pk").values_list("item_id", "agent_id")
    return [(item_id, agent_id) for item_id, agent_id in rows]


def in_rows() -> dict[int, Any]:
    ids = list(Agent.objects.values_list("pk", flat=True))
    found = load_agents(published=configuration.current(), agent_ids=ids)
    return {each.id: each for each in found}


def known(candidates: Candidates) -> dict[int, Any]:
    return {each.id: each for each in candidates.staff}


def test_batches_of_one_reading_give_what_single_cycles_give(crowded, candidates, now):
    with transaction.atomic():
        results = [
            cycle(Candidates(candidates.epoch), now + number * MINUTE / 60, limit=2)
            for number in range(5)
        ]
        one_by_one = given()
        transaction.set_rollback(True)

    together = cycle(candidates, now, limit=2, batches=5)

    assert together.assigned == sum(each.assigned for each in results) == 10
    assert given() == one_by_one
    assert known(candidates) == in_rows()


def test_each_batch_is_a_decision_of_its_own_that_can_be_made_again(crowded, candidates, now):
    cycle(candidates, now, limit=2, batches=5)

    moments = Counter(Assignment.objects.values_list("offered_at", flat=True))
    assert list(moments.values()) == [2] * 5
    assert min(moments) == now
    assert [replay(each).is_same for each in RoutingDecision.objects.order_by("pk")] == [True] * 10


def test_what_is_checked_by_the_end_is_checked_before_the_commit(crowded, candidates, now):
    with CaptureQueriesContext(connection) as asked:
        cycle(candidates, now, limit=2, batches=2)

    writing = [each["sql"] for each in asked if not each["sql"].startswith(("RELEASE", "SAVE"))]
    checks = [place for place, sql in enumerate(writing) if sql.startswith("SET CONSTRAINTS")]
    assert len(checks) == 2
    assert checks[-1] == len(writing) - 1


def test_without_a_memory_there_is_one_batch(crowded, now):
    result = run_cycle(now=now, limit=2, batches=5)

    assert (result.assigned, result.has_more) == (2, True)


def test_a_cycle_that_stops_at_its_batches_says_that_there_is_more(crowded, candidates, now):
    result = cycle(candidates, now, limit=2, batches=3)

    assert (result.assigned, result.has_more) == (6, True)


def test_after_a_batch_that_lost_something_nothing_decided_ahead_is_written(
    crowded, candidates, now
):
    candidates.refresh(configuration.current())
    full = Agent.objects.get(user__username="a0")
    AgentLoad.objects.update_or_create(agent=full, defaults={"units_used": 9})
    AgentChange.objects.all().delete()

    result = cycle(candidates, now, limit=2, batches=5)

    assert (result.proposed, result.assigned, result.has_more) == (2, 0, False)
    assert not Assignment.objects.exists()
    again = cycle(candidates, now, limit=2, batches=5)
    first = Assignment.objects.order_by("pk")[0]
    assert again.assigned == 10
    assert first.agent != full
    assert known(candidates) == in_rows()


def test_what_was_decided_ahead_of_a_loss_blocks_nothing(workstream, queue, candidates, now):
    elsewhere = make_queue("Elsewhere")
    full, _ = make_agent(queues=[queue], units=2), make_agent(queues=[elsewhere], units=1)
    for minutes in (0, 1):
        make_item(workstream, at=now + minutes * MINUTE, required_units=1)
    ahead = make_workstream(queue=elsewhere)
    for minutes, key in ((2, ""), (3, "other")):
        needs = {"required_units": 1, "requirement_key": key}
        make_item(ahead, at=now + minutes * MINUTE, **needs)
    configuration.publish(by=None, now=now)
    candidates.refresh(configuration.current())
    AgentLoad.objects.update_or_create(agent=full, defaults={"units_used": 2})
    AgentChange.objects.all().delete()

    result = cycle(candidates, now, limit=2, batches=2)

    assert (result.proposed, result.assigned) == (2, 0)
    assert candidates.blocked.arrays() == ("{}", "{}")


def test_what_was_written_before_a_loss_stays(crowded, candidates, now, taken_over):
    result = cycle(candidates, now, limit=2, batches=5)

    assert (result.proposed, result.assigned, result.has_more) == (4, 2, True)
    RouterLease.objects.update(epoch=candidates.epoch)
    candidates.refresh(configuration.current())
    assert known(candidates) == in_rows()


@pytest.fixture
def taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another router takes over between the first batch and the second."""

    def and_take_over(**said: Any) -> list[Proposal]:
        kept = commit(**said)
        RouterLease.objects.update(epoch=10_000)
        return kept

    monkeypatch.setattr("routing.dispatcher.cycle.commit", and_take_over)


def test_when_writing_fails_what_was_decided_ahead_is_forgotten_too(
    crowded, candidates, now, monkeypatch
):
    with monkeypatch.context() as patch, transaction.atomic():
        patch.setattr("routing.dispatcher.commit.DecisionStage", None)
        with pytest.raises(AttributeError):
            cycle(candidates, now, limit=2, batches=5)

    candidates.refresh(configuration.current())
    assert known(candidates) == in_rows()
    assert cycle(candidates, now, limit=2, batches=5).assigned == 10


def test_nobody_is_overtaken_where_a_batch_ends_with_the_last_that_was_read(
    workstream, queue, candidates, now
):
    make_agent("amira", queues=[queue], units=11, is_manual=True)
    old = [
        make_item(workstream, at=now + number * MINUTE, required_units=1) for number in range(12)
    ]
    for number in range(3):
        later = now + (20 + number) * MINUTE
        make_item(workstream, at=later, required_units=1, requirement_key=f"sort {number}")
    configuration.publish(by=None, now=now)

    while cycle(candidates, now, limit=10, batches=2).has_more:
        now += MINUTE

    assert [item_id for item_id, _ in given()] == [item.pk for item in old[:11]]


def situation(*items: ItemFacts) -> Situation:
    shares: Counter[Group] = Counter((item.queue_id, item.requirement_key, None) for item in items)
    return Situation(read=list(items), staff=Staff(), lots={}, shares=shares)


def given_to(item: ItemFacts, id: int) -> Proposal:
    return Proposal(
        item_id=id,
        agent_id=1,
        queue_id=item.queue_id or 0,
        requirement_key=item.requirement_key,
        units=1,
        profiles=(),
        how=How.PUSH,
        numbers={},
    )


def test_of_a_group_the_next_one_stands_in_front():
    front = an_item(1, waits=30)
    behind = tuple((front.waiting_since + number * MINUTE, 10 + number) for number in range(3))
    front = replace(front, behind=behind)

    [first] = finished(situation(front).without([given_to(front, 1)])).read
    both = [given_to(front, 1), given_to(front, 10)]
    [second] = finished(situation(front).without(both)).read

    assert (first.id, first.waiting_since, first.behind) == (10, behind[0][0], behind[1:])
    assert (second.id, second.behind) == (11, behind[2:])


def test_what_was_all_given_is_gone_and_others_stay():
    alone, other = an_item(1), an_item(2, requirement_key="Latin")
    front = replace(an_item(3, queue_id=5), behind=((alone.waiting_since, 4),))

    given = [given_to(alone, 1), given_to(front, 3), given_to(front, 4)]
    left = finished(situation(alone, other, front).without(given))

    assert left.read == [other]
    assert +left.shares == Counter({(other.queue_id, "Latin", None): 1})
