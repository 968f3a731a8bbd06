"""Tells whoever operates the product that a proxy in front is not believed about its visitors."""

import logging
from typing import Final

from config.live.stream import Scope

HEADER: Final = b"x-forwarded-for"
HINT: Final = (
    "if a proxy of yours sent this, name its address in FORWARDED_ALLOW_IPS:"
    " until then all who come through it count as one visitor"
)

logger = logging.getLogger(__name__)


class Unbelieved:
    """Speaks once in the life of a process: strangers can send the header as often as they like."""

    def __init__(self) -> None:
        self.is_told = False

    def look(self, scope: Scope) -> None:
        """A client who was believed is one of those whom the header names."""
        if self.is_told or not scope.get("client"):
            return
        named = b", ".join(value for name, value in scope["headers"] if name == HEADER)
        peer = str(scope["client"][0])
        if named.strip() and peer not in named.decode("latin-1"):
            self.is_told = True
            logger.warning("forwarded address not believed peer=%s hint=%s", peer, HINT)
