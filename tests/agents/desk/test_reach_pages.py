"""What the dialogs of transfer and advice list."""

import pytest
from django.test import Client
from django.urls import reverse

from agents.models import AgentPresence, OperatingHours
from routing import configuration, service
from tests.factories import make_agent, make_queue, make_skill
from tests.scenarios import in_conversation
from workstreams.models import ServiceConfiguration

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def item(workstream, agent, now):
    return in_conversation(workstream, agent, now, title="Broken boiler")


@pytest.fixture
def stranger(item, now):
    stranger = make_agent("stan", queues=[make_queue("Far away")])
    configuration.publish(by=None, now=now)
    return stranger


def switch(**values):
    ServiceConfiguration.objects.update_or_create(pk=1, defaults=values)


def at(name, item):
    return reverse(f"agents:desk-{name}", args=[item.pk])


@pytest.mark.parametrize("verb", ["transfer", "consult"])
def test_only_those_within_reach_are_listed_and_taken(desk, queue, item, stranger, verb):
    member = make_agent("mia", queues=[queue])
    switch(**{f"{verb}_agents": "queue"})

    page = desk.get(at(verb, item)).content.decode()
    refused = desk.post(at(verb, item), {"to": "agent", "agent": stranger.pk})
    taken = desk.post(at(verb, item), {"to": "agent", "agent": member.pk})

    assert "mia (Available)" in page
    assert "stan (Available)" not in page
    assert (refused.status_code, taken.status_code) == (422, 303)


@pytest.mark.parametrize("verb", ["transfer", "consult"])
def test_queues_out_of_reach_are_not_listed(desk, item, stranger, verb):
    far = stranger.queues.get()
    assert f'<option value="{far.pk}">Far away' in desk.get(at(verb, item)).content.decode()
    switch(**{f"{verb}_queues": "own"})

    response = desk.post(at(verb, item), {"to": "queue", "queue": far.pk})

    assert response.status_code == 422
    assert response.context["form"].errors["queue"]


def test_without_transfers_to_agents_there_is_no_choice(desk, item, stranger):
    switch(transfers_to_agents=False)

    page = desk.get(at("transfer", item)).content.decode()
    refused = desk.post(at("transfer", item), {"to": "agent", "agent": stranger.pk})
    taken = desk.post(at("transfer", item), {"queue": stranger.queues.get().pk})

    assert 'name="to"' not in page
    assert 'name="agent"' not in page
    assert (refused.status_code, taken.status_code) == (422, 303)


def test_without_questions_to_queues_there_is_no_choice(desk, item, stranger):
    switch(asks_queues=False)

    page = desk.get(at("consult", item)).content.decode()
    taken = desk.post(at("consult", item), {"agent": stranger.pk, "question": "Why?"})

    assert 'name="to"' not in page
    assert 'name="queue"' not in page
    assert taken.status_code == 303


def test_handing_over_to_the_adviser_is_a_transfer_too(desk, item, agent, stranger):
    consult = item.consults.create(
        asked_by=agent,
        agent=stranger,
        state="advising",
        asked_at=item.created_at,
        answered_at=item.created_at,
        deadline_at=item.created_at,
    )
    tab = reverse("agents:desk-item", args=[item.pk]) + "?tab=consult"
    assert "Hand over" in desk.get(tab).content.decode()
    switch(transfers_to_agents=False)

    answer = desk.post(reverse("agents:consult-hand-over", args=[consult.pk]))

    assert "Hand over" not in desk.get(tab).content.decode()
    assert answer.status_code == 403


def test_agents_with_the_skills_come_first_and_who_is_not_there_is_hidden(
    desk, workstream, agent, now
):
    agent.skills.create(skill=make_skill("French"), rating=5)
    item = in_conversation(workstream, agent, now, skills={make_skill("French"): None})
    make_agent("abe")
    make_agent("zoe", skills={"French": 3})
    for name, base in (("dan", "busy_dnd"), ("eli", "away"), ("fay", "offline")):
        AgentPresence.objects.filter(agent=make_agent(name)).update(base=base)

    page = desk.get(at("transfer", item)).content.decode()

    assert page.index("zoe (Available)") < page.index("abe (Available)")
    assert "has 1 of 1 skill" in page
    assert not any(f"{name} (" in page for name in ("dan", "eli", "fay"))


def test_queues_outside_their_hours_are_hidden(desk, item, now):
    hours = OperatingHours.objects.create(name="Never")
    closed = make_queue("Closed", operating_hours=hours)
    make_agent("nina", queues=[closed])
    configuration.publish(by=None, now=now)

    page = desk.get(at("transfer", item)).content.decode()
    refused = desk.post(at("transfer", item), {"to": "queue", "queue": closed.pk})

    assert (
        f'<option value="{closed.pk}">' not in page.split('name="queue"')[1].split("</select>")[0]
    )
    assert refused.status_code == 422


def test_the_list_narrows_in_the_dialog_and_by_a_button(desk, item, stranger):
    make_agent("mia")

    dialog = desk.get(at("transfer", item) + "?to=agent&find=sta", headers=HTMX).content.decode()
    page = desk.get(at("transfer", item) + "?to=agent&find=nobody").content.decode()

    assert "stan (Available)" in dialog
    assert "mia (Available)" not in dialog
    assert "Nobody who is available or busy fits." in page
    assert 'formmethod="get"' in page


def test_who_lost_his_work_to_another_sees_that_he_advises(desk, item, agent, stranger, supervisor):
    service.transfer(item_id=item.pk, by=supervisor, agent=stranger)
    service.accept(item_id=item.pk, by=stranger)
    other = Client()
    other.force_login(stranger.user)

    mine = desk.get(reverse("agents:desk")).content.decode()
    theirs = other.get(reverse("agents:desk-item", args=[item.pk]) + "?tab=consult")

    assert "Advising" in mine
    assert "Broken boiler" in desk.get(reverse("agents:desk-item", args=[item.pk])).content.decode()
    assert "Add to the conversation" in theirs.content.decode()
