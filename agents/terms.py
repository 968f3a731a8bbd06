"""The words of the agents app: plain enums shared by models, engine, forms and API."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from config.labels import Labels


class Role(StrEnum):
    """What a signed-in person may do."""

    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"
    AGENT = "agent"


class BasePresence(StrEnum):
    """The availability that routing reads; custom presences map to one of these (A 14)."""

    AVAILABLE = "available"
    BUSY = "busy"
    BUSY_DND = "busy_dnd"
    AWAY = "away"
    OFFLINE = "offline"

    # As of the text that it is: an enum's own takes five times as long, and routing asks some ten
    # thousand times a cycle whether a presence is allowed.
    __hash__ = str.__hash__


# Presences that the capacity in use brings about, and may end.
FOLLOWING_CAPACITY: Final = (BasePresence.AVAILABLE, BasePresence.BUSY, BasePresence.BUSY_DND)
# More work items than this an agent does not have open at once (A 12).
MOST_SESSIONS: Final = 10
# Of a window: hidden pages are woken once a minute by their browsers.
SILENCE: Final = timedelta(seconds=90)


class CapacityFormat(StrEnum):
    """How a work item's need is counted (A 13)."""

    UNIT = "unit"
    PROFILE = "profile"


class ResetFrequency(StrEnum):
    """When a capacity profile gives used work items back (A 13)."""

    IMMEDIATE = "immediate"
    END_OF_DAY = "end_of_day"


class Reach(StrEnum):
    """How far a change of repeating hours reaches (A 16)."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


class AttributeType(StrEnum):
    """What an attribute of agents holds; conditions know these words too."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    DATE = "date"


class RefusedOffer(StrEnum):
    """What an agent did with an offer that the system answered with a presence (A 12)."""

    MISSED = "missed"
    DECLINED = "declined"


LABELS = Labels(
    (Role.ADMINISTRATOR, "Administrator"),
    (Role.SUPERVISOR, "Supervisor"),
    (Role.AGENT, "Agent"),
    (BasePresence.AVAILABLE, "Available"),
    (BasePresence.BUSY, "Busy"),
    (BasePresence.BUSY_DND, "Do not disturb"),
    (BasePresence.AWAY, "Appear away"),
    (BasePresence.OFFLINE, "Offline"),
    (CapacityFormat.UNIT, "Unit based"),
    (CapacityFormat.PROFILE, "Profile based"),
    (ResetFrequency.IMMEDIATE, "Immediate"),
    (ResetFrequency.END_OF_DAY, "End of day"),
    (Reach.THIS, "Only this day"),
    (Reach.FOLLOWING, "This day and the following ones"),
    (Reach.ALL, "Every day of this entry"),
    (AttributeType.TEXT, "Text"),
    (AttributeType.NUMBER, "Number"),
    (AttributeType.CHOICE, "One of several"),
    (AttributeType.BOOLEAN, "Yes or no"),
    (AttributeType.DATE, "Date"),
    (RefusedOffer.MISSED, "An offer was missed"),
    (RefusedOffer.DECLINED, "An offer was declined"),
)


def choices(terms: type[StrEnum]) -> list[tuple[str, str]]:
    """Form and model choices of one of the enums above."""
    return [(term.value, LABELS[term]) for term in terms]
