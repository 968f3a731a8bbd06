"""A router that decides for long writes what it has, and goes on with the rest."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from types import SimpleNamespace

import pytest

from routing import configuration
from routing.dispatcher.cycle import run_cycle
from routing.dispatcher.enough import LONGEST_DECIDING, Allowance, Enough
from routing.models import Assignment
from tests.factories import make_agent, make_item, make_queue, make_skill, make_workstream
from workstreams.models import Queue, Workstream


@pytest.mark.django_db
def test_what_was_left_is_given_in_the_next_cycle_in_its_order(
    workstream: Workstream, queue: Queue, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_agent(queues=[queue], units=9)
    items = [
        make_item(workstream, at=now - timedelta(seconds=9 - number), required_units=1)
        for number in range(3)
    ]
    configuration.publish(by=None, now=now)
    monkeypatch.setattr("routing.dispatcher.batches.Enough", lambda _: lambda given: given >= 2)

    results = [run_cycle(now=now), run_cycle(now=now)]

    assert [(each.assigned, each.has_more) for each in results] == [(2, True), (1, False)]
    given = Assignment.objects.order_by("pk").values_list("item", flat=True)
    assert list(given) == [item.pk for item in items]


@pytest.mark.parametrize(
    ("moments", "answers"),
    [
        ((0.1, 0.2, 1.0, 1.2), (False, False, False, True)),
        ((5.0, 6.5, 9.9, 10.0), (False, False, False, True)),
    ],
    ids=["the first one was soon found", "it took long to find"],
)
def test_it_goes_on_for_as_long_as_it_looked_for_the_first_one_and_for_a_second(
    monkeypatch: pytest.MonkeyPatch, moments: tuple[float, ...], answers: tuple[bool, ...]
) -> None:
    clock: Iterator[float] = iter((0.0, *moments))
    here = SimpleNamespace(monotonic=lambda: next(clock))
    monkeypatch.setattr("routing.dispatcher.enough.time", here)
    is_enough = Enough(Allowance())

    assert not is_enough(0)
    assert tuple(is_enough(1) for _ in moments) == answers


@pytest.mark.parametrize(
    ("given", "allowed"),
    [((1, 1, 1, 1), 4.0), ((1, 20, 40, 60), 1.0)],
    ids=["nobody took the rest", "the rest was slow, but went"],
)
def test_the_next_batch_has_more_time_only_where_this_one_spent_its_own_in_vain(
    monkeypatch: pytest.MonkeyPatch, given: tuple[int, ...], allowed: float
) -> None:
    clock: Iterator[float] = iter((0.0, 0.1, 1.0, 2.0, 2.2))
    here = SimpleNamespace(monotonic=lambda: next(clock))
    monkeypatch.setattr("routing.dispatcher.enough.time", here)
    allowance = Allowance()
    allowance.seconds = 2 * LONGEST_DECIDING
    is_enough = Enough(allowance)

    assert [is_enough(number) for number in given] == [False, False, False, True]
    assert allowance.seconds == allowed * LONGEST_DECIDING


@pytest.mark.django_db
def test_a_full_batch_needs_no_more_time_for_the_next_one(
    workstream: Workstream, queue: Queue, now: datetime
) -> None:
    make_agent(queues=[queue], units=9)
    for _ in range(2):
        make_item(workstream, at=now, required_units=1)
    configuration.publish(by=None, now=now)
    allowance = Allowance()
    allowance.seconds = 32 * LONGEST_DECIDING

    result = run_cycle(now=now, limit=1, allowance=allowance)

    assert (result.assigned, result.has_more) == (1, True)
    assert allowance.seconds == LONGEST_DECIDING


@pytest.mark.django_db
@pytest.mark.parametrize("goes_back", [True, False], ids=["goes back", "is more urgent"])
def test_what_comes_last_has_its_turn_though_each_cycle_has_something_to_give_before(
    goes_back: bool, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    hard, last = (make_workstream(queue=make_queue(priority=each)) for each in (2, 3))
    urgent = make_workstream(queue=make_queue(priority=1), keep_same_agent=goes_back)
    agent = make_agent(queues=[each.fallback_queue for each in (urgent, hard, last)], units=9)
    needs = {"required_skills": [[make_skill("Latin").pk, 2]]}
    for number in range(10):
        make_item(hard, at=now, requirement_key=f"nobody takes {number}", **needs)
    item = make_item(last, at=now)
    configuration.publish(by=None, now=now)
    # Each look takes a third of a second.
    clock = SimpleNamespace(monotonic=count(1, 1 / 3).__next__)
    monkeypatch.setattr("routing.dispatcher.enough.time", clock)
    allowance, allowed = Allowance(), []

    for number in range(3):
        at = now + timedelta(seconds=number)
        make_item(urgent, at=at, last_agent=agent, requirement_key=f"own:{number}")
        run_cycle(now=at, allowance=allowance)
        allowed.append(allowance.seconds / LONGEST_DECIDING)

    item.refresh_from_db()
    assert (item.agent, allowed) == (agent, [2, 4, 1])


@pytest.mark.django_db
def test_a_countdown_begins_when_the_offer_is_written_however_long_it_was_decided_on(
    workstream: Workstream, queue: Queue, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_agent(queues=[queue], units=9)
    make_item(workstream, at=now, required_units=1)
    configuration.publish(by=None, now=now)
    run_cycle(now=now)
    usual = Assignment.objects.get()
    make_item(workstream, at=now, required_units=1)
    clock: Iterator[float] = iter([100.0, *[107.9] * 20])
    here = SimpleNamespace(monotonic=lambda: next(clock))
    monkeypatch.setattr("routing.dispatcher.batches.time", here)
    monkeypatch.setattr("routing.dispatcher.cycle.time", here)

    run_cycle(now=now)

    late = Assignment.objects.exclude(pk=usual.pk).get()
    assert (late.offered_at, usual.offered_at) == (now, now)
    assert usual.deadline_at is not None
    assert late.deadline_at == usual.deadline_at + timedelta(seconds=7)
