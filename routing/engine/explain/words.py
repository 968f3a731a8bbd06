"""What each failed test is called, and what would help, whatever it showed of the members."""

from typing import Final, NamedTuple

from routing.engine.explain.failures import SESSIONS
from routing.engine.explain.looked import DECLINED
from routing.engine.methods.plan import NO_RULE, NOT_REACHED, PRESENCE_KNOWN

ELIGIBLE: Final = "eligible"


class Words(NamedTuple):
    """For one member, for several, and what would help."""

    one: str
    many: str
    help: str


WORDS: Final[dict[str, Words]] = {
    ELIGIBLE: Words(
        "could take it now",
        "could take it now",
        "Nothing: the next assignment cycle offers it.",
    ),
    "is_member": Words(
        "no longer serves the queue", "no longer serve the queue", "Add agents to the queue."
    ),
    "is_enabled": Words("is disabled", "are disabled", "Enable agents for routing."),
    "presence_is_allowed": Words(
        "has a presence that the workstream does not allow",
        "have a presence that the workstream does not allow",
        "An agent becomes available, or the workstream allows more presences.",
    ),
    "has_room": Words("is full", "are full", "An agent finishes work, or is given more capacity."),
    SESSIONS: Words(
        "has as many work items open as one may at once",
        "have as many work items open as one may at once",
        "An agent closes one of them.",
    ),
    "has_every_skill": Words(
        "lacks a required skill",
        "lack a required skill",
        "Give an agent the skill, or use closest matching.",
    ),
    PRESENCE_KNOWN: Words(
        "has an unknown presence", "have an unknown presence", "The agent signs in."
    ),
    "is_working": Words(
        "is outside the working hours",
        "are outside their working hours",
        "Their next shift begins, or the queue's assignment method asks for no calendar.",
    ),
    NO_RULE: Words(
        "meets no assignment rule",
        "meet no assignment rule",
        "An agent changes, or the queue's assignment method ends with a more general rule.",
    ),
    NOT_REACHED: Words(
        "meets only a more general rule",
        "meet only a more general rule",
        "Nothing: agents of a stricter rule come first.",
    ),
    DECLINED: Words(
        "has declined it",
        "have declined it",
        "Wait until the cool-down is over, or assign it by hand.",
    ),
}
