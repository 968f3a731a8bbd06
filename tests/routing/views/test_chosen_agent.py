"""Whom a supervisor has chosen stays chosen, however many others come before him."""

import re

import pytest
from django.urls import reverse

from agents.models import Agent, AgentPresence, User
from routing import configuration, service
from routing.queries.floor_candidates import CANDIDATES_SHOWN, choices_for
from tests.factories import make_item, make_queue
from workstreams.models import QueueMembership

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def signed_in(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def large_queue(agent):
    """Another queue, of more members than a dialog shows."""
    queue = make_queue("Second line")
    names = [f"one of many {number}" for number in range(CANDIDATES_SHOWN + 5)]
    users = User.objects.bulk_create(User(username=name) for name in names)
    many = Agent.objects.bulk_create(Agent(user=user) for user in users)
    there = AgentPresence.objects.get(agent=agent)
    AgentPresence.objects.bulk_create(
        AgentPresence(agent=each, presence=there.presence, base=there.base, since=there.since)
        for each in many
    )
    QueueMembership.objects.bulk_create(QueueMembership(queue=queue, agent=each) for each in many)
    return queue


@pytest.fixture
def item(workstream, agent, large_queue, now):
    configuration.publish(by=None, now=now)
    return make_item(workstream, title="Lost card")


def address(verb, item):
    return reverse(f"routing:work-item-{verb}", args=[item.pk])


def checked(response):
    return re.findall(r'value="(\d+)"\s+checked', response.content.decode())


def names(response):
    return [choice.name for choice in response.context["choices"]]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "dialog"])
@pytest.mark.parametrize("verb", ["assign", "transfer"])
def test_the_second_press_is_made_for_whom_the_first_was_meant(
    signed_in, item, agent, large_queue, supervisor, verb, headers
):
    seen = signed_in.get(address(verb, item)).context["form"]["seen"].value()
    service.transfer(item_id=item.pk, by=supervisor, queue=large_queue)
    chosen = {"to": "agent", "agent": agent.pk, "override": "on"}

    first = signed_in.post(address(verb, item), {**chosen, "seen": seen}, headers=headers)
    again = {**chosen, "seen": first.context["form"]["seen"].value()}
    second = signed_in.post(address(verb, item), again, headers=headers)

    assert (first.status_code, names(first)[0]) == (422, "alice")
    assert (checked(first)[-1], len(names(first))) == (str(agent.pk), CANDIDATES_SHOWN)
    assert second.status_code == (204 if headers else 303)


@pytest.mark.parametrize("page", ["assign", "transfer", "candidates"])
def test_a_search_keeps_who_is_chosen_before_those_it_finds(
    signed_in, item, agent, second_agent, page
):
    query = {"q": "bob", "agent": agent.pk}

    response = signed_in.get(address(page, item), query)

    assert names(response) == ["alice", "bob"]
    assert str(agent.pk) in checked(response)


def test_a_search_that_finds_nobody_says_so_beside_who_is_chosen(signed_in, item, agent):
    response = signed_in.get(address("candidates", item), {"q": "nobody", "agent": agent.pk})

    assert names(response) == ["alice"]
    assert "No agent matches “nobody”." in response.content.decode()


def test_who_went_away_since_he_was_chosen_is_shown_with_that(signed_in, item, agent):
    AgentPresence.objects.filter(agent=agent).update(base="away")
    data = {"to": "agent", "agent": agent.pk}

    response = signed_in.post(address("transfer", item), data, headers=HTMX)

    [chosen, *_] = response.context["choices"]
    assert (chosen.name, chosen.is_allowed) == ("alice", False)
    assert str(agent.pk) in checked(response)


@pytest.mark.parametrize("sent", ["x", "-1", "9" * 5000])
def test_what_is_no_agent_keeps_nobody_off_the_list(signed_in, item, second_agent, sent):
    response = signed_in.get(address("candidates", item), {"q": "bob", "agent": sent})

    assert names(response) == ["bob"]


def test_who_is_chosen_costs_no_statement(item, agent, django_assert_num_queries):
    configuration.current()

    with django_assert_num_queries(4):
        choices = choices_for(item, search="nobody", chosen=agent.pk)

    assert [choice.name for choice in choices] == ["alice"]
