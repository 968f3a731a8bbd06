"""Surveys and automated messages of documents, while people use them."""

import pytest

from routing import configuration
from tests.factories import make_chat_widget
from workstreams.models import AutomatedMessage, ContextVariable, SurveyQuestion

pytestmark = pytest.mark.django_db


def question(name, **fields):
    return {
        "name": name,
        "text": f"Your {name}?",
        "answer_type": "single_line",
        "options": [],
        "is_required": False,
    } | fields


@pytest.fixture
def widget(workstream):
    return make_chat_widget(workstream, "shop", name="Shop")


@pytest.fixture
def asked(widget):
    rows = [question("order"), question("topic")]
    return [
        SurveyQuestion.objects.create(channel_instance=widget, position=position, **row)
        for position, row in enumerate(rows, start=1)
    ]


@pytest.fixture
def bring(now):
    def bring(**fields):
        instance = {"name": "Shop", "workstream": "Chat", "slug": "shop"} | fields
        document = {"format": 2, "channel_instances": [instance]}
        return configuration.import_document(document, by=None, now=now)

    return bring


def test_questions_of_the_same_name_stay_the_same_rows(widget, asked, bring):
    order, _ = asked

    bring(greeting="Hello", survey_questions=[question("new"), question("order", text="Which?")])

    found = list(SurveyQuestion.objects.values_list("name", "text", "position"))
    assert found == [("new", "Your new?", 1), ("order", "Which?", 2)]
    assert SurveyQuestion.objects.get(name="order").pk == order.pk


def test_a_new_question_has_a_context_variable(widget, workstream, bring):
    report = bring(survey_questions=[question("order")])

    assert ContextVariable.objects.get(workstream=workstream, name="order").is_from_survey
    assert "workstream Chat" in report.changed
    assert bring(survey_questions=[question("order")]).version is None


def test_a_workstream_of_the_document_keeps_the_variables_of_its_surveys(widget, bring, now):
    bring(survey_questions=[question("order")])
    document = configuration.document()
    document["workstreams"][0]["context_variables"] = []
    del document["channel_instances"]

    configuration.import_document(document, by=None, now=now)

    assert ContextVariable.objects.filter(name="order").exists()


def test_messages_keep_their_rows_and_revisions_rise(widget, bring):
    kept = AutomatedMessage.objects.create(
        channel_instance=widget, channel="live_chat", trigger="agent_ended", text="Bye"
    )
    same = AutomatedMessage.objects.create(
        channel_instance=widget, channel="live_chat", trigger="agent_ended", text="x", locale="de"
    )
    told = {"trigger": "agent_ended", "is_active": True}

    bring(
        automated_messages=[
            told | {"locale": "en", "text": "Goodbye"},
            told | {"locale": "de", "text": "x"},
        ]
    )

    kept.refresh_from_db()
    same.refresh_from_db()
    assert (kept.text, kept.revision, same.revision) == ("Goodbye", 2, 1)
