"""Who may read the explanation of a work item, and how much of it."""

import pytest

from routing.models import Assignment, RoutingDecision
from routing.queries.explanation import explanation
from routing.queries.stored_decision import document_of
from routing.terms import How, Outcome
from tests.factories.bots import do_bot_jobs, make_bot, with_bot
from tests.routing.views.explained import get, url
from tests.scenarios import arrive, offered
from workstreams.models import Message, WorkItem


def test_agents_see_items_of_their_queues(client, agent, item):
    response = get(client, agent.user, item)

    assert response.status_code == 200
    assert "/configuration/versions/" not in response.content.decode().split("<main")[1]


def test_agents_of_other_queues_do_not_learn_of_it(client, agent_of_another_queue, item):
    assert get(client, agent_of_another_queue.user, item).status_code == 404


@pytest.mark.parametrize("state", ["active", "waiting", "wrap_up", "closed"])
def test_agents_see_what_they_hold_or_held_at_the_end(
    client, agent, second_agent, item, now, state
):
    Message.objects.create(item=item, author="customer", text="My secret", created_at=now)
    closed_at = now if state == "closed" else None
    type(item).objects.update(state=state, agent=agent, closed_at=closed_at)

    assert "My secret" in get(client, agent.user, item).content.decode()
    assert get(client, second_agent.user, item).status_code == 404


def test_a_conversation_that_waits_is_read_by_supervisors_only(
    client, agent, supervisor, item, now
):
    Message.objects.create(item=item, author="customer", text="My secret", created_at=now)

    assert "My secret" not in get(client, agent.user, item).content.decode()
    assert "My secret" in get(client, supervisor, item).content.decode()


def test_an_offer_that_was_missed_shows_nothing_later(
    client, agent_of_another_queue, item, queue, now
):
    Assignment.objects.create(
        item=item,
        agent=agent_of_another_queue,
        queue=queue,
        how=How.PUSH,
        outcome=Outcome.MISSED,
        offered_at=now,
        decided_at=now,
        ended_at=now,
        capacity_released_at=now,
    )

    assert get(client, agent_of_another_queue.user, item).status_code == 404


def test_an_unknown_item_is_not_found(client, supervisor):
    client.force_login(supervisor)

    assert client.get("/work-items/987654/").status_code == 404


@pytest.mark.django_db
def test_signed_out_people_are_sent_to_sign_in(client):
    assert client.get("/work-items/1/").status_code == 302


def test_the_page_is_only_read(client, supervisor, item):
    client.force_login(supervisor)

    assert client.post(url(item)).status_code == 405


def test_a_bots_summary_is_shown_to_those_who_may_read_the_conversation(
    client, agent, workstream, now
):
    item = arrive(with_bot(workstream, make_bot("Helper")), now, first_message="refund")
    do_bot_jobs()
    client.force_login(agent.user)
    asked = "The customer asked about: refund"

    assert asked not in client.get(url(item)).content.decode()

    WorkItem.objects.update(agent=agent, state="active", reason="in_conversation")
    assert asked in client.get(url(item)).content.decode()


def test_by_which_words_a_feeling_was_found_is_told_to_those_who_may_read_them(workstream, now):
    item = arrive(workstream, now)
    found = {
        "name": "Feeling",
        "kind": "sentiment",
        "rules": [{"name": "Negative (20 of 100)", "result": "applied", "note": "dreadful"}],
        "prediction": {"keywords": ["dreadful"], "set": {"sentiment": "negative"}},
    }
    decision = RoutingDecision.objects.get(work_item_id=item.pk, stage="routing")
    document = {
        **document_of(decision),
        "stages": [{"stage": "classification", "rulesets": [found]}],
    }
    RoutingDecision.objects.create(
        work_item_id=item.pk, stage="routing", version=1, at=now, document=document
    )

    unread = str(explanation(item.pk, may_read=False))

    assert "dreadful" not in unread
    assert unread.count("Negative (20 of 100)") == 2
    assert str(explanation(item.pk)).count("dreadful") == 4


def test_what_rules_read_of_contacts_and_records_is_kept_for_replays_alone(workstream, now):
    item = arrive(workstream, now)
    decision = RoutingDecision.objects.get(work_item_id=item.pk, stage="routing")

    assert "read" in document_of(decision)
    assert not [each for each in explanation(item.pk)["decisions"] if "read" in each["document"]]


def test_the_page_makes_no_list_again_for_decisions_that_it_only_names(
    client, supervisor, workstream, agent, now
):
    item = offered(workstream, now)

    page = get(client, supervisor, item)

    named = page.context["explained"]["decisions"]
    told = explanation(item.pk)["decisions"]
    assert [each["id"] for each in named] == [each["id"] for each in told]
    assert [["document" in each for each in found] for found in (named, told)] == [
        [False, False],
        [True, True],
    ]
