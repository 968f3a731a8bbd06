"""Agents while a batch is decided: their facts, and what the batch has given them so far."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from routing.engine.facts import AgentFacts, Membership, ProfileRoom
from routing.engine.presence import presence_in_use

NEVER: Final = -1
MICROSECONDS: Final = 1_000_000
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Seat:
    """An agent. `version` counts what the batch gave him, so that stale ranks are noticed."""

    __slots__ = (
        "_facts",
        "attributes",
        "base_presence",
        "created_at",
        "hours",
        "id",
        "is_enabled",
        "items_held",
        "locale",
        "memberships",
        "name",
        "nickname",
        "presence_follows",
        "profiles",
        "released",
        "role",
        "skills",
        "units_limit",
        "units_used",
        "username",
        "version",
    )

    def __init__(self, facts: AgentFacts) -> None:
        self.be(facts)

    def be(self, facts: AgentFacts) -> None:
        """Stand for the agent as he is now."""
        self._facts = facts
        self.id = facts.id
        self.username = facts.username
        self.name, self.role = facts.name, facts.role
        self.locale, self.hours = facts.locale, facts.hours
        self.nickname, self.created_at = facts.nickname, facts.created_at
        self.attributes: Mapping[str, Any] = facts.attributes
        self.is_enabled = facts.is_enabled
        self.base_presence = facts.base_presence
        self.presence_follows = facts.presence_follows
        self.memberships: Mapping[int, Membership] = facts.memberships
        self.skills: Mapping[str, float | None] = facts.skills
        self.units_limit = facts.units_limit
        self.units_used = facts.units_used
        self.items_held = facts.items_held
        self.profiles: Mapping[str, ProfileRoom] = facts.profiles
        self.released = microseconds(facts.last_released_at)
        self.version = 0

    def give_back(self) -> None:
        """Let go of what a batch gave him."""
        facts = self._facts
        self.units_used, self.profiles = facts.units_used, facts.profiles
        self.base_presence = facts.base_presence
        self.items_held = facts.items_held
        self.version = 0

    def hold(self, units: int, profiles: tuple[str, ...]) -> None:
        """Count one more item, past the limit if an override says so; he may be busy by it, or not
        to be disturbed any more. Only profiles that he was given count: nobody reads others."""
        self.version += 1
        self.units_used += units
        self.items_held += 1
        held = {name: self.profiles[name] for name in profiles if name in self.profiles}
        if held:
            more = {name: replace(each, used=each.used + 1) for name, each in held.items()}
            self.profiles = {**self.profiles, **more}
        self.base_presence = presence_in_use(
            self.base_presence,
            follows=self.presence_follows,
            is_in_use=units > 0 or bool(held),
            items_held=self.items_held,
        )


class Place:
    """A seat in one queue, with its turn there. ``said`` may keep the numbers that the agent is
    ranked by, as long as he is what he was before any batch."""

    __slots__ = ("_last_assigned", "_membership", "last_assigned", "position", "said", "seat")

    def __init__(self, seat: Seat, membership: Membership) -> None:
        self.seat = seat
        self._membership: Membership | None = None
        self.be(membership)

    def be(self, membership: Membership) -> None:
        """Stand for the membership as it is now, of an agent as he is now."""
        self.said: Mapping[str, Any] | None = None
        if membership is self._membership:  # as most are: the agent's turn came in another queue
            self.give_back()
            return
        self._membership, self.position = membership, membership.position
        self.last_assigned = self._last_assigned = microseconds(membership.last_assigned_at)

    def give_back(self) -> None:
        """Let go of the turns of a batch."""
        self.last_assigned = self._last_assigned


def microseconds(moment: datetime | None) -> int:
    """A moment as a whole number that sorts; NEVER before all moments."""
    return NEVER if moment is None else round(moment.timestamp() * MICROSECONDS)


def moment_at(moment: int) -> datetime | None:
    """The moment that such a number stands for."""
    return None if moment == NEVER else EPOCH + timedelta(microseconds=moment)


@lru_cache(maxsize=4096)
def in_text(moment: int) -> str | None:
    """The moment as an explanation prints it."""
    at = moment_at(moment)
    return at.isoformat() if at else None


def microseconds_in(text: str | None) -> int:
    """The number of the moment that ``in_text`` printed."""
    return microseconds(datetime.fromisoformat(text) if text else None)
