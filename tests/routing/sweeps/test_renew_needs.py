"""Waiting work needs what its workstream's work does, also where that was published since."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agents.models import Agent, CapacityProfile
from agents.terms import CapacityFormat
from routing import configuration, service
from routing.dispatcher.commit import commit
from routing.dispatcher.explanations import Explanations
from routing.dispatcher.load import load
from routing.engine.assign import decide
from routing.models import Assignment
from routing.requirement import requirement_key
from routing.sweeps import renew_needs
from tests.factories import make_agent, make_profile
from tests.history import CLOSED, FEW, copy_many, look_again, rows_read
from tests.scenarios import arrive, in_conversation, offered, units_used
from workstreams.models import WorkItem, Workstream

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def later(now: datetime) -> datetime:
    return now + MINUTE


def needs(item: WorkItem) -> tuple[int, list[int]]:
    item.refresh_from_db()
    return item.required_units, item.required_profiles


def takes_units(workstream: Workstream, units: int, now: datetime) -> None:
    Workstream.objects.filter(pk=workstream.pk).update(capacity_units=units)
    configuration.publish(by=None, now=now)


def takes(workstream: Workstream, profile: CapacityProfile, now: datetime) -> None:
    workstream.capacity_format = CapacityFormat.PROFILE
    workstream.save()
    workstream.capacity_profiles.set([profile])
    configuration.publish(by=None, now=now)


def test_work_that_waits_takes_the_units_that_are_published(
    workstream: Workstream, now: datetime, later: datetime
) -> None:
    item = arrive(workstream, now)
    takes_units(workstream, 2, later)

    renewed = renew_needs.sweep(now=later, limit=10)
    agent = make_agent("free", queues=[item.queue], units=3)
    service.run_cycle(now=later)

    assert (renewed, needs(item), units_used(agent)) == (1, (2, []), 2)
    assert item.requirement_key == requirement_key(item)


def test_profiles_that_rules_added_stay_however_often_the_workstreams_own_change(
    workstream: Workstream, now: datetime, later: datetime
) -> None:
    chats, calls, daily, spanish = (
        make_profile(name) for name in ("Chats", "Calls", "Daily", "Spanish")
    )
    takes(workstream, chats, now)
    item = arrive(workstream, now)
    WorkItem.objects.update(required_profiles=[chats.pk, spanish.pk])

    seen = []
    for profile in (calls, daily):
        takes(workstream, profile, later)
        renew_needs.sweep(now=later, limit=10)
        seen.append(needs(item))

    assert seen == [(0, [calls.pk, spanish.pk]), (0, [daily.pk, spanish.pk])]


def test_what_was_decided_before_the_need_changed_is_not_written(
    workstream: Workstream, agent: Agent, now: datetime, later: datetime
) -> None:
    arrive(workstream, now)
    published = configuration.current()
    situation = load(published=published, queue_ids=None, now=now, limit=10)
    decision = decide(published.compiled, situation.items, situation.agents, now=now)
    takes_units(workstream, 2, later)

    renew_needs.sweep(now=later, limit=10)
    kept = commit(
        decision=decision,
        explain=Explanations(decision, situation, published, now).of,
        published=published,
        staff=situation.staff,
        epoch=0,
        now=now,
    )

    assert (len(decision.assignments), kept) == (1, [])


def test_work_in_hand_keeps_its_receipt_and_needs_more_once_it_comes_back(
    workstream: Workstream, agent: Agent, now: datetime, later: datetime
) -> None:
    talks, is_asked = in_conversation(workstream, agent, now), offered(workstream, now)
    takes_units(workstream, 2, later)

    renewed = renew_needs.sweep(now=later, limit=10)
    held = [*Assignment.objects.values_list("units", flat=True)]
    service.decline(item_id=is_asked.pk, by=agent, now=later)

    assert (renewed, held) == (0, [1, 1])
    assert (needs(talks), needs(is_asked)) == ((1, []), (2, []))


def test_refused_work_stays_a_requirement_of_its_own(
    workstream: Workstream, agent: Agent, now: datetime, later: datetime
) -> None:
    item = offered(workstream, now)
    service.decline(item_id=item.pk, by=agent, now=now)
    takes_units(workstream, 2, later)

    renew_needs.sweep(now=later, limit=10)

    assert needs(item) == (2, [])
    assert item.requirement_key == requirement_key(item, is_personal=True)


def test_work_that_was_just_arriving_by_the_version_before_is_found_a_minute_later(
    workstream: Workstream, now: datetime, later: datetime
) -> None:
    early, late = arrive(workstream, now), arrive(workstream, now)
    takes_units(workstream, 2, later)
    WorkItem.objects.filter(pk=late.pk).update(configuration_version=None)

    first = [renew_needs.sweep(now=later, limit=10) for _ in range(2)]
    WorkItem.objects.filter(pk=late.pk).update(configuration_version=early.configuration_version)
    then = [renew_needs.sweep(now=later + MINUTE, limit=10) for _ in range(2)]

    assert (first, then, needs(late)) == ([1, 0], [1, 0], (2, []))


def test_while_nothing_is_published_one_query_is_asked(
    workstream: Workstream, now: datetime, django_assert_num_queries
) -> None:
    arrive(workstream, now)
    renew_needs.sweep(now=now + MINUTE, limit=10)

    with django_assert_num_queries(1):
        renew_needs.sweep(now=now + MINUTE, limit=10)


def test_what_was_found_is_worked_off_without_reading_it_again(
    workstream: Workstream, now: datetime, later: datetime
) -> None:
    copy_many(arrive(workstream, now))
    takes_units(workstream, 2, later)
    look_again()
    renew_needs.sweep(now=later, limit=CLOSED // 2)
    before = rows_read()

    renewed = renew_needs.sweep(now=later, limit=10)

    assert renewed == 10
    assert rows_read() - before < FEW


def test_a_version_that_changes_no_capacity_reads_nothing_of_what_waits(
    workstream: Workstream, now: datetime, later: datetime
) -> None:
    takes_units(workstream, 2, now)
    copy_many(arrive(workstream, now))
    renew_needs.sweep(now=later, limit=10)
    Workstream.objects.update(name="Other")
    configuration.publish(by=None, now=later)
    look_again()
    before = rows_read()

    renew_needs.sweep(now=later, limit=10)

    assert rows_read() == before


def test_a_need_is_found_once_however_many_skills_are_asked_for(
    workstream: Workstream, now: datetime, later: datetime
) -> None:
    chats, calls, spanish = (make_profile(name) for name in ("Chats", "Calls", "Spanish"))
    takes(workstream, chats, now)
    for number in range(3):
        item = arrive(workstream, now)
        WorkItem.objects.filter(pk=item.pk).update(
            required_skills=[[number, None]], required_profiles=[chats.pk, spanish.pk]
        )
    takes(workstream, calls, later)

    with CaptureQueriesContext(connection) as asked:
        renew_needs.sweep(now=later, limit=1)

    assert sum("profiles}" in query["sql"] for query in asked) == 1
    assert renew_needs.sweep(now=later, limit=10) == 2


def test_a_version_that_comes_while_work_is_renewed_counts_from_then_on(
    workstream: Workstream, now: datetime, later: datetime
) -> None:
    items = [arrive(workstream, now) for _ in range(3)]
    takes_units(workstream, 2, later)
    renew_needs.sweep(now=later, limit=1)
    takes_units(workstream, 3, later)

    renewed = [renew_needs.sweep(now=later, limit=2) for _ in range(3)]

    assert (renewed, [needs(item) for item in items]) == ([2, 1, 0], [(3, [])] * 3)


def test_work_that_somebody_takes_meanwhile_ends_what_was_found(
    workstream: Workstream, agent: Agent, now: datetime, later: datetime
) -> None:
    for _ in range(3):
        arrive(workstream, now)
    takes_units(workstream, 2, later)
    renew_needs.sweep(now=later, limit=1)
    taken = WorkItem.objects.filter(required_units=1).first()
    assert taken is not None
    service.assign(item_id=taken.pk, by=agent.user, agent=agent, now=later)

    renewed = [renew_needs.sweep(now=later, limit=10) for _ in range(2)]

    assert renewed == [1, 0]
