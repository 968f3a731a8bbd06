"""A form that would begin a chat, of somebody whose chat goes on in another tab."""

from dataclasses import replace

from workstreams.channels.contract import SURVEY, InboundMessage
from workstreams.models.message import MESSAGE_BYTES


def with_answers_told(message: InboundMessage) -> InboundMessage:
    """What was answered to questions is said with the text: the conversation has its answers
    already, and these may be others."""
    answers = message.attributes.get(SURVEY, ())
    lines = [f"{each['question']} {each['answer']}" for each in answers]
    text = "\n".join([message.text, *lines])
    return replace(message, text=text) if len(text.encode()) <= MESSAGE_BYTES else message
