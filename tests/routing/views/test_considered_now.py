"""Of work that waits it is told who is looked at for it now."""

import pytest
from django.urls import reverse

from agents.models import AgentPresence
from routing import configuration, service
from routing.queries.explanation import explanation
from tests.factories import make_agent, make_item, make_profile, make_skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(workstream, agent, second_agent, now):
    """Its two agents are away and full."""
    AgentPresence.objects.filter(agent=agent).update(base="away")
    configuration.publish(by=None, now=now)
    return make_item(workstream, at=now, required_units=1 + (second_agent.capacity_units or 0))


def test_who_fails_which_test_by_which_numbers(item, agent, second_agent):
    explained = explanation(item.pk)

    said = {each["agent"]: each for each in explained["agents_considered"]}
    assert explained["is_considered_now"]
    assert explained["counts"] == {"eligible": 0, "presence_is_allowed": 1, "has_room": 1}
    assert said[agent.user.username]["failed_test"] == "presence_is_allowed"
    assert said[second_agent.user.username]["numbers"] == {
        "needed": item.required_units,
        "free": second_agent.capacity_units,
    }


def test_once_it_was_given_the_decision_tells(item, agent, now):
    AgentPresence.objects.filter(agent=agent).update(base="available")
    type(agent).objects.filter(pk=agent.pk).update(capacity_units=9)

    service.run_cycle(now=now)

    explained = explanation(item.pk)
    assert not explained["is_considered_now"]
    assert explained["agents_considered"][0]["agent"] == agent.user.username


def test_once_it_waits_again_it_is_told_who_is_looked_at_now(item, agent, now):
    AgentPresence.objects.filter(agent=agent).update(base="available")
    type(agent).objects.filter(pk=agent.pk).update(capacity_units=9)
    service.run_cycle(now=now)
    service.decline(item_id=item.pk, by=agent, now=now)
    AgentPresence.objects.filter(agent=agent).update(base="away")

    explained = explanation(item.pk)

    said = {each["agent"]: each["failed_test"] for each in explained["agents_considered"]}
    before = explained["decisions"][-1]["document"]["agents_considered"]
    assert explained["is_considered_now"]
    assert said[agent.user.username] == "presence_is_allowed"
    assert [each["eligible"] for each in before if each["agent"] == agent.user.username] == [True]


def test_who_picks_his_work_is_not_looked_at(item, workstream):
    type(workstream).objects.filter(pk=workstream.pk).update(distribution_mode="pick")
    configuration.publish(by=None, now=item.created_at)

    assert explanation(item.pk)["agents_considered"] == []


def test_the_page_tells_them_as_they_are_now(client, supervisor, item, agent):
    client.force_login(supervisor)

    text = client.get(reverse("routing:work-item-explanation", args=[item.pk])).content.decode()

    assert f'<th scope="row">{agent}</th>' in text
    assert "as it is now." in text


def test_of_many_who_cannot_it_says_that_they_are_counted(client, supervisor, item, queue):
    for number in range(50):
        make_agent(f"away{number}", queues=[queue], presence="away")
    client.force_login(supervisor)

    text = client.get(reverse("routing:work-item-explanation", args=[item.pk])).content.decode()

    assert "No member could take it now" in text


def test_of_what_a_member_lacks_the_page_says_none_and_not_unknown(
    client, supervisor, workstream, agent, second_agent, queue, now
):
    german, french, calls = make_skill("German"), make_skill("French"), make_profile("Calls")
    type(workstream).objects.filter(pk=workstream.pk).update(skill_matching="exact")
    configuration.publish(by=None, now=now)
    needs = [[german.pk, 5], [french.pk, None]]
    skilled = make_item(workstream, at=now, required_skills=needs)
    profiled = make_item(workstream, at=now, required_profiles=[calls.pk])
    client.force_login(supervisor)

    pages = [
        client.get(reverse("routing:work-item-explanation", args=[each.pk])).content.decode()
        for each in (skilled, profiled)
    ]

    assert "lacking German needed 5, has none, French needed any, has none" in pages[0]
    assert "profiles Calls none" in pages[1]
