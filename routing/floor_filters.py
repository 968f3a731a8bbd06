"""What the floor's address may ask for, and what of it can be one's own default."""

from collections.abc import Mapping
from typing import Final

QUEUES: Final = ("queue_q", "queue_alarm")
AGENTS: Final = ("agent_q", "agent_queue", "presence")
ITEMS: Final = ("q", "state", "reason", "queue", "workstream", "channel", "agent")
NAMES: Final = (*QUEUES, *AGENTS, *ITEMS)
LONGEST: Final = 200
# Says that the address is one's own choice: an empty one asks for the default.
CHOSEN: Final = "own"
# In place of a queue's id: those that one serves.
MY_QUEUES: Final = "mine"
MY_QUEUES_LABEL: Final = "Queues I serve"


def kept(filters: Mapping[str, str]) -> dict[str, str]:
    """The filters of an address, without pages and what else stands there."""
    given = {name: str(filters.get(name, "")).strip()[:LONGEST] for name in NAMES}
    return {name: value for name, value in given.items() if value}
