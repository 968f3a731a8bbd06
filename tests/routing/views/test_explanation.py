"""The explanation of a work item."""

import re

import pytest
from django.urls import reverse

from config.clock import database_now
from config.models import Event, Heartbeat
from routing import configuration, service
from routing.models import AgentLoad
from routing.queries.explanation import explanation
from tests.factories import make_agent, make_item, make_workstream
from tests.routing.views.explained import decide, get, give, url
from workstreams.models import Message
from workstreams.terms import ItemState, Reason


def test_the_page_says_what_the_item_is(client, supervisor, item):
    text = get(client, supervisor, item).content.decode()

    assert "Broken &lt;lamp&gt;" in text
    assert "Carla" in text
    assert reverse("routing:version-detail", args=[1]) in text


def test_rules_are_shown_with_their_results(client, supervisor, item, now):
    rules = [
        {"name": "Gold", "result": "applied"},
        {"name": "Rest", "result": "not_processed", "note": "An earlier rule matched."},
    ]
    stage = {"stage": "classification", "rulesets": [{"name": "Triage", "rules": rules}]}
    decide(item, now, "routing", stages=[stage])

    text = get(client, supervisor, item).content.decode()

    for words in ("Triage", "Gold", "Applied", "Not processed", "An earlier rule matched."):
        assert words in text


def test_each_stage_says_which_of_its_rules_act(client, supervisor, item, now):
    rulesets = [{"name": "Rules", "rules": [{"name": "Gold", "result": "applied"}]}]
    stages = [
        {"stage": each, "rulesets": rulesets} for each in ("classification", "route_to_queue")
    ]
    decide(item, now, "routing", stages=stages)

    text = get(client, supervisor, item).content.decode()

    assert "In each ruleset the first rule that matches acts." in text
    assert "the first whose queue does not overflow acts." in text


def test_agents_are_shown_with_the_test_they_failed(client, supervisor, item, agent, now):
    decide(
        item,
        now,
        "assignment",
        agent="alice",
        members=2,
        agents_considered=[
            {"agent": "alice", "eligible": True, "numbers": {"room": 2.5}, "rank": 1},
            {"agent": "bob", "eligible": False, "failed_test": "has_room", "numbers": {}},
        ],
    )
    give(item, agent)

    text = get(client, supervisor, item).content.decode()

    assert "room 2.5" in text
    assert "No room" in text


def test_a_cut_list_that_cannot_be_made_again_is_shown_as_it_was_kept(
    client, supervisor, item, agent, now
):
    kept = {"truncated": "More agents were looked at.", "seen": {"agents": 5}, "members": 2}
    listed = [{"agent": "alice", "eligible": True, "numbers": {"room": 2.5}, "rank": 1}]
    decide(item, now, "assignment", agent="alice", agents_considered=listed, **kept)
    give(item, agent)

    response = get(client, supervisor, item)

    assert response.status_code == 200
    assert "room 2.5" in response.content.decode()


def test_a_match_of_several_queues_names_them(client, supervisor, item, now):
    weights = {"skills": 60, "waiting": 20, "fairness": 20}
    matched = {"count": 4, "queues": ["Sales", "Service", "Spares"]}
    decide(item, now, "assignment", weights=weights, matched=matched, numbers={}, agent="amira")

    page = " ".join(get(client, supervisor, item).content.decode().split())

    assert "items of 4 queues that share agents were matched at once" in page
    assert "Sales, Service, Spares and others." in page


def test_agents_are_called_by_their_names(client, supervisor, item, agent, now):
    type(agent.user).objects.filter(pk=agent.user_id).update(first_name="Alice", last_name="Ade")
    considered: list[dict[str, object]] = [
        {"agent": each, "eligible": True, "numbers": {}} for each in ("alice", "gone")
    ]
    decide(item, now, "assignment", agent="alice", members=2, agents_considered=considered)
    give(item, agent)

    text = get(client, supervisor, item).content.decode()

    assert "Alice Ade was chosen of 2 considered." in text
    assert '<th scope="row">Alice Ade</th>' in text
    assert '<th scope="row">gone</th>' in text


def test_an_open_item_says_what_it_waits_for(client, supervisor, item):
    text = get(client, supervisor, item).content.decode()

    assert "The queue has no members." in text
    assert "Add agents to the queue." in text


def test_events_are_told_in_words(client, supervisor, item, agent, queue, now):
    Event.objects.create(
        at=now, kind="offer-made", work_item_id=item.pk, agent_id=agent.pk, queue_id=queue.pk
    )

    text = get(client, supervisor, item).content.decode()

    assert "<strong>Offered</strong>" in text
    assert "alice" in text


def test_messages_are_shown_as_text(client, supervisor, item, now):
    Message.objects.create(
        item=item, author="customer", text="<script>alert(1)</script>", created_at=now
    )

    text = get(client, supervisor, item).content.decode()

    assert "&lt;script&gt;alert(1)" in text


def test_htmx_gets_one_root_with_its_id(client, supervisor, item):
    text = get(client, supervisor, item, hx_request="true").content.decode().strip()

    assert re.match(rf'<div id="work-item-{item.pk}"', text)
    assert "<html" not in text


def test_an_open_item_listens_to_its_queue_too(client, supervisor, item, queue):
    text = get(client, supervisor, item).content.decode()

    assert f"item-{item.pk}-changed from:body, queue-{queue.pk}-changed from:body" in text
    assert f'content="item-{item.pk} queue-{queue.pk}"' in text


def test_a_closed_item_is_explained_without_blockers(client, supervisor, item, now):
    item.state, item.reason, item.closed_at = ItemState.CLOSED, Reason.ENDED_BY_AGENT, now
    item.save()

    text = get(client, supervisor, item).content.decode()

    assert "Why it is still waiting" not in text
    assert "Closed by the agent" in text


def test_the_page_has_a_query_budget(
    client, supervisor, item, agent, now, django_assert_max_num_queries
):
    client.force_login(supervisor)
    for number in range(5):
        Message.objects.create(item=item, author="customer", text=str(number), created_at=now)
        Event.objects.create(at=now, kind="offer-made", work_item_id=item.pk, agent_id=agent.pk)

    with django_assert_max_num_queries(25):
        client.get(url(item))


def test_what_a_person_gave_beyond_the_limit_calls_nobody_eligible(
    client, supervisor, item, agent, now
):
    AgentLoad.objects.filter(agent=agent).update(units_used=3)
    service.assign(item_id=item.pk, agent=agent, by=supervisor, override=True, now=now)

    text = get(client, supervisor, item).content.decode()

    assert re.search(r"Over the limit: Units: 3 of 3 before", text)
    assert "Assigned by a supervisor: sven, to alice." in text
    assert "A person decided" in text
    assert "Eligible" not in text
    assert explanation(item.pk)["agents_considered"] == []


def test_decisions_of_persons_that_name_an_agent_as_eligible_are_told_without(
    client, supervisor, item, agent, now
):
    eligible = {"agent": "alice", "eligible": True, "failed_test": None, "numbers": {}, "rank": 1}
    decide(item, now, "assignment", how="supervisor", by="sven", agents_considered=[eligible])
    give(item, agent)

    explained = explanation(item.pk)

    assert explained["agents_considered"] == []
    assert explained["decisions"][0]["document"]["agents_considered"] == []
    assert explained["stages"][-1]["agent"] == "alice"
    assert explained["decisions"][0]["document"]["agent"] == "alice"


@pytest.mark.parametrize(("mode", "is_said"), [("push", True), ("pick", False)])
def test_work_to_be_offered_waits_in_vain_without_a_router(client, supervisor, now, mode, is_said):
    configuration.publish(by=None, now=now)
    item = make_item(make_workstream(mode=mode), at=now)
    before = get(client, supervisor, item).content.decode()
    Heartbeat.objects.create(process="router", name="here", at=database_now())

    after = get(client, supervisor, item).content.decode()

    assert ("No router is running." in before) == is_said
    assert "No router is running." not in after


@pytest.mark.parametrize("is_basic", [False, True])
def test_the_api_says_first_that_no_router_would_offer_it(item, queue, now, is_basic):
    type(queue).objects.filter(pk=queue.pk).update(distributes=not is_basic)
    make_agent("anna", queues=[queue])
    configuration.publish(by=None, now=now)

    found = [each["blocker"] for each in explanation(item.pk)["waiting_because"]]

    assert found == (
        ["queue_is_to_pick_from"] if is_basic else ["no_router_is_running", "eligible"]
    )
