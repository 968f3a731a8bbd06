"""Slugs in the texts of a document: those of its own context variables too, and no others."""

import pytest

from routing import configuration
from tests.routing.configuration.faulty import WAY_IN, chat
from workstreams.models import QuickReply

pytestmark = pytest.mark.django_db
NOTHING = "Nothing fills {{{}}}. Choose from the list of slugs."
MESSAGE = {"channel": "live_chat", "trigger": "next_in_line"}
TIER = {"name": "tier", "type": "text", "is_from_survey": False}


@pytest.fixture
def of_tier():
    """A document whose workstream has the context variable."""
    return chat(context_variables=[TIER])


@pytest.mark.parametrize(
    ("section", "entry"),
    [
        ("notification_templates", {"name": "n", "title": "{tier}"}),
        ("session_templates", {"name": "s", "unique_name": "own_s", "title": "{tier}"}),
        ("quick_replies", {"title": "Hi", "message": "Hi {tier}, {OCContext.colour}"}),
        ("message_templates", {"name": "m", "texts": {"en": "Hi {tier}"}}),
        ("automated_messages", MESSAGE | {"text": "Hi {tier}, {Position}"}),
    ],
)
def test_templates_may_name_what_the_document_brings(of_tier, section, entry) -> None:
    assert configuration.validate(of_tier | {section: [entry]}) == []


def test_every_text_that_nothing_fills_is_listed_at_once(of_tier, administrator, now) -> None:
    texts = {
        "quick_replies": [
            {"title": "Good", "message": "Hi {tier}"},
            {"title": "Bad", "message": "Hi {name}"},
        ],
        "message_templates": [{"name": "m", "texts": {"en": "{FirstName{Customer}}"}}],
        "automated_messages": [MESSAGE | {"text": "Hi {name}"}],
        "channel_instances": [
            WAY_IN
            | {"automated_messages": [
                {"trigger": MESSAGE["trigger"], "locale": "en", "text": "{x}", "is_active": True}
            ]}
        ],
    }  # fmt: skip

    with pytest.raises(configuration.InvalidDocument) as refused:
        configuration.import_document(of_tier | texts, by=administrator, now=now)

    said = {each["path"]: each["message"] for each in refused.value.findings}
    assert said == {
        "quick_replies.1.message": NOTHING.format("name"),
        "message_templates.0.texts": f"en: {NOTHING.format('FirstName{Customer}')}",
        "automated_messages.0.text": NOTHING.format("name"),
        "channel_instances.0.automated_messages": f"{MESSAGE['trigger']}: {NOTHING.format('x')}",
    }
    assert not QuickReply.objects.exists()
