"""Advice on the desk: asked for in a dialog, given in a tab."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from agents.models import AgentSkill
from routing import configuration, service
from tests.factories import make_agent, make_notification_template, make_queue, make_skill
from tests.scenarios import in_conversation
from workstreams.models import Consult, ConsultNote, Workstream

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def item(workstream, agent, now):
    return in_conversation(workstream, agent, now, title="Broken boiler", customer={"name": "Ann"})


@pytest.fixture
def adviser(db):
    return make_agent("eva", queues=[make_queue("Experts")])


@pytest.fixture
def advisers_desk(adviser):
    client = Client()
    client.force_login(adviser.user)
    return client


@pytest.fixture
def consult(item, agent, adviser):
    return service.consult(item_id=item.pk, by=agent, agent=adviser, question="Is it covered?")


def at(name, *args):
    return reverse(f"agents:{name}", args=args)


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_an_agent_asks_from_the_dialog(desk, item, adviser):
    dialog = desk.get(at("desk-consult", item.pk), headers=HTMX)
    asked = {"to": "agent", "agent": adviser.pk, "question": "Is it covered?"}

    answer = desk.post(at("desk-consult", item.pk), asked)

    assert "eva (Available)" in dialog.content.decode()
    assert answer.status_code == 303
    assert Consult.objects.get().question == "Is it covered?"


@pytest.mark.parametrize(
    ("auto_assign", "said"),
    [(False, "eva is asked for advice."), (True, "eva reads along to advise you.")],
)
def test_the_page_says_whether_one_is_asked_or_in_at_once(
    desk, item, adviser, now, auto_assign, said
):
    template = make_notification_template(auto_assign=auto_assign)
    Workstream.objects.filter(pk=item.workstream_id).update(consult_template=template)
    configuration.publish(by=None, now=now)

    asked = {"to": "agent", "agent": adviser.pk}
    page = desk.post(at("desk-consult", item.pk), asked, follow=True)

    assert said in text(page)


@pytest.mark.parametrize(
    ("query", "is_found"),
    [("find=ev", True), ("find=boilers", True), ("find=zoe", False), ("serves={}", True)],
)
def test_agents_to_ask_are_found_by_name_skill_and_queue(desk, item, adviser, query, is_found):
    AgentSkill.objects.create(agent=adviser, skill=make_skill("Boilers"), rating=9)
    make_agent("zack", queues=[make_queue("Others")])
    query = query.format(adviser.queues.get().pk)

    dialog = desk.get(f"{at('desk-consult', item.pk)}?{query}", headers=HTMX).content.decode()

    assert ("eva (Available)" in dialog) == is_found
    assert "zack (Available)" not in dialog


def test_without_scripts_a_button_narrows_the_list(desk, item, adviser):
    page = desk.get(f"{at('desk-consult', item.pk)}?find=zoe&question=Why").content.decode()

    assert 'formmethod="get"' in page
    assert "Nobody who is signed in fits." in page
    assert "Why" in page


def test_of_many_agents_the_first_are_shown_and_anybody_may_be_asked(desk, item, adviser):
    for number in range(60):
        make_agent(f"agent-{number:02}")
    late = make_agent("zoe")

    dialog = desk.get(at("desk-consult", item.pk), headers=HTMX).content.decode()
    desk.post(at("desk-consult", item.pk), {"to": "agent", "agent": late.pk})

    assert dialog.count("(Available)") == 50
    assert "narrow them by name, skill or queue" in dialog
    assert Consult.objects.get().agent == late


def test_a_refusal_is_shown_on_the_form(desk, item, adviser, consult):
    answer = desk.post(at("desk-consult", item.pk), {"to": "agent", "agent": adviser.pk})

    assert answer.status_code == 422
    assert "eva is asked already." in answer.content.decode()


def test_who_is_asked_sees_the_question_and_not_the_conversation(advisers_desk, item, consult):
    page = text(advisers_desk.get(at("desk")))

    assert "alice asks for advice" in page
    assert "Is it covered?" in page
    assert "the messages are shown once" in text(advisers_desk.get(at("desk-item", item.pk)))


def test_the_adviser_reads_along_and_leaves(advisers_desk, item, consult):
    answer = advisers_desk.post(at("consult-accept", consult.pk))
    page = text(advisers_desk.get(at("desk-item", item.pk)))

    assert answer.url == f"/desk/{item.pk}/?tab=consult"
    assert "You read along. alice can add you" in page
    assert "Advising, with alice" in text(advisers_desk.get(at("desk")))

    advisers_desk.post(at("consult-end", consult.pk))

    assert advisers_desk.get(at("desk-item", item.pk)).status_code == 404


def test_the_side_talk_shows_to_both_and_to_nobody_else(
    desk, advisers_desk, second_agent, item, consult
):
    advisers_desk.post(at("consult-accept", consult.pk))
    note = {"text": "Yes, until May", "client_key": uuid4()}

    answer = advisers_desk.post(at("consult-note", consult.pk), note, headers=HTMX)

    assert (answer.status_code, f"item-{item.pk}-changed" in answer["HX-Trigger"]) == (204, True)
    tab = at("desk-item", item.pk) + "?tab=consult"
    assert "Yes, until May" in text(desk.get(tab))
    assert "Yes, until May" in text(advisers_desk.get(tab))
    client = Client()
    client.force_login(second_agent.user)
    assert client.get(tab).status_code == 404
    assert client.post(at("consult-note", consult.pk), note).status_code == 404


def test_the_hour_of_a_note_is_told_by_the_readers_clock(desk, item, consult, now):
    desk.post(at("consult-note", consult.pk), {"text": "Hm", "client_key": uuid4()})
    ConsultNote.objects.update(created_at=now)

    tab = desk.get(at("desk-item", item.pk) + "?tab=consult").content.decode()

    (words,) = re.findall(r"·\s+<time([^<]+)</time>", tab)
    assert f'datetime="{now.isoformat(timespec="seconds")}"' in words
    assert f"data-clock>{now:%H:%M} UTC" in words


def test_what_was_typed_stays_until_it_is_sent(desk, item, consult):
    tab = at("desk-item", item.pk) + "?tab=consult"
    form = re.compile(r'id="(note-form-[^"]+)"')
    (first,) = form.findall(desk.get(tab).content.decode())
    (again,) = form.findall(desk.get(tab).content.decode())

    desk.post(at("consult-note", consult.pk), {"text": "Hm", "client_key": uuid4()})

    assert first == again
    assert form.findall(desk.get(tab).content.decode()) != [first]


def test_the_adviser_is_added_and_answers_the_customer(desk, advisers_desk, item, consult):
    advisers_desk.post(at("consult-accept", consult.pk))

    desk.post(at("consult-add", consult.pk))
    page = advisers_desk.get(at("desk-item", item.pk)).content.decode()
    sent = advisers_desk.post(
        at("desk-reply", item.pk), {"text": "Hello Ann", "client_key": uuid4()}
    )

    assert "data-composer" in page
    assert (sent.status_code, item.messages.filter(text="Hello Ann").count()) == (303, 1)


def test_the_work_is_handed_to_the_adviser(desk, advisers_desk, item, adviser, consult, queue):
    advisers_desk.post(at("consult-accept", consult.pk))

    answer = desk.post(at("consult-hand-over", consult.pk))

    item.refresh_from_db()
    assert (answer.status_code, item.agent) == (303, adviser)


def test_work_is_not_handed_to_whoever_does_not_advise(
    desk, advisers_desk, item, agent, adviser, consult
):
    path = at("consult-hand-over", consult.pk)
    early = desk.post(path, headers=HTMX)
    advisers_desk.post(at("consult-accept", consult.pk))
    of_another = advisers_desk.post(path, headers=HTMX)
    service.end_consult(consult_id=consult.pk, by=adviser.user)

    late = desk.post(path, headers=HTMX)

    item.refresh_from_db()
    assert item.agent == agent
    assert (early.status_code, late.status_code, of_another.status_code) == (409, 409, 404)
    assert "eva has not answered yet." in early["HX-Trigger"]
    assert "This consult is over." in late["HX-Trigger"]


def test_a_request_may_be_declined_and_taken_back(desk, advisers_desk, item, adviser, consult):
    advisers_desk.post(at("consult-decline", consult.pk))
    desk.post(at("desk-consult", item.pk), {"to": "agent", "agent": adviser.pk})
    again = Consult.objects.running().get()

    desk.post(at("consult-end", again.pk))

    states = Consult.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["declined", "ended"]


def test_an_empty_note_is_refused_with_a_sentence(desk, consult):
    answer = desk.post(
        at("consult-note", consult.pk), {"text": " ", "client_key": uuid4()}, headers=HTMX
    )

    assert 400 <= answer.status_code < 500
    assert not ConsultNote.objects.exists()
