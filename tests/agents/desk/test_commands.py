"""What an agent may type into the reply instead of using a button."""

import re

import pytest
from django.urls import reverse

from routing import configuration, service
from tests.factories import make_agent, make_queue
from tests.scenarios import in_conversation

pytestmark = pytest.mark.django_db
WORDS = {"q 1", "c 4", "cq", "t 2", "tq 3 taq"}


@pytest.fixture
def item(workstream, agent, now):
    return in_conversation(workstream, agent, now, title="Broken boiler")


def commands(client, item):
    """Each command by its words, with the address it opens where it may be used."""
    page = client.get(reverse("agents:desk-item", args=[item.pk])).content.decode()
    options = re.findall(r"<li[^>]+data-command=[^>]+>", page)
    found = [(re.search(r'data-command="([^"]+)"', each), each) for each in options]
    urls = [re.search(r'hx-get="([^"]+)"', each) for _, each in found]
    return {words[1]: url and url[1] for (words, _), url in zip(found, urls, strict=True) if words}


def test_every_command_opens_what_its_button_opens(desk, item):
    found = commands(desk, item)

    assert set(found) == WORDS
    assert all(desk.get(url).status_code == 200 for url in found.values())
    assert found["cq"] == f"/desk/{item.pk}/consult/?to=queue"
    assert found["t 2"] == f"/desk/{item.pk}/transfer/?to=agent"


def test_an_adviser_who_talks_too_knows_the_commands_and_may_not_use_them(client, agent, item):
    adviser = make_agent("eva", queues=[make_queue("Experts")])
    asked = service.consult(item_id=item.pk, by=agent, agent=adviser)
    service.accept_consult(consult_id=asked.pk, by=adviser)
    service.add_consultant(consult_id=asked.pk, by=agent)
    client.force_login(adviser.user)

    found = commands(client, item)

    assert set(found) == WORDS
    assert [words for words, url in found.items() if url] == ["q 1"]


def test_who_may_not_write_has_no_commands(client, agent, item, second_agent):
    service.end(item_id=item.pk, by=agent)
    client.force_login(agent.user)

    assert commands(client, item) == {}


@pytest.mark.parametrize("verb", ["consult", "transfer"])
def test_queues_are_narrowed_by_their_name(desk, item, now, verb):
    near, far = make_queue("Near one"), make_queue("Far one")
    for number, queue in enumerate((near, far)):
        make_agent(f"mia{number}", queues=[queue])
    configuration.publish(by=None, now=now)
    at = reverse(f"agents:desk-{verb}", args=[item.pk])

    page = desk.get(at, {"to": "queue", "named": "near"}).content.decode()
    nothing = desk.get(at, {"to": "queue", "named": "nowhere"}).content.decode()
    taken = desk.post(at, {"to": "queue", "named": "near", "queue": far.pk})

    listed = page.split('name="queue"')[1].split("</select>")[0]
    assert re.findall(r"(\w+) one", listed) == ["Near"]
    assert "No queue of this name" in nothing
    assert taken.status_code == 303
