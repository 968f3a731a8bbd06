"""How a presence is called that a missed or declined offer brought (B 11.3)."""

import pytest
from django.urls import reverse

from agents.models import AgentPresence, Presence
from routing.queries.floor_agents import AgentFilters, agent_page
from routing.queries.floor_candidates import choices_for
from tests.factories import make_item
from workstreams.models import ServiceConfiguration

CONTROL = reverse("agents:presence-control")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def missed(agent) -> None:
    """The agent is inactive, and the organisation has words for it."""
    inactive = Presence.objects.get(name="inactive")
    rows = AgentPresence.objects.filter(agent=agent)
    rows.update(presence=inactive, base="away", is_manual=True, after="missed")
    ServiceConfiguration.objects.update_or_create(
        pk=1,
        defaults={
            "missed_presence_name": "Not answering",
            "missed_presence_description": "Tell your team lead.",
            "declined_presence_name": "Said no",
        },
    )


@pytest.mark.usefixtures("missed")
def test_the_agent_reads_it_in_the_bar(client, agent) -> None:
    client.force_login(agent.user)

    bar = client.get(CONTROL, headers=HTMX).content.decode()

    assert "Not answering" in bar
    assert "Tell your team lead." in bar
    assert "Inactive" not in bar


@pytest.mark.usefixtures("missed")
def test_supervisors_read_it_in_their_lists(
    as_supervisor, agent, second_agent, queue, workstream
) -> None:
    addresses = (
        reverse("agents:agent-list"),
        reverse("agents:agent-detail", args=[agent.pk]),
        reverse("workstreams:queue-detail", args=[queue.pk]),
    )

    pages = [as_supervisor.get(address).content.decode() for address in addresses]
    floor = {row.name: row.presence for row in agent_page(AgentFilters()).rows}
    choices = {each.name: each.presence for each in choices_for(make_item(workstream))}

    assert all("Not answering" in page for page in pages)
    assert floor == choices == {"alice": "Not answering", "bob": "Available"}


@pytest.mark.usefixtures("missed")
@pytest.mark.parametrize(("after", "text"), [("", "Inactive"), ("declined", "Said no")])
def test_each_refusal_has_its_own_and_no_other_presence_any(agent, after, text) -> None:
    AgentPresence.objects.filter(agent=agent).update(after=after)

    assert [row.presence for row in agent_page(AgentFilters()).rows] == [text]


@pytest.mark.usefixtures("missed")
def test_without_words_the_presence_has_its_own_name(agent) -> None:
    ServiceConfiguration.objects.update(missed_presence_name="")

    assert [row.presence for row in agent_page(AgentFilters()).rows] == ["Inactive"]
