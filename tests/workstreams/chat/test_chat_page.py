"""The customers' chat over HTTP, with CSRF checks on and without cookies."""

from uuid import uuid4

import pytest

from routing import service
from tests.factories import make_item
from tests.workstreams.chat.conftest import text_of
from workstreams.actions.send_message import send_message
from workstreams.models import Contact, Message, WorkItem
from workstreams.terms import Author, Reason

pytestmark = pytest.mark.django_db


HTMX = {"HX-Request": "true"}


def answer(item, agent, text, now):
    """Says something as the agent who has the conversation."""
    with_agent = {"state": "active", "reason": Reason.IN_CONVERSATION, "agent": agent}
    WorkItem.objects.filter(pk=item.pk).update(**with_agent)
    send_message(item_id=item.pk, author=Author.AGENT, agent=agent, text=text, now=now)


def test_the_first_visit_greets_and_asks_for_a_name(visitor):
    page = visitor.open_page()

    assert "Hello! How can we help?" in page
    assert "Your name" in page
    assert visitor.token


def test_the_first_message_begins_a_conversation(visitor, widget):
    visitor.open_page()

    response = visitor.post(data={"name": "Ann", "email": "ann@example.org", "text": "Help <b>"})

    item = WorkItem.objects.get()
    assert response.status_code == 303
    assert item.channel_instance == widget
    assert item.customer == {"name": "Ann", "email": "ann@example.org"}
    assert item.messages.get().text == "Help <b>"
    assert "Help &lt;b&gt;" in text_of(visitor.get())


def test_beginning_twice_begins_one_conversation(visitor):
    visitor.open_page()
    form = {"name": "Ann", "text": "Help", "client_key": uuid4()}

    visitor.post(data=form)
    visitor.post(data=form)

    assert WorkItem.objects.count() == 1
    assert Message.objects.count() == 1


def test_a_known_customer_is_recognised_by_email(visitor):
    contact = Contact.objects.create(name="Ann Miller", email="ann@example.org")

    assert visitor.start(email="Ann@example.org").contact == contact


def test_an_email_that_two_have_recognises_nobody(visitor):
    for name in ("Ann", "Anna"):
        Contact.objects.create(name=name, email="ann@example.org")

    assert visitor.start(email="ann@example.org").contact is None


def test_context_of_the_web_site_reaches_the_work_item(visitor):
    page = visitor.open_page(**{"ctx.tier": "gold", "other": "x", "ctx.long": "x" * 4001})

    visitor.post(data={"name": "Ann", "text": "Help", "ctx.tier": "gold"})

    assert 'name="ctx.tier" value="gold"' in page
    assert WorkItem.objects.get().context == {"tier": "gold"}


def test_what_is_missing_is_said_at_its_field(visitor):
    visitor.open_page()

    response = visitor.post(data={"name": "", "text": "", "email": "nonsense"})

    page = text_of(response)
    assert response.status_code == 422
    assert "An empty message cannot be sent." in page
    assert "This field is required." in page
    assert "nonsense" in page


def test_the_page_shows_how_many_wait_before(visitor, workstream, now):
    make_item(workstream, at=now)
    visitor.start()

    assert "Customers before you: 1." in text_of(visitor.get())


def test_a_message_is_stored_and_the_form_comes_back_empty(visitor):
    item = visitor.start()

    response = visitor.post("message/", {"text": "Still there?"}, headers=HTMX)

    assert response.status_code == 200
    assert f"item-{item.pk}-changed" in response["HX-Trigger"]
    assert "Still there?" not in text_of(response)
    assert item.messages.last().text == "Still there?"


def test_a_message_sent_twice_is_stored_once(visitor):
    item = visitor.start()
    form = {"text": "Still there?", "client_key": uuid4()}

    codes = [visitor.post("message/", form).status_code for _ in range(2)]

    assert codes == [303, 303]
    assert item.messages.count() == 2


@pytest.mark.parametrize("path", ["", "message/"])
def test_words_changed_after_a_lost_answer_stay_in_a_form_with_a_new_key(visitor, path):
    key = uuid4()
    item = visitor.start("Help", client_key=key)

    response = visitor.post(path, {"name": "Ann", "text": "Help me", "client_key": key})

    assert response.status_code == 422
    assert "Help me" in text_of(response)
    assert str(key) not in text_of(response)
    assert item.messages.count() == 1


def test_a_message_that_is_too_long_stays_in_the_form(visitor):
    item = visitor.start()
    text = "ä" * 14337

    response = visitor.post("message/", {"text": text}, headers=HTMX)

    assert response.status_code == 422
    assert "at most 28 KB" in text_of(response)
    assert text in text_of(response)
    assert item.messages.count() == 1


def test_a_flood_is_asked_to_wait(visitor):
    item = visitor.start()

    codes = [
        visitor.post("message/", {"text": f"{number}"}, headers=HTMX).status_code
        for number in range(21)
    ]

    assert codes[-1] == 429
    assert item.messages.count() == 20


def test_the_log_fetches_only_what_is_new(visitor, agent, now):
    item = visitor.start("Question")
    first = item.messages.get().pk
    answer(item, agent, "Answer", now)

    html = text_of(visitor.get("messages/", after=first))

    assert "Answer" in html
    assert "Question" not in html
    assert "alice" in html


def test_customers_learn_an_agents_first_name_only(visitor, agent, now):
    agent.user.first_name, agent.user.last_name = "Alice", "Secretname"
    agent.user.save()
    item = visitor.start()
    answer(item, agent, "Answer", now)

    page = text_of(visitor.get())

    assert "Alice" in page
    assert "Secretname" not in page


def test_the_form_changes_with_the_phase_only(visitor):
    visitor.start()

    same = text_of(visitor.get("state/", shown="waiting"))
    changed = text_of(visitor.get("state/", shown="talking"))

    assert "hx-swap-oob" not in same
    assert "hx-swap-oob" in changed


def test_ending_closes_a_waiting_conversation(visitor):
    item = visitor.start()

    response = visitor.post("end/")

    item.refresh_from_db()
    page = text_of(visitor.get())
    assert response.status_code == 303
    assert item.state == "closed"
    assert "This chat has ended." in page
    assert "Start a new chat" in page


def test_ending_a_running_conversation_begins_wrap_up(visitor, agent, supervisor):
    item = visitor.start()
    service.assign(item_id=item.pk, agent=agent, by=supervisor)
    service.accept(item_id=item.pk, by=agent)
    talking = text_of(visitor.get())

    visitor.post("end/", headers=HTMX)

    item.refresh_from_db()
    assert "You are talking to alice." in talking
    assert item.state == "wrap_up"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_what_is_written_after_the_end_stays_before_the_customers_eyes(visitor, headers):
    item = visitor.start()
    visitor.post("end/")

    response = visitor.post("message/", {"text": "Wait, my bill"}, headers=headers)

    assert response.status_code == 422
    assert "This conversation has ended" in text_of(response)
    assert "Wait, my bill" in text_of(response)
    assert "Start a new chat" in text_of(response)
    assert "This chat has ended." in text_of(response)
    assert item.messages.count() == 1


def test_after_the_end_a_new_chat_begins_with_a_new_token(visitor):
    visitor.start()
    visitor.post("end/")
    old = visitor.token

    page = visitor.open_page(new="")

    assert "Your name" in page
    assert visitor.token != old


def test_a_full_conversation_takes_few_queries(visitor, agent, now, django_assert_max_num_queries):
    item = visitor.start()
    for number in range(8):
        answer(item, agent, f"Answer {number}", now)

    with django_assert_max_num_queries(5):
        visitor.get()
