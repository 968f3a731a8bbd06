"""A form that would begin a chat, of somebody whose chat goes on in another tab."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from workstreams.actions.check_context import checked_context
from workstreams.channels.contract import SURVEY, InboundMessage
from workstreams.models import WorkItem
from workstreams.models.message import MESSAGE_BYTES

WHO_WRITES: Final = {"name": "Name", "email": "E-mail", "phone": "Phone number"}


def with_all_told(message: InboundMessage, item: WorkItem | None) -> InboundMessage:
    """What the form says besides the text is said with it, as the conversation has its own
    already: who writes and the web site's variables where they differ, and what was answered to
    questions. A consent was given before it began. Together it may be longer than a message; of
    the variables, which nobody can shorten there, only those are said that fit."""
    if item is None:
        return message
    answers = message.attributes.get(SURVEY, ())
    lines = [message.text, *_customer_told(message, item), *_answers_told(answers)]
    asked = {each["name"] for each in answers}
    of_site = {name: each for name, each in message.context.items() if name not in asked}
    for line in _context_told(of_site, item):
        if len("\n".join([*lines, line]).encode()) <= MESSAGE_BYTES:
            lines.append(line)
    return replace(message, text="\n".join(lines))


def _customer_told(message: InboundMessage, item: WorkItem) -> Iterator[str]:
    for name, label in WHO_WRITES.items():
        given = message.customer.get(name)
        if given and given != item.customer.get(name):
            yield f"{label}: {given}"


def _answers_told(answers: Any) -> Iterator[str]:
    for each in answers:
        if each["answer"] is not True:
            yield f"{each['question']} {each['answer']}"


def _context_told(of_site: dict[str, Any], item: WorkItem) -> Iterator[str]:
    stored, _ = checked_context(workstream=item.workstream, context=of_site)
    for name, value in stored.items():
        if value != "" and value != item.context.get(name):
            yield f"{name}: {of_site[name]}"
