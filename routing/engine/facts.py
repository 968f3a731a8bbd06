"""What the engine is told about work items and agents: live rows, read at one moment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, Final, TypeVar

from agents.terms import BasePresence
from workstreams.terms import ItemKind

# What work asks for that arrived in the moment in which its skill was deleted.
DELETED_SKILL: Final = "a skill that was deleted"


@dataclass(frozen=True, kw_only=True, slots=True)
class RequiredSkill:
    """A skill an item asks for; without a rating, any rating will do."""

    skill: str
    rating: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenThatDay:
    """Profiles of the day that an earlier receipt of the same work holds, and until when."""

    profiles: tuple[str, ...]
    until: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemFacts:
    """A work item. Items of one queue with equal `requirement_key` are interchangeable for agents.

    `fields` is the nested mapping that conditions read (`routing.engine.conditions.fields`).
    `is_known_customer` says that a contact or an account is linked. `declined` counts the
    declines by agent; `cooling_down` names the agents who may not yet be offered the item again,
    because they declined it or just had it, and `offered_again_at` says when each of these may.
    `taken_that_day` says by agent what counts for it already because he had it on that day.
    `affinity_agent_id` is set only where the same agent is to be kept. `preferred` are the
    customer's agents in order, id and username, where there are such; an item that `is_ahead` was
    read out of turn for one of them, and is nobody else's yet.
    `behind` are others that wait in the same queue with the same requirement and nothing of their
    own, since when and id: thousands are read that are not looked at before their turn comes.
    `place` is where it stands by its queue's own order, where that is known from before.
    """

    id: int
    workstream_id: int
    queue_id: int | None
    kind: ItemKind
    channel: str
    title: str
    created_at: datetime
    waiting_since: datetime
    requirement_key: str
    priority: int = 0
    skills: tuple[RequiredSkill, ...] = ()
    capacity_units: int = 0
    capacity_profiles: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    affinity_agent_id: int | None = None
    preferred: tuple[tuple[int, str], ...] = ()
    is_ahead: bool = False
    is_known_customer: bool = False
    declined: Mapping[int, int] = field(default_factory=dict)
    cooling_down: frozenset[int] = frozenset()
    offered_again_at: Mapping[int, datetime] = field(default_factory=dict)
    taken_that_day: Mapping[int, tuple[TakenThatDay, ...]] = field(default_factory=dict)
    behind: tuple[tuple[datetime, int], ...] = ()
    place: tuple[int, bool, float] | None = field(default=None, compare=False)

    def one_by_one(self) -> Iterator["ItemFacts"]:
        """The item itself and those behind it, each alone."""
        yield changed(self, {"behind": ()}) if self.behind else self
        for since, id in self.behind:
            yield self.like(since, id)

    def like(self, since: datetime, id: int) -> "ItemFacts":
        """The facts of one behind it, as far as they decide who may have it."""
        return changed(self, {"waiting_since": since, "id": id, "behind": ()})


@dataclass(frozen=True, kw_only=True, slots=True)
class ProfileRoom:
    """An agent's own limit and use of one capacity profile."""

    limit: int
    used: int = 0
    blocks: bool = False

    @property
    def free(self) -> int:
        """Work items this profile still takes; negative after an override."""
        return self.limit - self.used


@dataclass(frozen=True, kw_only=True, slots=True)
class Membership:
    """An agent's place in one queue: position is the order in which members were added."""

    position: int = 0
    last_assigned_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentFacts:
    """An agent. Ratings are raw numbers on the scale of the skill's rating model.

    `units_limit` None means that the agent has no unit capacity at all. `hours` is the name of his
    own calendar, `created_at` a moment as text, `attributes` those that a method reads.
    `presence_follows` the capacity in use unless he chose it himself;
    `base_presence` is that of his present load. `items_held` counts his sessions, offers with them.
    """

    id: int
    username: str
    name: str = ""
    role: str = ""
    locale: str = ""
    hours: str | None = None
    nickname: str = ""
    created_at: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    is_enabled: bool = True
    base_presence: BasePresence | None = None
    presence_follows: bool = False
    units_limit: int | None = None
    units_used: int = 0
    items_held: int = 0
    profiles: Mapping[str, ProfileRoom] = field(default_factory=dict)
    skills: Mapping[str, float | None] = field(default_factory=dict)
    memberships: Mapping[int, Membership] = field(default_factory=dict)
    last_released_at: datetime | None = None
    last_assigned_at: datetime | None = None


Facts = TypeVar("Facts", ItemFacts, AgentFacts)

_FIELDS: Final = {each: [field.name for field in fields(each)] for each in (ItemFacts, AgentFacts)}
_VALUES: Final = {each: attrgetter(*names) for each, names in _FIELDS.items()}
_SETTERS: Final = {
    each: {name: each.__dict__[name].__set__ for name in names} for each, names in _FIELDS.items()
}


def changed(facts: Facts, changes: Mapping[str, Any]) -> Facts:
    """The agent or item with other values of the fields named; ``replace`` in a fifth of its time,
    for a batch asks it of thousands."""
    kind = type(facts)
    setters = _SETTERS[kind]
    found = object.__new__(kind)
    for setter, value in zip(setters.values(), _VALUES[kind](facts), strict=True):
        setter(found, value)
    for name, value in changes.items():
        setters[name](found, value)
    return found
