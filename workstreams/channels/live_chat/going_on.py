"""A form that would begin a chat, of somebody whose chat goes on in another tab."""

from dataclasses import replace

from workstreams.channels.contract import SURVEY, InboundMessage


def with_answers_told(message: InboundMessage) -> InboundMessage:
    """What was answered to questions is said with the text: the conversation has its answers
    already, and these may be others. A consent was given before it began. Together it may be
    longer than a message."""
    answers = message.attributes.get(SURVEY, ())
    told = (each for each in answers if each["answer"] is not True)
    lines = [f"{each['question']} {each['answer']}" for each in told]
    return replace(message, text="\n".join([message.text, *lines]))
