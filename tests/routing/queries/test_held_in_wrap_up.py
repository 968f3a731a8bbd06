"""Capacity that ended work still holds is seen, with its end (A 18)."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from agents.models import Agent, User
from routing import service
from routing.models import Assignment
from routing.queries.held_in_wrap_up import held_in_wrap_up
from routing.sweeps import release_wrap_up
from tests.scenarios import in_wrap_up
from workstreams.models import Workstream


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

    assert held_in_wrap_up(agent.pk) == ()
