"""What nobody can take is not read again before that may have changed."""

from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from django.db import connection

from agents.models import Agent, AgentSkill, User
from routing import configuration, service
from routing.dispatcher.candidates import Candidates
from routing.models import Assignment
from tests.factories import make_agent, make_item, make_queue, make_skill, make_workstream
from tests.scenarios import arrive
from workstreams.models import Queue, WorkItem, Workstream

pytestmark = pytest.mark.django_db

MINUTE: Final = timedelta(minutes=1)


@pytest.fixture
def latin(candidates: Candidates, workstream: Workstream, dora: Agent, now: datetime) -> WorkItem:
    """Work that nobody has the skill for."""
    item = arrive(workstream, now, skills={make_skill("Latin"): None})
    assert cycle(candidates, now) == 0
    return item


def blocked_groups(candidates: Candidates) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        arrays = candidates.blocked.arrays()
        cursor.execute("SELECT * FROM unnest(%s::bigint[], %s::text[])", arrays)
        found: list[tuple[int, str]] = cursor.fetchall()
    return found


def cycle(candidates: Candidates, now: datetime, **options: Any) -> int:
    epoch = candidates.epoch
    return service.run_cycle(now=now, candidates=candidates, epoch=epoch, **options).assigned


def test_work_that_nobody_can_take_is_not_read_again_while_nobody_changes(
    candidates: Candidates, latin: WorkItem, workstream: Workstream, now: datetime
) -> None:
    assert blocked_groups(candidates) == [(latin.queue_id, latin.requirement_key)]
    other = arrive(workstream, now)

    assert cycle(candidates, now) == 1

    states = dict(WorkItem.objects.values_list("pk", "state"))
    assert states == {latin.pk: "open", other.pk: "active"}


def test_it_stays_known_while_other_queues_get_all_that_was_decided(
    candidates: Candidates, latin: WorkItem, now: datetime
) -> None:
    elsewhere = make_queue("Elsewhere")
    make_agent(queues=[elsewhere])
    arrive(make_workstream(queue=elsewhere), now)

    assert cycle(candidates, now) == 1
    assert blocked_groups(candidates) == [(latin.queue_id, latin.requirement_key)]


def test_work_is_read_again_once_a_member_learned_what_it_takes(
    candidates: Candidates, latin: WorkItem, dora: Agent, now: datetime
) -> None:
    AgentSkill.objects.create(agent=dora, skill=make_skill("Latin"), rating=1)

    assert cycle(candidates, now) == 1


def test_work_is_read_again_once_the_rules_changed(
    candidates: Candidates, latin: WorkItem, workstream: Workstream, now: datetime
) -> None:
    workstream.skill_matching = "closest"
    workstream.save()
    configuration.publish(by=None, now=now)

    assert cycle(candidates, now) == 1


def test_work_is_read_again_after_the_agents_were_compared(
    candidates: Candidates, latin: WorkItem, now: datetime
) -> None:
    service.compare_candidates(candidates=candidates, now=now)

    assert blocked_groups(candidates) == []


def test_what_lost_a_race_leaves_room_for_what_looked_blocked(
    candidates: Candidates,
    workstream: Workstream,
    queue: Queue,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_agent(queues=[queue], units=1)
    arrive(workstream, now)
    heavier = make_workstream(queue=queue, capacity_units=1)
    arrive(heavier, now)
    with monkeypatch.context() as patch:
        patch.setattr("routing.dispatcher.cycle.commit", lambda **_: [])
        assert cycle(candidates, now) == 0

    assert blocked_groups(candidates) == []
    assert cycle(candidates, now) == 1


def test_what_lost_a_race_leaves_no_room_in_other_queues(
    candidates: Candidates,
    latin: WorkItem,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    elsewhere = make_queue("Elsewhere")
    make_agent(queues=[elsewhere])
    arrive(make_workstream(queue=elsewhere), now)
    with monkeypatch.context() as patch:
        patch.setattr("routing.dispatcher.cycle.commit", lambda **_: [])
        assert cycle(candidates, now) == 0

    assert blocked_groups(candidates) == [(latin.queue_id, latin.requirement_key)]


def test_what_was_decided_but_is_left_to_the_next_cycle_blocks_nothing(
    candidates: Candidates, workstream: Workstream, queue: Queue, supervisor: User, now: datetime
) -> None:
    """Of ten alike all that was read is given, and what was decided behind them is not."""
    make_agent(queues=[queue], units=12)
    elsewhere = make_queue("Elsewhere")
    make_agent(queues=[elsewhere], units=1)
    for _ in range(12):
        make_item(workstream, at=now, required_units=1)
    alone = make_workstream(queue=elsewhere)
    decided = make_item(alone, at=now + MINUTE, required_units=1)
    waits = make_item(alone, at=now + 2 * MINUTE, required_units=1, requirement_key="other")
    configuration.publish(by=None, now=now)
    assert cycle(candidates, now, limit=12) == 10

    service.force_close(item_id=decided.pk, by=supervisor, now=now)
    cycle(candidates, now, limit=12)

    assert Assignment.objects.filter(item=waits).exists()
