"""Who a visitor is: the holder of a signed token for one conversation.

The token travels in the page's forms and addresses, because a browser may keep
cookies from a page in another site's frame. Requests that change something take it
from the form only; so no other site can send them in the visitor's name.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from django.core import signing

SALT: Final = "chat-visitor"
TOKEN_SECONDS: Final = 24 * 60 * 60
# What waits for its customer waits for weeks (B 5).
PERSISTENT_SECONDS: Final = 30 * TOKEN_SECONDS


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """One visitor of one chat widget."""

    instance_id: int
    conversation_key: UUID

    @property
    def token(self) -> str:
        """A token good from now on, as long as its reader says."""
        return signing.dumps([self.instance_id, self.conversation_key.hex], salt=SALT)


def new_visitor(instance_id: int) -> Visitor:
    """A visitor whose conversation has not begun."""
    return Visitor(instance_id=instance_id, conversation_key=uuid4())


def read_token(token: str, *, instance_id: int, seconds: int = TOKEN_SECONDS) -> Visitor | None:
    """The holder of a token of this widget; nobody if it is forged, foreign or too old."""
    try:
        instance, key = signing.loads(token, salt=SALT, max_age=seconds)
    except signing.BadSignature:
        return None
    if instance != instance_id:
        return None
    return Visitor(instance_id=instance, conversation_key=UUID(hex=key))
