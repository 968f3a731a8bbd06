"""What of an agent's capacity is shown."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from agents.models import Agent, User
from agents.queries.agent_load import AgentCapacity, Capacity
from routing.models import AgentLoad, ProfileLoad
from tests.factories import make_agent, make_profile


@pytest.fixture
def beyond(db: None) -> Agent:
    """An agent who was given no capacity and holds some by overrides."""
    agent = make_agent("tom", units=None)
    profile = make_profile("Chats")
    AgentLoad.objects.filter(agent=agent).update(units_used=1, items_held=3)
    ProfileLoad.objects.create(agent=agent, profile=profile, used=2)
    return agent


def test_room_in_one_profile_hides_no_excess_in_another() -> None:
    profiles = (Capacity(name="A", used=3, limit=1), Capacity(name="B", used=0, limit=5))
    units = Capacity(name="Units", used=0, limit=None)

    shown = AgentCapacity(units=units, profiles=profiles).shown

    assert (shown.used, shown.limit, shown.over) == (3, 6, 2)


@pytest.mark.parametrize("page", ["desk", "floor", "agent"])
def test_what_was_never_given_and_is_held_is_shown_as_over(
    client: Client, beyond: Agent, supervisor: User, page: str
) -> None:
    client.force_login(beyond.user if page == "desk" else supervisor)
    url = {
        "desk": reverse("agents:presence-control"),
        "floor": reverse("routing:floor-agents"),
        "agent": reverse("agents:agent-detail", args=[beyond.pk]),
    }[page]

    response = client.get(url, headers={"HX-Request": "true"})

    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
    words = ("Chats", "2 / 0 ", "2 over the limit", "1 / 0 ", "1 over the limit")
    assert [word for word in words if word not in text] == []
