"""What a chat asks before it begins (B 4.4)."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.factories import make_chat_widget
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.save_survey_question import save_survey_question
from workstreams.forms.survey import consent_text
from workstreams.models import Contact, ContextVariable, SurveyQuestion, WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def widget(workstream):
    return make_chat_widget(workstream, "shop", name="Shop chat")


@pytest.fixture
def address(workstream, widget) -> str:
    return f"/workstreams/{workstream.pk}/channel-instances/{widget.pk}/survey/"


@pytest.fixture
def as_administrator(administrator) -> Client:
    browser = Client()
    browser.force_login(administrator)
    return browser


def ask(widget, name, **fields) -> SurveyQuestion:
    return SurveyQuestion.objects.create(
        channel_instance=widget,
        name=name,
        text=fields.pop("text", f"Your {name}?"),
        position=widget.survey_questions.count() + 1,
        **fields,
    )


def begin(answers: dict[str, str], text="Hello") -> tuple[int, str]:
    """A visitor types the answers by the labels of the page."""
    browser = Client()
    page = browser.get("/chat/shop/").content.decode()
    hidden = dict(re.findall(r'name="(v|client_key)" value="([^"]+)"', page))
    labels = {
        unescape(label).removesuffix(" (optional)"): name
        for name, label in re.findall(r'for="id_([\w-]+)">([^<]*)', page)
    }
    typed = {labels[label]: value for label, value in answers.items()}
    response = browser.post("/chat/shop/", {**hidden, "name": "Ann", "text": text, **typed})
    return response.status_code, response.content.decode()


def test_a_question_makes_a_context_variable(as_administrator, address, workstream):
    typed = {"name": "topic", "text": "About what?", "answer_type": "options", "options": "a; b;a"}

    response = as_administrator.post(f"{address}new/", typed)

    question = SurveyQuestion.objects.get()
    assert (response.status_code, response.url) == (303, address)
    assert (question.text, question.options) == ("About what?", ["a", "b"])
    assert ContextVariable.objects.get(workstream=workstream).is_from_survey


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a.b"}, "name"),
        ({"name": "contact_id"}, "name"),
        ({"name": "Email"}, "name"),
        ({"text": "x" * 513}, "text"),
        ({"answer_type": "options", "options": " ; "}, "options"),
        ({"answer_type": "consent"}, "is_required"),
        ({"answer_type": "essay"}, "answer_type"),
    ],
    ids=str,
)
def test_a_question_that_cannot_be_asked_is_refused(
    change, field, as_administrator, address, widget
):
    ask(widget, "Email")
    typed = {"name": "topic", "text": "About?", "answer_type": "single_line", **change}

    response = as_administrator.post(f"{address}new/", typed)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert SurveyQuestion.objects.count() == 1


def test_an_option_holds_no_semicolon(widget, administrator, now):
    with pytest.raises(InvalidSettings) as refused:
        save_survey_question(
            instance=widget,
            name="topic",
            text="About?",
            answer_type="options",
            options=["a; b"],
            by=administrator,
            now=now,
        )

    assert refused.value.errors.keys() == {"options"}


def test_an_answer_under_a_reserved_name_names_nobody(widget):
    ann = Contact.objects.create(name="Ann Other")
    ask(widget, "contact_id", text="Who?")

    begin({"Who?": str(ann.pk)})

    item = WorkItem.objects.get()
    assert item.contact is None
    assert "contact_id" not in item.context


def test_there_are_at_most_ten_questions(as_administrator, address, widget):
    for number in range(10):
        ask(widget, f"q{number}")

    typed = {"name": "one more", "text": "And?", "answer_type": "single_line"}
    response = as_administrator.post(f"{address}new/", typed)

    assert "at most 10 questions" in response.content.decode()
    assert "Add question" not in as_administrator.get(address).content.decode()


def test_questions_are_asked_in_the_order_chosen(as_administrator, address, widget):
    ask(widget, "first")
    second = ask(widget, "second")

    as_administrator.post(f"{address}{second.pk}/move/", {"direction": "up"})

    assert [each.name for each in widget.survey_questions.all()] == ["second", "first"]


def test_a_question_is_edited_and_deleted(as_administrator, address, widget):
    question = ask(widget, "topic")
    typed = {"name": "topic", "text": "What about?", "answer_type": "multi_line"}

    as_administrator.post(f"{address}{question.pk}/edit/", typed)
    assert widget.survey_questions.get().text == "What about?"

    as_administrator.post(f"{address}{question.pk}/delete/")
    assert not widget.survey_questions.exists()


def test_supervisors_read_the_survey(supervisor, address, widget):
    ask(widget, "topic")
    browser = Client()
    browser.force_login(supervisor)

    content = browser.get(address).content.decode()

    assert "Your topic?" in content
    assert "Add question" not in content
    assert browser.get(f"{address}new/").status_code == 403


def test_answers_are_kept_with_the_conversation(widget):
    Contact.objects.create(name="Ann Miller", email="ann@example.org")
    ask(widget, "Email")
    ask(widget, "topic", answer_type="options", options=["Orders", "Returns"])
    ask(widget, "story", answer_type="multi_line")
    ask(widget, "agreed", answer_type="consent", is_required=True)

    code, _ = begin(
        {"Your Email?": "Ann@example.org", "Your topic?": "Orders", "Your agreed?": "on"}
    )

    item = WorkItem.objects.get()
    assert code == 303
    assert item.context == {"Email": "Ann@example.org", "topic": "Orders", "agreed": True}
    assert item.attributes["survey"][1]["question"] == "Your topic?"
    assert str(item.contact) == "Ann Miller"


def test_only_what_is_mandatory_has_to_be_answered(widget):
    ask(widget, "Email", is_required=True)
    ask(widget, "agreed", answer_type="consent", is_required=True)
    ask(widget, "story")

    code, page = begin({"Your story?": "long"})

    assert code == 422
    assert "Please agree before the chat begins." in page
    assert 'value="long"' in page
    assert not WorkItem.objects.exists()


def test_no_format_is_checked(widget):
    ask(widget, "Email", is_required=True)

    assert begin({"Your Email?": "no address"})[0] == 303


def test_a_visitor_cannot_claim_a_row(widget):
    contact = Contact.objects.create(name="Ann Miller")
    page = Client().get("/chat/shop/", {"ctx.contact_id": contact.pk}).content.decode()

    assert "contact_id" not in page


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "See [privacy](https://x.example/p?a=1&b=2) & agree",
            'See <a href="https://x.example/p?a=1&amp;b=2" target="_blank"'
            ' rel="noopener noreferrer">privacy</a> &amp; agree',
        ),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("<b>[a](https://x'onclick=1)</b>", None),
        ("**bold**", "**bold**"),
    ],
)
def test_a_consent_has_links_and_nothing_else(text, html):
    shown = consent_text(text)

    assert html is None or shown == html
    assert "<b>" not in shown
    assert "'onclick" not in shown
