"""Tickets: who may open a stream to which topics, signed so that the hub asks nobody."""

from collections.abc import Sequence
from typing import Final

from django.core import signing

SALT: Final = "live"
TICKET_SECONDS: Final = 60


def make_ticket(topics: Sequence[str], *, user_id: int | None = None) -> str:
    """A ticket for one stream to these topics, good for a minute."""
    return signing.dumps({"topics": list(topics), "user": user_id}, salt=SALT)


def topics_of_ticket(ticket: str) -> frozenset[str]:
    """The topics a ticket admits to; none if it is forged or too old."""
    try:
        return frozenset(signing.loads(ticket, salt=SALT, max_age=TICKET_SECONDS)["topics"])
    except signing.BadSignature:
        return frozenset()
