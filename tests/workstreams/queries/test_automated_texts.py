"""Which words win: the instance's, the channel's, the built-in ones; in which language."""

import pytest

from tests.factories import make_chat_widget
from workstreams.automated_messages import ALL
from workstreams.built_in_words import WORDS
from workstreams.models import AutomatedMessage
from workstreams.queries.automated_texts import automated_texts
from workstreams.terms import Channel, MessageTrigger

pytestmark = pytest.mark.django_db
JOINED = MessageTrigger.AGENT_JOINED
GERMAN = WORDS["de"][JOINED]
ENGLISH = WORDS["en"][JOINED]

# The language of the chat; rows as (level, language, text, active); what is said, None: nothing.
CASES = {
    "built in": ("en", [], ENGLISH),
    "built in, in the chat's language": ("de", [], GERMAN),
    "built in, in the language without its region": ("de-AT", [], GERMAN),
    "built in, in English where there is no other": ("fi", [], ENGLISH),
    "the channel's": ("en", [("channel", "en", "Hi", True)], "Hi"),
    "the channel's in one language leave the others": (
        "de",
        [("channel", "en", "Hi", True)],
        GERMAN,
    ),
    "the channel's in a language of its own": ("fi", [("channel", "fi", "Moi", True)], "Moi"),
    "the channel's region before the base": (
        "de-AT",
        [("channel", "de-AT", "Servus", True), ("channel", "de", "Tag", True)],
        "Servus",
    ),
    "the channel's is off": ("en", [("channel", "en", "Hi", False)], None),
    "the instance's": ("en", [("instance", "en", "Hey", True)], "Hey"),
    "the instance's before the channel's": (
        "en",
        [("channel", "en", "Hi", True), ("instance", "en", "Hey", True)],
        "Hey",
    ),
    "the instance's in English before the channel's in the chat's language": (
        "de",
        [("channel", "de", "Tag", True), ("instance", "en", "Hey", True)],
        "Hey",
    ),
    "the instance's is off, whatever the channel says": (
        "en",
        [("channel", "en", "Hi", True), ("instance", "en", "Hey", False)],
        None,
    ),
    "the instance's is on, though the channel's is off": (
        "en",
        [("channel", "en", "Hi", False), ("instance", "en", "Hey", True)],
        "Hey",
    ),
    "another instance's are nothing to this one": ("en", [("another", "en", "Ho", True)], ENGLISH),
    "another channel's are nothing to this one": ("en", [("sms", "en", "Ho", True)], ENGLISH),
}


@pytest.mark.parametrize("case", CASES)
def test_the_words_come_from_the_nearest_level(workstream, case):
    locale, rows, said = CASES[case]
    widget = make_chat_widget(workstream, locale=locale)
    instances = {"instance": widget, "another": make_chat_widget(workstream)}
    for level, language, text, is_active in rows:
        AutomatedMessage.objects.create(
            trigger=JOINED,
            locale=language,
            channel=Channel.SMS if level == "sms" else Channel.LIVE_CHAT,
            channel_instance=instances.get(level),
            text=text,
            is_active=is_active,
        )

    found = automated_texts([JOINED], channel=Channel.LIVE_CHAT, instance=widget)[JOINED]

    assert (found.text if found.is_active else None) == said


def test_all_triggers_take_one_query(workstream, django_assert_num_queries):
    widget = make_chat_widget(workstream)

    with django_assert_num_queries(1):
        texts = automated_texts(list(MessageTrigger), channel=Channel.LIVE_CHAT, instance=widget)

    assert set(texts) == set(MessageTrigger)


def test_every_trigger_is_described_and_has_words_in_every_language():
    assert {each.trigger for each in ALL} == set(MessageTrigger)
    for locale, words in WORDS.items():
        assert set(words) == set(MessageTrigger), locale


@pytest.mark.parametrize("trigger", [MessageTrigger.HOLIDAY, MessageTrigger.OUT_OF_HOURS])
@pytest.mark.parametrize("locale", WORDS)
def test_only_where_what_is_written_stays_a_later_answer_is_promised(trigger, locale):
    sms, chat = (
        automated_texts([trigger], channel=channel, locale=locale)[trigger].text
        for channel in ("sms", "live_chat")
    )

    promise = {"en": "answer", "de": "antworten", "fr": "répondrons", "es": "responderemos"}
    assert promise[locale] in sms
    assert promise[locale] not in chat


def test_the_words_of_administrators_stay_theirs():
    trigger = MessageTrigger.OUT_OF_HOURS
    AutomatedMessage.objects.create(trigger=trigger, channel="live_chat", text="We will answer.")

    assert automated_texts([trigger], channel="live_chat")[trigger].text == "We will answer."


def test_what_is_raised_belongs_to_the_channel():
    assert not [each.trigger for each in ALL if not each.raised_on <= each.channels]
