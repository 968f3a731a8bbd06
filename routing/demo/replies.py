"""Texts that agents of the demo organisation have at hand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from agents.models import User
from workstreams.actions.save_message_template import save_message_template
from workstreams.actions.save_quick_reply import save_quick_reply
from workstreams.models import Workstream
from workstreams.terms import Channel

# Title, language, text, tags, and the one workstream it is for.
REPLIES: Final = (
    (
        "Greeting",
        "en",
        "Hello {FirstName{Customer}}, my name is {AgentName}. How can I help?",
        ("greeting",),
        "",
    ),
    (
        "Greeting",
        "de",
        "Guten Tag, mein Name ist {AgentName}. Wie kann ich helfen?",
        ("greeting",),
        "",
    ),
    ("One moment", "en", "One moment, please: I will look into it.", ("waiting",), ""),
    ("One moment", "de", "Einen Moment bitte, ich sehe nach.", ("waiting",), ""),
    (
        "Goodbye",
        "en",
        "Thank you for contacting Contoso, {FirstName{Customer}}. Have a good day!",
        ("goodbye",),
        "",
    ),
    ("Goodbye", "de", "Danke für Ihre Nachricht und einen schönen Tag!", ("goodbye",), ""),
    (
        "Descale the machine",
        "en",
        "Please descale your machine first: hold the steam button for five seconds.",
        ("machines",),
        "Contoso chat",
    ),
)
REMINDER: Final = {
    "en": "Hello {FullName{Customer}}, your machine is ready. Contoso, {AgentName}",
    "de": "Guten Tag {FullName{Customer}}, Ihre Maschine ist fertig. Contoso, {AgentName}",
}


def create_replies(*, workstreams: Mapping[str, Workstream], by: User, now: datetime) -> None:
    """A few replies in two languages, and one template of a text message."""
    for title, locale, message, tags, workstream in REPLIES:
        save_quick_reply(
            title=title,
            locale=locale,
            message=message,
            tags=tags,
            workstreams=[workstreams[workstream]] if workstream else [],
            by=by,
            now=now,
        )
    save_message_template(
        name="Machine is ready", channel=Channel.SMS, texts=REMINDER, by=by, now=now
    )
