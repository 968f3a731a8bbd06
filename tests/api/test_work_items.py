"""/work-items: taking in, reading, moving."""

import pytest

from agents.models import Agent
from tests.factories import make_chat_widget, make_item, make_queue, make_skill, make_workstream
from tests.factories.bots import do_bot_jobs, make_bot, with_bot
from tests.scenarios import arrive, in_conversation
from workstreams.models import WorkItem

FULL = {
    "workstream": "Chat",
    "title": "Where is my parcel?",
    "customer": {"name": "Kim"},
    "context": {"tier": "gold"},
    "attributes": {"value": 12.5},
    "skills": [{"skill": "French", "rating": 3}],
}


@pytest.fixture
def pick_item(queue):
    return make_item(make_workstream("Pick", queue=queue, mode="pick"))


def test_work_is_taken_in_and_routed(as_supervisor, workstream):
    make_skill("French")

    response = as_supervisor.post("/work-items", FULL)

    item = response.json()
    assert response.status_code == 201
    assert (FULL.items()) <= item.items()
    assert item["state"] == "open"
    assert item["queue"] == "Support"
    assert item["created_at"].endswith("Z")
    assert as_supervisor.get(f"/work-items/{item['id']}").json() == item


def test_a_bots_summary_is_for_those_who_may_read_the_conversation(
    as_agent, as_supervisor, agent, workstream, now
):
    item = arrive(with_bot(workstream, make_bot("Helper")), now, first_message="refund")
    do_bot_jobs()
    path = f"/work-items/{item.pk}/explanation"

    def summary(caller):
        return caller.get(path).json()["bots"][0]["summary"]

    assert summary(as_agent) == ""
    assert "refund" in summary(as_supervisor)

    WorkItem.objects.update(agent=agent, state="active", reason="in_conversation")
    assert "refund" in summary(as_agent)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"workstream": "Nothing"}, "workstream"),
        ({"title": "x" * 301}, "title"),
        ({"skills": [{"skill": "Klingon"}]}, "skills"),
        ({"skills": [{"skill": "French", "rating": 30}]}, "rating"),
        ({"channel_instance": "nowhere"}, "channel_instance"),
        ({"customer": []}, "customer"),
        ({"context": {"a": "x" * 70_000}}, "context"),
    ],
)
def test_wrong_work_gets_422(as_supervisor, workstream, change, field):
    make_skill("French")

    response = as_supervisor.post("/work-items", FULL | change)

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == field
    assert not WorkItem.objects.exists()


def test_work_names_the_channel_instance_it_came_by(as_supervisor, workstream):
    widget = make_chat_widget(workstream, slug="shop")
    body = {"workstream": "Chat", "channel_instance": "shop"}

    response = as_supervisor.post("/work-items", body)

    assert WorkItem.objects.get(pk=response.json()["id"]).channel_instance == widget
    type(widget).objects.update(is_enabled=False)
    assert as_supervisor.post("/work-items", body).status_code == 409


def test_agents_take_no_work_in(as_agent, workstream):
    assert as_agent.post("/work-items", {"workstream": "Chat"}).status_code == 403


def test_agents_see_their_items_and_the_open_ones_of_their_queues(
    as_agent, agent, second_agent, workstream
):
    waiting = make_item(workstream)
    mine = make_item(workstream, state="active", agent=agent)
    theirs = make_item(workstream, state="active", agent=second_agent)
    elsewhere = make_item(make_workstream())

    seen = as_agent.get("/work-items").json()["items"]

    assert [item["id"] for item in seen] == [waiting.pk, mine.pk]
    assert as_agent.get(f"/work-items/{mine.pk}").status_code == 200
    for hidden in (theirs, elsewhere):
        for path in ("", "/explanation", "/messages"):
            assert as_agent.get(f"/work-items/{hidden.pk}{path}").status_code == 404


def test_lists_are_filtered(as_supervisor, agent, workstream):
    waiting = make_item(workstream)
    held = make_item(workstream, state="active", reason="in_conversation", agent=agent)

    def listed(query: str) -> list[int]:
        return [item["id"] for item in as_supervisor.get(f"/work-items?{query}").json()["items"]]

    assert listed("state=open") == [waiting.pk]
    assert listed("agent=alice") == [held.pk]
    assert listed("queue=Support&workstream=Chat") == [waiting.pk, held.pk]
    assert listed("queue=Nowhere") == []
    assert listed("reason=in_conversation") == [held.pk]
    assert as_supervisor.get("/work-items?state=new").status_code == 422
    assert as_supervisor.get("/work-items?reason=none").status_code == 422


def test_picking_twice_is_harmless_and_others_are_too_late(as_agent, as_second_agent, pick_item):
    path = f"/work-items/{pick_item.pk}/pick"

    first, again, late = as_agent.post(path), as_agent.post(path), as_second_agent.post(path)

    assert first.json()["agent"] == "alice"
    assert again.status_code == 200
    assert late.status_code == 409
    assert late.json()["type"] == "already-taken"


VERBS = ["pick", "accept", "decline", "release", "end", "close"]


def test_people_without_a_desk_do_not_pick(as_supervisor, pick_item):
    assert as_supervisor.post(f"/work-items/{pick_item.pk}/pick").status_code == 403


@pytest.mark.parametrize("verb", VERBS)
def test_to_strangers_an_item_is_as_unknown_as_any(as_stranger, as_agent, pick_item, verb):
    as_agent.post(f"/work-items/{pick_item.pk}/pick")

    there, nowhere = (
        as_stranger.post(f"/work-items/{number}/{verb}") for number in (pick_item.pk, 999_999)
    )

    assert there.status_code == nowhere.status_code == 404
    assert there.json() == nowhere.json()


@pytest.mark.parametrize(
    ("verb", "problem"),
    [("pick", "already-taken"), ("accept", "already-taken"), ("decline", "offer-expired")],
)
def test_who_was_offered_it_hears_that_it_is_gone(
    as_supervisor, as_stranger, as_agent, agent, pick_item, verb, problem
):
    path = f"/work-items/{pick_item.pk}"
    as_supervisor.post(f"{path}/assign", {"agent": "charlie"})
    as_stranger.post(f"{path}/decline")
    as_agent.post(f"{path}/pick")

    response = as_stranger.post(f"{path}/{verb}")

    assert response.status_code == 409
    assert response.json()["type"] == problem


def test_a_conversation_is_offered_accepted_ended_and_closed(as_supervisor, as_agent, workstream):
    item = as_supervisor.post("/work-items", {"workstream": "Chat"}).json()
    path = f"/work-items/{item['id']}"

    offered = as_supervisor.post(f"{path}/assign", {"agent": "alice"})
    states = [as_agent.post(f"{path}/{verb}") for verb in ("accept", "end", "close")]

    assert offered.json()["reason"] == "awaiting_agent_acceptance"
    assert [one.json()["state"] for one in states] == ["active", "wrap_up", "closed"]
    assert as_agent.post(f"{path}/release").status_code == 409


def test_who_says_until_where_he_has_read_does_not_end_over_later_words(
    as_supervisor, as_agent, pick_item
):
    path = f"/work-items/{pick_item.pk}"
    as_agent.post(f"{path}/pick")
    words = [{"text": text, "from": "customer"} for text in ("Thank you", "One more thing")]
    read, since = [as_supervisor.post(f"{path}/messages", each).json()["id"] for each in words]

    refused = as_agent.post(f"{path}/end", {"read_until": read})
    unclear = as_agent.post(f"{path}/end", {"read_until": None})
    ended = as_agent.post(f"{path}/end", {"read_until": since})

    assert (refused.status_code, refused.json()["type"]) == (409, "customer-wrote-since")
    assert unclear.status_code == 422
    assert ended.json()["state"] == "wrap_up"


def test_the_documents_say_what_counts_as_read_where_nothing_is_named(client):
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]

    assert (
        "A caller whose agent\nnever had the conversation on the desk is believed"
        in (schemas["ReadIn"]["description"])
    )


def test_a_conversation_waits_for_its_customer_once_its_agent_has_read_it(
    as_supervisor, as_agent, agent, queue, now
):
    item = in_conversation(make_workstream("Text", queue=queue, channel="sms"), agent, now)
    path = f"/work-items/{item.pk}"
    words = {"text": "Thank you", "from": "customer"}
    said = as_supervisor.post(f"{path}/messages", words).json()["id"]

    answers = [as_agent.post(f"{path}/close", {"read_until": until}) for until in (0, said)]

    assert [each.status_code for each in answers] == [409, 200]
    assert answers[1].json()["state"] == "waiting"


def test_an_offer_is_declined_and_a_picked_item_released(as_supervisor, as_agent, pick_item):
    path = f"/work-items/{pick_item.pk}"

    as_supervisor.post(f"{path}/assign", {"agent": "alice"})
    declined = as_agent.post(f"{path}/decline")
    as_agent.post(f"{path}/pick")
    released = as_agent.post(f"{path}/release")

    assert declined.json()["state"] == "open"
    assert released.json()["state"] == "open"


def test_a_supervisor_closes_any_item(as_supervisor, workstream):
    item = make_item(workstream)

    response = as_supervisor.post(f"/work-items/{item.pk}/close")

    assert response.json()["state"] == "closed"
    assert response.json()["reason"] == "force_closed_by_supervisor"


def test_assigning_over_the_limit_needs_an_override(as_supervisor, agent: Agent, workstream):
    type(agent).objects.update(capacity_units=0)
    path = f"/work-items/{make_item(workstream).pk}/assign"

    refused = as_supervisor.post(path, {"agent": "alice"})
    forced = as_supervisor.post(path, {"agent": "alice", "override": True})

    assert refused.status_code == 409
    assert refused.json()["type"] == "no-capacity-left"
    [excess] = forced.json()["excess"]
    assert (excess["capacity"], excess["before"], excess["after"]) == ("Units", 0, 1)
    assert excess["sentence"] == "Units: none allowed, 0 before, 1 with it"


def test_a_transfer_over_the_limit_says_by_how_much(
    as_supervisor, agent, second_agent: Agent, workstream, now
):
    item = in_conversation(workstream, agent, now)
    Agent.objects.filter(pk=second_agent.pk).update(capacity_units=0)
    path = f"/work-items/{item.pk}/transfer"

    to_agent = as_supervisor.post(path, {"agent": "bob"}).json()
    to_queue = as_supervisor.post(path, {"queue": "Support"}).json()

    assert (to_agent["agent"], to_queue["agent"]) == ("bob", None)
    [excess] = to_agent["excess"]
    assert excess["sentence"] == "Units: none allowed, 0 before, 1 with it"
    assert to_queue["excess"] == []


def test_so_does_who_takes_a_conversation_up_again(as_agent, agent: Agent, queue, now):
    item = in_conversation(make_workstream(queue=queue, channel="sms"), agent, now)
    as_agent.post(f"/work-items/{item.pk}/close")
    Agent.objects.filter(pk=agent.pk).update(capacity_units=0)

    reopened = as_agent.post(f"/work-items/{item.pk}/reopen-session").json()

    assert reopened["state"] == "active"
    [excess] = reopened["excess"]
    assert (excess["before"], excess["after"], excess["over"]) == (0, 1, 1)


def test_agents_do_not_assign(as_agent, workstream):
    path = f"/work-items/{make_item(workstream).pk}/assign"

    assert as_agent.post(path, {"agent": "alice"}).status_code == 403


def test_transfer_goes_to_one_queue_or_one_agent(as_supervisor, second_agent, workstream):
    item = make_item(workstream)
    make_queue("Empty")
    path = f"/work-items/{item.pk}/transfer"

    def kind_of(body: dict[str, str]) -> str:
        return str(as_supervisor.post(path, body).json().get("type", "done"))

    assert kind_of({}) == "no-destination"
    assert kind_of({"queue": "Support", "agent": "bob"}) == "no-destination"
    assert kind_of({"queue": "Nowhere"}) == "invalid"
    assert kind_of({"queue": "Empty"}) == "queue-empty"
    assert kind_of({"agent": "bob"}) == "done"


def test_an_item_explains_itself(as_supervisor, workstream):
    item = as_supervisor.post("/work-items", {"workstream": "Chat"}).json()

    explanation = as_supervisor.get(f"/work-items/{item['id']}/explanation").json()

    assert {"stages", "waiting_because", "configuration_version"} <= explanation.keys()


def test_taking_in_costs_few_queries(as_supervisor, workstream, django_assert_max_num_queries):
    as_supervisor.post("/work-items", {"workstream": "Chat"})

    with django_assert_max_num_queries(30):
        as_supervisor.post("/work-items", {"workstream": "Chat"})


def test_a_decision_is_made_again(as_supervisor, as_agent, workstream):
    item = as_supervisor.post("/work-items", {"workstream": workstream.name}).json()
    [decision] = as_supervisor.get(f"/work-items/{item['id']}/explanation").json()["decisions"]
    url = f"/work-items/{item['id']}/decisions/{decision['id']}/replay"

    made = as_supervisor.get(url)

    assert made.status_code == 200
    assert made.json()["is_same"] is True
    assert [each["rules"] for each in made.json()["answers"]] == ["then", "published"]
    assert made.json()["answers"][0]["queue"] == item["queue"]
    assert as_supervisor.get(url.replace(str(decision["id"]), "0")).status_code == 404
    assert as_agent.get(url).status_code == 403
