"""What every channel hands over, whatever its provider calls it.

An adapter checks where a request comes from (a signature, a token), reads it into
an ``InboundMessage``, and calls ``receive``. Both keys are its own to derive from
what the provider repeats: the same keys again change nothing (promise I1).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

# The attribute with the survey: a list of {"name", "question", "answer"}.
SURVEY: Final = "survey"


@dataclass(frozen=True, kw_only=True)
class InboundMessage:
    """One message of a customer.

    ``conversation_key`` is the conversation it belongs to, known or new;
    ``customer`` holds what is known of the sender: name, email, phone; ``attributes`` what
    the channel keeps with the conversation, such as the survey as it was answered. ``beside`` is
    what agents alone are told with it, where the conversation is known already.
    """

    conversation_key: UUID
    client_key: UUID
    text: str
    customer: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    beside: str = ""
