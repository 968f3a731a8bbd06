"""The supervisors' floor."""

import html
import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from agents.models import AgentPresence
from config.clock import database_now
from config.models import Heartbeat
from routing import configuration
from routing.models import AgentLoad, Blocker, DemoTraffic
from routing.terms import BlockerCause
from tests.factories import make_agent, make_item, make_queue

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
BLOCKS = ("processes", "alarms", "tiles", "queues", "agents", "items")


@pytest.fixture
def signed_in(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def switch(now):
    return DemoTraffic.objects.create(pk=1, is_on=False, changed_at=now)


def floor(client, query="", block=""):
    name = f"routing:floor-{block}" if block else "routing:floor"
    return client.get(f"{reverse(name)}?{query}", headers=HTMX if block else {})


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_floor_shows_waiting_work_queues_and_agents(signed_in, workstream, agent):
    make_item(workstream, title="Lost card")

    response = floor(signed_in)

    assert response.status_code == 200
    assert all(word in text_of(response) for word in ("Lost card", "Support", "alice"))
    assert b'content="floor"' in response.content


@pytest.mark.parametrize("process", ["router", "worker"])
@pytest.mark.parametrize(("age", "is_said"), [(None, True), (40, True), (1, False)])
def test_the_floor_says_when_no_router_or_worker_runs(signed_in, process, age, is_said):
    if age is not None:
        at = database_now() - timedelta(seconds=age)
        Heartbeat.objects.create(process=process, name="here", at=at)
    waits = {"router": "nobody is offered work", "worker": "the list of blocked work stays as it"}

    text = text_of(floor(signed_in, block="processes"))

    said = f"No {process} is running. Until one runs {waits[process]}"
    assert (said in text) is is_said


def test_that_no_router_runs_stands_above_all_else(signed_in, queue, now):
    Blocker.objects.create(
        queue=queue,
        cause=BlockerCause.NO_MEMBERS,
        number_of_items=1,
        first_item_id=1,
        oldest_since=now,
        noted_at=now,
    )

    text = text_of(floor(signed_in))

    assert text.count("No router is running.") == 1
    assert text.index("No router is running.") < text.index("Blocked work")


def test_administrators_may_see_the_floor(client, administrator):
    client.force_login(administrator)

    assert floor(client).status_code == 200


def test_agents_are_told_that_the_floor_is_for_supervisors(client, agent):
    client.force_login(agent.user)

    response = floor(client)

    assert response.status_code == 403
    assert b"Only supervisors" in response.content


@pytest.mark.parametrize("block", ["", *BLOCKS])
def test_strangers_are_asked_to_sign_in(client, db, block):
    name = f"routing:floor-{block}" if block else "routing:floor"

    assert client.get(reverse(name)).status_code == 302


@pytest.mark.parametrize("block", BLOCKS)
def test_agents_may_not_see_a_block_either(client, agent, block):
    client.force_login(agent.user)

    assert floor(client, block=block).status_code == 403


@pytest.mark.parametrize("block", BLOCKS)
def test_nothing_is_changed_by_looking(signed_in, block):
    assert signed_in.post(reverse(f"routing:floor-{block}")).status_code == 405


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_has_one_root_that_fetches_itself_with_its_address(signed_in, workstream, block):
    make_item(workstream)

    text = floor(signed_in, "state=open", block).content.decode().strip()

    text = re.sub(r"^({#.*?#}|\s)*", "", text)
    assert text.startswith('<div class="floor-block"')
    assert text.endswith("</div>")
    assert text.count(f'id="floor-{block}"') == 1
    assert f'hx-get="/floor/{block}/?state=open"' in text


@pytest.mark.parametrize("block", BLOCKS)
def test_the_address_of_a_block_leads_people_to_the_floor(signed_in, block):
    response = signed_in.get(reverse(f"routing:floor-{block}") + "?state=open")

    assert response["Location"] == f"/floor/?state=open#floor-{block}"


def test_a_queue_nobody_serves_is_marked_in_words(signed_in, workstream):
    make_item(workstream)

    text = text_of(floor(signed_in, block="queues"))

    assert "1 queue needs attention" in text
    assert "No members" in text


def test_only_queues_with_an_alarm_can_be_shown(signed_in, workstream):
    make_queue("Quiet")
    make_item(workstream)

    text = text_of(floor(signed_in, "queue_alarm=1", "queues"))

    assert "Support" in text
    assert "Quiet" not in text


def test_queues_are_searched_by_name(signed_in, queue):
    make_queue("Complaints")

    text = text_of(floor(signed_in, "queue_q=compl", "queues"))

    assert "Complaints" in text
    assert "Support" not in text


def test_many_queues_come_in_pages(signed_in):
    for number in range(60):
        make_queue(f"Line {number:02}", priority=2)

    response = floor(signed_in, "queue_page=2&state=open", "queues")

    assert "Line 59" in text_of(response)
    assert "Line 01" not in text_of(response)
    assert 'href="/floor/?state=open#floor-queues"' in response.content.decode()


def test_an_agent_shows_presence_load_and_items(signed_in, workstream, agent):
    make_item(workstream, agent=agent, state="active", reason="in_conversation", title="Lost card")
    AgentLoad.objects.filter(agent=agent).update(units_used=4)

    text = text_of(floor(signed_in, block="agents"))

    assert all(word in text for word in ("Available", "4 / 3", "1 over the limit", "Lost card"))


def test_presences_filter_agents_by_link(signed_in, agent):
    make_agent("omar", presence="offline")

    response = floor(signed_in, "presence=offline", "agents")

    assert "omar" in text_of(response)
    assert "alice" not in text_of(response)
    assert 'presence=available#floor-agents"' in response.content.decode()


def test_agents_without_presence_are_shown_as_offline(signed_in, agent):
    AgentPresence.objects.all().delete()

    assert "Offline" in text_of(floor(signed_in, "presence=offline", "agents"))


def test_filters_of_one_table_keep_those_of_the_others(signed_in, queue):
    text = floor(signed_in, f"state=open&agent_queue={queue.pk}&presence=busy").content.decode()

    assert '<input type="hidden" name="state" value="open">' in text
    assert '<input type="hidden" name="presence" value="busy">' in text


def test_filters_of_items_are_the_address(signed_in, workstream, agent):
    make_item(workstream, title="Open one")
    make_item(workstream, title="Active one", agent=agent, state="active", reason="in_conversation")

    text = text_of(floor(signed_in, "state=active", "items"))

    assert "Active one" in text
    assert "Open one" not in text


@pytest.mark.parametrize(
    ("tile", "listed"),
    [("Offers pending", ["An offer"]), ("In conversation", ["A talk", "A case"])],
)
def test_a_tile_of_active_work_leads_to_what_it_counts(signed_in, workstream, agent, tile, listed):
    active = {"agent": agent, "state": "active"}
    make_item(workstream, title="A talk", reason="in_conversation", **active)
    make_item(workstream, title="A case", reason="assigned_by_supervisor", **active)
    make_item(workstream, title="An offer", reason="awaiting_agent_acceptance", **active)
    tiles = floor(signed_in, block="tiles").content.decode()
    [link] = re.findall(rf'href="/floor/\?([^"]*)#floor-items"(?:(?!</a>).)*{tile}', tiles, re.S)

    shown = text_of(floor(signed_in, html.unescape(link), "items"))

    assert [title for title in ("A talk", "A case", "An offer") if title in shown] == listed


def test_what_can_be_done_depends_on_the_state(signed_in, workstream, agent):
    waiting = make_item(
        workstream, agent=agent, state="waiting", reason="awaiting_customer_response"
    )
    text = floor(signed_in, block="items").content.decode()

    assert f"/work-items/{waiting.pk}/close/" in text
    assert f"/work-items/{waiting.pk}/assign/" not in text
    assert f"/work-items/{waiting.pk}/transfer/" in text


@pytest.mark.parametrize("query", ["agent_page=x", "queue_page=99", "agent_page=-1", "after=x"])
def test_odd_addresses_are_harmless(signed_in, query):
    assert floor(signed_in, query).status_code == 200


def test_titles_of_customers_are_escaped(signed_in, workstream):
    make_item(workstream, title="<script>alert(1)</script>")

    assert b"<script>alert(1)" not in floor(signed_in, block="items").content


@pytest.mark.parametrize("number_of_items", [1, 20])
def test_the_floor_costs_the_same_however_much_there_is(
    signed_in, workstream, queue, number_of_items, django_assert_max_num_queries
):
    for _ in range(number_of_items):
        holder = make_agent(queues=[queue])
        make_item(workstream, agent=holder, state="active", reason="in_conversation")
        make_item(workstream)
    configuration.current()

    with django_assert_max_num_queries(27):
        floor(signed_in)


def test_without_a_demo_there_is_no_switch(signed_in):
    assert b"Demo traffic" not in floor(signed_in).content


def test_the_switch_says_what_it_does_and_is_off(signed_in, switch):
    text = text_of(floor(signed_in))

    assert "Demo traffic is off" in text
    assert "invented customers" in text


def test_switching_the_demo_leads_back_to_the_floor(signed_in, switch):
    response = signed_in.post(reverse("routing:floor-demo-traffic"), {"is_on": "1"})

    switch.refresh_from_db()
    assert (response.status_code, response["Location"]) == (303, "/floor/")
    assert switch.is_on


def test_switching_the_demo_by_htmx_answers_the_card(signed_in, switch):
    url = reverse("routing:floor-demo-traffic")

    response = signed_in.post(url, {"is_on": "1"}, headers=HTMX)

    assert "Demo traffic is on" in text_of(response)
    assert response.content.count(b'id="demo-traffic"') == 1
    assert json.loads(response["HX-Trigger"])["toast"]["text"] == "Demo traffic is on."


def test_agents_may_not_switch_the_demo(client, agent, switch):
    client.force_login(agent.user)

    response = client.post(reverse("routing:floor-demo-traffic"), {"is_on": "1"})

    switch.refresh_from_db()
    assert response.status_code == 403
    assert not switch.is_on


def test_the_demo_is_not_switched_by_looking(signed_in, switch):
    assert signed_in.get(reverse("routing:floor-demo-traffic")).status_code == 405


def test_where_there_is_no_demo_switching_is_refused(signed_in):
    response = signed_in.post(reverse("routing:floor-demo-traffic"), {"is_on": "1"})

    assert response.status_code == 409
