"""A form that would begin a chat, of somebody whose chat goes on in another tab."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from workstreams.actions.check_context import checked_context
from workstreams.channels.contract import SURVEY, InboundMessage
from workstreams.models import WorkItem
from workstreams.models.message import MESSAGE_BYTES

WHO_WRITES: Final = {"name": "Name", "email": "E-mail", "phone": "Phone number"}
FROM_ANOTHER_TAB: Final = "Given in another tab:"


def with_all_told(message: InboundMessage, item: WorkItem | None) -> InboundMessage:
    """What the form says besides the text, as the conversation has its own already. What was
    answered to questions is said with the text; a consent was given before it began. Who writes,
    and the web site's variables, where they differ, are told to agents alone: beside the text the
    customer would read what the site keeps of him, or by what is missing what others have written
    of him meanwhile. Of what is too long for one message only what fits is told."""
    if item is None:
        return message
    answers = message.attributes.get(SURVEY, ())
    asked = {each["name"] for each in answers}
    of_site = {name: each for name, each in message.context.items() if name not in asked}
    beside = [FROM_ANOTHER_TAB]
    for line in (*_customer_told(message, item), *_context_told(of_site, item)):
        if len("\n".join([*beside, line]).encode()) <= MESSAGE_BYTES:
            beside.append(line)
    return replace(
        message,
        text="\n".join([message.text, *_answers_told(answers)]),
        beside="\n".join(beside) if len(beside) > 1 else "",
    )


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
