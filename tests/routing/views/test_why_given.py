"""The page of work that went to somebody without regard to others, or waits for such a person."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from config.clock import database_now
from config.models import Heartbeat
from routing import configuration, service
from routing.models import Alarm, Assignment, RoutingDecision
from routing.queries.explanation import explanation
from tests.factories import make_queue, make_workstream
from tests.scenarios import arrive, offered
from workstreams.actions.change_preferred_agents import set_preferred_agents
from workstreams.actions.send_message import send_message
from workstreams.models import Contact, ServiceConfiguration, WorkItem
from workstreams.terms import Author, Channel

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def page_of(client, supervisor):
    """The words on the page of an item."""
    client.force_login(supervisor)

    def words(item):
        page = client.get(reverse("routing:work-item-explanation", args=[item.pk]))
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))

    return words


@pytest.fixture
def returning(queue, agent, second_agent, now):
    """Its customer has written again."""
    texts = make_workstream("Texts", queue=queue, channel=Channel.SMS, keep_same_agent=True)
    item = offered(texts, now)
    service.accept(item_id=item.pk, by=agent, now=now)
    service.close(item_id=item.pk, by=agent, now=now)
    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Hello?", now=now + MINUTE)
    return item


@pytest.fixture
def customer(agent, now):
    """Prefers ``agent``."""
    ServiceConfiguration.objects.update_or_create(
        pk=1, defaults={"preferred_agents": True, "waits_for_preferred_agent": True}
    )
    customer = Contact.objects.create(name="Grace")
    set_preferred_agents(contact_id=customer.pk, agents=[agent], now=now)
    return customer


def test_what_goes_back_to_its_agent_says_so_and_compares_nobody(page_of, returning, now):
    service.run_cycle(now=now + MINUTE)

    text = page_of(returning)

    assert "alice had it before, so it goes back to the same agent" in text
    assert "It went back to its agent So nobody was compared with others." in text
    assert "was chosen of" not in text


def test_what_goes_back_to_its_agent_says_nothing_of_preferred_agents(
    page_of, returning, second_agent, customer, now
):
    set_preferred_agents(contact_id=customer.pk, agents=[second_agent], now=now)
    WorkItem.objects.filter(pk=returning.pk).update(contact=customer)
    service.run_cycle(now=now + MINUTE)
    decision = RoutingDecision.objects.filter(work_item_id=returning.pk).latest("pk")
    told = page_of(returning)
    older: list[dict[str, Any]] = [{"agent": "bob", "failed_test": None, "numbers": {}}]
    decision.pk, decision.document = None, {**decision.document, "preferred": older}
    decision.save()

    assert "alice had it before, so it goes back to the same agent" in told
    assert "preferred" not in explanation(returning.pk)["stages"][-1]
    assert "Preferred agent" not in told + page_of(returning)


def test_of_what_will_go_back_nobody_is_compared_whoever_was_before(page_of, returning):
    assert explanation(returning.pk)["agents_considered"] == []
    assert "Nobody is compared now What stands against it says why." in page_of(returning)


def test_what_a_preferred_agent_gets_compares_nobody(
    page_of, workstream, second_agent, customer, now
):
    item = offered(workstream, now, contact=customer)

    assert "A preferred agent comes first So nobody was compared with others." in page_of(item)


def test_what_waits_for_a_preferred_agent_does_not_promise_a_list(
    page_of, workstream, agent, second_agent, customer, now
):
    type(agent).objects.filter(pk=agent.pk).update(is_enabled=False)
    item = arrive(workstream, now, contact=customer)

    text = page_of(item)

    assert "alice is disabled" in text
    assert "Nobody is compared now" in text
    assert "Agents of its queue are listed here" not in text


def test_a_queue_without_members_promises_no_list(page_of, now):
    item = arrive(make_workstream(queue=make_queue("Empty")), now)
    configuration.publish(by=None, now=now)

    assert "The queue has no members So there is nobody to consider." in page_of(item)


def test_work_given_along_with_other_says_who_stood_where_at_its_turn(
    page_of, workstream, agent, second_agent, now
):
    for each in (agent, second_agent):
        type(each).objects.filter(pk=each.pk).update(capacity_units=1)
    first, second = arrive(workstream, now), arrive(workstream, now + MINUTE)

    service.run_cycle(now=now + MINUTE)

    ranks = {each["agent"]: each["rank"] for each in explanation(second.pk)["agents_considered"]}
    assert ranks == {"alice": None, "bob": 1}
    assert "bob is the only one who may have it." in page_of(second)
    assert "alice comes before bob by place among the members: " in page_of(first)
    assert "Compared in this order: room, last assigned, position." in page_of(first)


@pytest.fixture
def named(agent, second_agent):
    """Both have names that are not their usernames."""
    for each, name in ((agent, "Alice {Al}"), (second_agent, "Bob")):
        type(each.user).objects.filter(pk=each.user_id).update(first_name=name, last_name="Stone")


def test_people_read_why_by_the_names_they_know_and_programs_by_usernames(
    page_of, named, workstream, now
):
    item = arrive(workstream, now)

    service.run_cycle(now=now + MINUTE)

    assert "Alice {Al} Stone comes before Bob Stone by place among" in page_of(item)
    assert explanation(item.pk)["stages"][-1]["why"].startswith("alice comes before bob by place")


def test_preferred_agents_who_are_waited_for_have_the_names_that_people_know(
    page_of, named, workstream, agent, customer, now
):
    type(agent).objects.filter(pk=agent.pk).update(is_enabled=False)
    item = arrive(workstream, now, contact=customer)

    assert "of its customer: Alice {Al} Stone is disabled." in page_of(item)
    because = explanation(item.pk)["waiting_because"][-1]
    assert because["sentence"].endswith("of its customer: alice is disabled.")


def test_where_that_is_no_longer_known_it_says_what_the_batch_gave_before(
    page_of, workstream, agent, second_agent, now
):
    arrive(workstream, now)
    second = arrive(workstream, now + MINUTE)
    service.run_cycle(now=now + MINUTE)
    RoutingDecision.objects.exclude(work_item_id=second.pk).delete()
    Assignment.objects.exclude(item=second).delete()

    text = page_of(second)

    assert "before the batch, which gave 1 other work item before this one." in text


def test_a_decision_that_fails_to_be_made_again_is_told_as_it_was_stored(
    page_of, workstream, agent, second_agent, now, caplog
):
    item = offered(workstream, now)
    decision = RoutingDecision.objects.get(stage="assignment")
    kept = decision.document
    decision.pk = None
    decision.document = {**kept, "seen": {**kept["seen"], "agents": [["too short"]]}}
    decision.save()

    text = page_of(item)

    assert "alice was chosen of 2 considered." in text
    assert f"replay failed decision={decision.pk}" in caplog.text


@pytest.mark.parametrize(("is_known", "is_said"), [(False, True), (True, False)])
def test_where_assigning_fails_the_next_cycle_is_no_comfort(
    page_of, workstream, agent, now, is_known, is_said
):
    Heartbeat.objects.create(process="router", name="here", at=database_now())
    item = arrive(workstream, now)
    service.alarm_of_cycle(queue_id=item.queue_id, error=KeyError("any"), now=now)
    if is_known:
        Alarm.objects.update(acknowledged_at=now, acknowledged_by="sven")

    text = page_of(item)

    failed = "Assigning the work of its queue failed at 09:00:00 UTC on 02 Mar"
    assert (failed in text) == is_said
    assert [each["blocker"] for each in explanation(item.pk)["waiting_because"]] == [
        *(["assignment_of_its_queue_failed"] if is_said else ()),
        "eligible",
    ]


def test_a_failure_since_which_work_was_given_again_stands_against_nothing(
    page_of, workstream, agent, now
):
    Heartbeat.objects.create(process="router", name="here", at=database_now())
    first = arrive(workstream, now)
    service.alarm_of_cycle(queue_id=first.queue_id, error=KeyError("any"), now=now)
    service.run_cycle(now=now + MINUTE)
    offered_since = explanation(arrive(workstream, now + MINUTE).pk)["waiting_because"]

    service.accept(item_id=first.pk, by=agent, now=now + MINUTE)
    item = arrive(workstream, now + MINUTE)

    assert offered_since[0]["blocker"] == "assignment_of_its_queue_failed"
    assert [each["blocker"] for each in explanation(item.pk)["waiting_because"]] == ["eligible"]
    assert "Assigning the work of its queue failed" not in page_of(item)
