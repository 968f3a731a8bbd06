"""Capacity that ended work still holds is seen, with its end (A 13, A 18)."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from agents.models import Agent, AgentCapacityProfile, CapacityProfile, User
from agents.terms import CapacityFormat, ResetFrequency
from routing import service
from routing.models import Assignment
from routing.queries.held_by_ended_work import held_by_ended_work
from routing.sweeps import note_days, release_wrap_up
from tests.factories import make_profile, make_workstream
from tests.scenarios import in_wrap_up
from workstreams.models import Queue, Workstream


@pytest.fixture
def held(workstream: Workstream, agent: Agent, now: datetime) -> Assignment:
    """What an agent holds for half an hour of work that he has ended and closed."""
    Workstream.objects.update(wrap_up_block="custom", wrap_up_seconds=1800)
    item = in_wrap_up(workstream, agent, now)
    service.close(item_id=item.pk, by=agent, now=now)
    return Assignment.objects.get(item=item)


@pytest.mark.parametrize("page", ["desk", "floor", "agent"])
def test_pages_say_what_closed_work_holds_and_until_when(
    client: Client, agent: Agent, supervisor: User, held: Assignment, page: str
) -> None:
    client.force_login(agent.user if page == "desk" else supervisor)
    url = {
        "desk": reverse("agents:presence-control"),
        "floor": reverse("routing:floor-agents"),
        "agent": reverse("agents:agent-detail", args=[agent.pk]),
    }[page]

    response = client.get(url, headers={"HX-Request": "true"})

    text = re.sub(r"\s+", " ", response.content.decode())
    assert f"1 unit until {held.capacity_release_due_at:%H:%M} UTC, after work of Help" in text


def test_what_came_back_is_held_no_more(held: Assignment, agent: Agent) -> None:
    assert held.capacity_release_due_at is not None
    release_wrap_up.sweep(now=held.capacity_release_due_at, limit=10)

    assert held_by_ended_work(agent.pk) == ()


@pytest.fixture
def by_the_day(queue: Queue, agent: Agent) -> Workstream:
    """Work of a profile of the day and of another one, with half an hour of wrap-up."""
    workstream = make_workstream(
        queue=queue,
        capacity_format=CapacityFormat.PROFILE,
        wrap_up_block="custom",
        wrap_up_seconds=1800,
    )
    for profile in (make_profile("Cases", limit=9), make_profile("Talks", limit=9)):
        workstream.capacity_profiles.add(profile)
        AgentCapacityProfile.objects.create(agent=agent, profile=profile)
    CapacityProfile.objects.filter(name="Cases").update(reset_frequency=ResetFrequency.END_OF_DAY)
    return workstream


def test_profiles_of_the_day_are_held_until_it_ends_on_one_line(
    by_the_day: Workstream, agent: Agent, now: datetime
) -> None:
    for _ in range(2):
        service.close(item_id=in_wrap_up(by_the_day, agent, now).pk, by=agent, now=now)
    note_days.sweep(now=now, limit=10)
    due = Assignment.objects.earliest("pk").capacity_release_due_at
    assert due is not None
    of_the_day = "2 of Cases until 00:00 UTC, the end of the day"

    before = held_by_ended_work(agent.pk)
    release_wrap_up.sweep(now=due, limit=10)

    talk = f"1 profile until {due:%H:%M} UTC, after work of Help"
    assert before == (talk, talk, of_the_day)
    assert held_by_ended_work(agent.pk) == (of_the_day,)


def test_wrap_up_that_gives_back_nothing_but_the_days_is_not_named(
    by_the_day: Workstream, agent: Agent, now: datetime
) -> None:
    by_the_day.capacity_profiles.remove(CapacityProfile.objects.get(name="Talks"))
    item = in_wrap_up(by_the_day, agent, now)
    note_days.sweep(now=now, limit=10)

    held_in_after_work = held_by_ended_work(agent.pk)
    service.close(item_id=item.pk, by=agent, now=now)

    assert held_in_after_work == ()
    assert held_by_ended_work(agent.pk) == ("1 of Cases until 00:00 UTC, the end of the day",)
