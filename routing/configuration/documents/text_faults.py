"""What stands against surveys, replies and messages of a document, as on their pages."""

from collections.abc import Iterator, Mapping
from typing import Any

from routing.configuration.documents.landscape import Landscape
from routing.configuration.documents.slugs_after import slugs_after
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.save_automated_message import check_place, text_fault
from workstreams.actions.save_message_template import wrong_text
from workstreams.actions.save_quick_reply import clean_tags, message_fault
from workstreams.actions.save_survey_question import question_faults
from workstreams.models import SurveyQuestion
from workstreams.queries.quick_replies import TEMPLATE_CHANNELS
from workstreams.terms import Channel

Entry = Mapping[str, Any]
Fault = tuple[str, str]


def faults_of_survey(entry: Entry, channel: str) -> Iterator[Fault]:
    """The questions of a channel instance."""
    if entry["survey_questions"] and channel not in ("", Channel.LIVE_CHAT):
        yield "survey_questions", "Only chats ask before they begin."
    for question in entry["survey_questions"]:
        for sentence in question_faults(SurveyQuestion(**question)).values():
            yield "survey_questions", f"{question['name']}: {sentence}"


def faults_of_own_messages(entry: Entry, channel: str, organisation: Landscape) -> Iterator[Fault]:
    """The automated messages of a channel instance; its channel is empty when nobody knows it."""
    messages = entry["automated_messages"]
    if len({(one["trigger"], one["locale"]) for one in messages}) < len(messages):
        yield "automated_messages", "A message stands here twice in one language."
    for message in messages if channel else ():
        for _, sentence in _place_faults(message["trigger"], channel):
            yield "automated_messages", f"{message['trigger']}: {sentence}"
    for message in messages:
        for _, sentence in _said(message, organisation):
            yield "automated_messages", f"{message['trigger']}: {sentence}"


def faults_of_automated_message(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    """A message of a whole channel."""
    yield from _place_faults(entry["trigger"], entry["channel"])
    yield from _said(entry, organisation)


def faults_of_message_template(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    """A text to send first."""
    locale = entry["default_locale"]
    if entry["channel"] not in TEMPLATE_CHANNELS:
        sentence = "Only text messages that the organisation may send first have templates."
        yield "channel", sentence
    if locale not in entry["texts"]:
        yield "texts", f"There is no text in the template's own language, {locale}."
    elif fault := wrong_text(entry["texts"], slugs_after(organisation)):
        yield "texts", fault


def faults_of_quick_reply(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    """A reply of all agents."""
    if fault := message_fault(entry["message"], slugs_after(organisation)):
        yield "message", fault
    try:
        clean_tags(entry["tags"])
    except InvalidSettings as refusal:
        yield from refusal.errors.items()


def _said(message: Entry, organisation: Landscape) -> Iterator[Fault]:
    """Of a text; a message that is switched off may have none."""
    if message["text"] and (fault := text_fault(message["text"], slugs_after(organisation))):
        yield "text", fault


def _place_faults(trigger: str, channel: str) -> Iterator[Fault]:
    try:
        check_place(trigger, channel, None)
    except InvalidSettings as refusal:
        yield from refusal.errors.items()
