"""What templates, bots, ways in and definitions of a document are refused for."""

from typing import Any

import pytest

from routing import configuration
from tests.routing.configuration.faulty import CHAT, WAY_IN, asking, bots, chat, document, open_from

pytestmark = pytest.mark.django_db


def finding(keys: dict[str, str]) -> dict[str, Any]:
    """A rule that finds contacts."""
    return {"name": "r", "entity": "contact", "keys": keys, "is_enabled": True}


SENTENCES = {
    "notification": (
        document(notification_templates=[{"name": "n", "auto_assign": True}]),
        "notification_templates.0.agents_may_decline",
        "What is assigned without asking cannot be declined.",
    ),
    "accepted": (
        document(notification_templates=[{"name": "n", "auto_accept": True}]),
        "notification_templates.0.auto_accept",
        "Opening by itself needs automatic assignment and a countdown.",
    ),
    "fields": (
        document(
            notification_templates=[{"name": "n", "fields": [{"header": "a", "value": ""}] * 5}]
        ),
        "notification_templates.0.fields",
        "Should be a list of at most 4.",
    ),
    "unique-name": (
        document(
            session_templates=[
                {"name": "s", "unique_name": "swy_live_chat_session_default"},
            ]
        ),
        "session_templates.0.unique_name",
        "The session template Chat session - default has this unique name.",
    ),
    "endpoint": (
        document(bots=[{"name": "Bo", "kind": "webhook"}]),
        "bots.0.endpoint",
        "A webhook bot has an endpoint, a scripted one has none.",
    ),
    "address": (
        document(bots=[{"name": "Bo", "kind": "webhook", "endpoint": "http://bot.example"}]),
        "bots.0.endpoint",
        "A bot's address begins with https://",
    ),
    "script": (
        document(bots=[{"name": "Bo", "kind": "scripted", "script": {"rules": [7]}}]),
        "bots.0.script.rules.1",
        "Rule 1: it needs words of the customer.",
    ),
    "slugs": (
        document(notification_templates=[{"name": "n", "title": "{nobody}"}]),
        "notification_templates.0.title",
        "{nobody} is no slug",
    ),
    "secret": (
        document(bots=[{"name": "Bo", "kind": "scripted", "secret": "x"}]),
        "bots.0.secret",
        "There is no field secret here.",
    ),
    "locale": (
        document(quick_replies=[{"title": "Hi", "message": "Hi", "locale": "klingon!"}]),
        "quick_replies.0.locale",
        "Should be a language such as en or de-AT.",
    ),
    "reply-twice": (
        document(quick_replies=[{"title": "Hi", "message": "a"}, {"title": "HI", "message": "b"}]),
        "quick_replies.1.title",
        "The name HI (en) stands here twice.",
    ),
    "texts": (
        document(message_templates=[{"name": "m", "texts": {"de": "Hallo"}}]),
        "message_templates.0.texts",
        "There is no text in the template's own language, en.",
    ),
    "slug": (
        document(channel_instances=[WAY_IN, WAY_IN | {"name": "Store"}]),
        "channel_instances.0.slug",
        "The address shop belongs to Store.",
    ),
    "origin": (
        document(channel_instances=[WAY_IN | {"allowed_origins": ["shop"]}]),
        "channel_instances.0.allowed_origins",
        "shop is not a site.",
    ),
    "consent": (
        document(
            channel_instances=[
                WAY_IN
                | {
                    "survey_questions": [
                        {
                            "name": "ok",
                            "text": "May this be kept?",
                            "answer_type": "consent",
                            "options": [],
                            "is_required": False,
                        }
                    ]
                }
            ]
        ),
        "channel_instances.0.survey_questions",
        "ok: Who has to consent has to answer: make it required.",
    ),
    "reserved-question": (
        asking(name="contact_id"),
        "channel_instances.0.survey_questions",
        "contact_id: contact_id means something else to the product.",
    ),
    "no-options": (
        asking(options=[]),
        "channel_instances.0.survey_questions",
        "topic: Type 1 to 100 options",
    ),
    "semicolon": (
        asking(options=["a; b"]),
        "channel_instances.0.survey_questions",
        "topic: An option has no semicolon",
    ),
    "survey-of-sms": (
        asking(settings={"sms_number": "+4930123456"})
        | {"workstreams": [CHAT | {"channel": "sms"}]},
        "channel_instances.0.survey_questions",
        "Only chats ask before they begin.",
    ),
    "reserved-variable": (
        chat(context_variables=[{"name": "case_id", "type": "text", "is_from_survey": False}]),
        "workstreams.0.context_variables",
        "case_id means something else to the product.",
    ),
    "variable-with-dots": (
        chat(context_variables=[{"name": "a.b", "type": "text", "is_from_survey": False}]),
        "workstreams.0.context_variables",
        "A name has no dots and no braces",
    ),
    "over-midnight": (
        open_from("22:00", "06:00"),
        "operating_hours.0.periods",
        "A day ends at 00:00.",
    ),
    "underscore": (
        document(quick_replies=[{"title": "Hi", "message": "Hi", "locale": "en_US"}]),
        "quick_replies.0.locale",
        "Should be a language such as en or de-AT.",
    ),
    "tags": (
        document(quick_replies=[{"title": "Hi", "message": "Hi", "tags": ["a,b"]}]),
        "quick_replies.0.tags",
        "# may only stand at the front of a tag: a,b.",
    ),
    "template-of-chat": (
        document(
            message_templates=[{"name": "m", "channel": "live_chat", "texts": {"en": "Hello"}}]
        ),
        "message_templates.0.channel",
        "Only text messages that the organisation may send first have templates.",
    ),
    "trigger": (
        document(
            automated_messages=[
                {"channel": "live_chat", "trigger": "offer_callback", "text": "Bye"}
            ]
        ),
        "automated_messages.0.trigger",
        "This channel does not have this message.",
    ),
    "link": (
        document(
            bots=[
                bots("assist")[0]
                | {"script": {"rules": [{"words": ["hi"], "title": "t", "url": "javascript:x"}]}}
            ]
        ),
        "bots.0.script.rules.1",
        "Rule 1: a link begins with https:// or http://.",
    ),
    "identification": (
        document(identification_rules=[{"name": "r"}]),
        "identification_rules.0",
        "Should be an object with name, entity, keys, is_enabled.",
    ),
    "unknown-field": (
        document(identification_rules=[finding({"Name": "name", "Mail": "e-mail"})]),
        "identification_rules.0.keys",
        "A contact is found by: name, email, phone.",
    ),
    "unknown-field-of-one-workstream": (
        chat(identification_rules=[finding({"Number": "number"})]),
        "workstreams.0.identification_rules.0.keys",
        "A contact is found by: name, email, phone.",
    ),
    "nothing-compared": (
        document(identification_rules=[finding({})]),
        "identification_rules.0.keys",
        "A rule compares 1 to 20 questions or variables.",
    ),
    "too-many-rules": (
        document(
            identification_rules=[finding({"Name": "name"}) | {"name": str(n)} for n in range(51)]
        ),
        "identification_rules",
        "There are at most 50 rules.",
    ),
    "scale": (
        document(rating_models=[{"name": "s", "min": 5, "max": 5}]),
        "rating_models.0.max",
        "A scale rises from its lowest to its highest rating.",
    ),
}


@pytest.mark.parametrize(("given", "path", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_says_what_is_wrong(given, path, sentence):
    findings = configuration.validate(given)

    assert findings[0]["path"] == path
    assert findings[0]["message"].startswith(sentence)
    assert all(each["message"].endswith(".") for each in findings)
