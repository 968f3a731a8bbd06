"""What people call rows that have no name of their own."""

from workstreams.terms import LABELS, Channel, MessageTrigger


def reply_name(title: str, locale: str) -> str:
    """A quick reply, such as ``Greeting (en)``."""
    return f"{title} ({locale})"


def message_name(channel: str, trigger: str, locale: str) -> str:
    """An automated message, such as ``Chat: Holiday (en)``."""
    return f"{LABELS[Channel(channel)]}: {LABELS[MessageTrigger(trigger)]} ({locale})"
