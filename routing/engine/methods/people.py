"""What conditions of assignment methods read: an agent, and of the item what is beside its
fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Protocol

from agents.terms import BasePresence, Role
from routing.engine.capacity import HasLoad, needs_units, room, units_free
from routing.engine.conditions import OPERATORS, is_readable
from routing.engine.conditions.fields import reader
from routing.engine.conditions.types import EQUALITY, MEMBERSHIP, ORDER, PARTS, PRESENCE, TIMES
from routing.engine.facts import ItemFacts
from routing.engine.methods.attributes import attribute_of

if TYPE_CHECKING:
    from routing.engine.configuration import Workstream


class Person(HasLoad, Protocol):
    """An agent as methods see him."""

    @property
    def id(self) -> int: ...
    @property
    def username(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def locale(self) -> str: ...
    @property
    def hours(self) -> str | None: ...
    @property
    def base_presence(self) -> BasePresence | None: ...
    @property
    def skills(self) -> Mapping[str, float | None]: ...
    @property
    def nickname(self) -> str: ...
    @property
    def created_at(self) -> str: ...
    @property
    def attributes(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """One item, or one of many alike, with all else that conditions about agents ask."""

    item: ItemFacts
    workstream: "Workstream"
    now: datetime
    is_working: Callable[[str | None], bool]
    skill_types: Mapping[str, str | None]
    version: int = 0

    def value(self, path: str) -> Any:
        """What stands on the item's side of a dynamic match."""
        derived = DERIVED.get(path)
        return derived(self) if derived else reader(path)(self.item.fields)


Read = Callable[[Person], Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentField:
    """``is_steady``: neither the item nor time changes it; ``is_momentary``: it comes and goes,
    so who fails it now may pass it later. ``values`` are all that it can ever be, if few."""

    bind: Callable[[Look], Read]
    operators: tuple[str, ...]
    words: str
    is_steady: bool = False
    is_momentary: bool = False
    may_be_dynamic: bool = True
    values: tuple[str, ...] = ()


# Operators that only conditions about agents have.
SKILLS: Final = "agent.skills"
IS_WORKING: Final = "is_working"
EXACT_MATCH: Final = "exact_match"
CUSTOM_MATCH: Final = "custom_match"
OWN_OPERATORS: Final[dict[str, str]] = {
    IS_WORKING: "is working",
    EXACT_MATCH: "match all that are required",
    CUSTOM_MATCH: "include what the item names in",
}

TEXTS: Final = (*EQUALITY, *MEMBERSHIP, *PARTS, *PRESENCE)
NUMBERS: Final = (*EQUALITY, *ORDER, *PRESENCE)


def _plain(name: str) -> Callable[[Look], Read]:
    read = attrgetter(name)
    return lambda look: read


def _room(look: Look) -> Read:
    item = look.item
    return units_free if needs_units(item) else lambda person: room(person, item)


def _profile_room(look: Look) -> Read:
    wanted = look.item.capacity_profiles

    def read(person: Person) -> int | None:
        held = person.profiles
        return min((held[name].free for name in wanted if name in held), default=None)

    return read


AGENT_FIELDS: Final[dict[str, AgentField]] = {
    "agent.presence": AgentField(
        bind=_plain("base_presence"),
        operators=(*EQUALITY, *MEMBERSHIP, *PRESENCE),
        words="agent presence",
        is_momentary=True,
        values=tuple(BasePresence),
    ),
    "agent.capacity": AgentField(
        bind=_room,
        operators=NUMBERS,
        words="agent available capacity",
        is_momentary=True,
    ),
    "agent.units": AgentField(
        bind=lambda look: units_free,
        operators=NUMBERS,
        words="agent free units",
        is_momentary=True,
    ),
    "agent.profile_room": AgentField(
        bind=_profile_room,
        operators=NUMBERS,
        words="agent room in the item's capacity profiles",
        is_momentary=True,
    ),
    "agent.skills": AgentField(
        bind=lambda look: lambda person: list(person.skills),
        operators=(EXACT_MATCH, CUSTOM_MATCH, "contains", "not_contains", *MEMBERSHIP, *PRESENCE),
        words="agent skills",
        is_steady=True,
    ),
    "agent.calendar": AgentField(
        bind=_plain("hours"),
        operators=(IS_WORKING,),
        words="agent calendar",
        is_momentary=True,
        is_steady=True,
        may_be_dynamic=False,
    ),
    "agent.username": AgentField(
        bind=_plain("username"), operators=TEXTS, words="agent username", is_steady=True
    ),
    "agent.name": AgentField(
        bind=_plain("name"), operators=TEXTS, words="agent name", is_steady=True
    ),
    "agent.role": AgentField(
        bind=_plain("role"),
        operators=(*EQUALITY, *MEMBERSHIP),
        words="agent role",
        is_steady=True,
        values=tuple(Role),
    ),
    "agent.locale": AgentField(
        bind=_plain("locale"), operators=TEXTS, words="agent language", is_steady=True
    ),
    "agent.nickname": AgentField(
        bind=_plain("nickname"), operators=TEXTS, words="agent nickname", is_steady=True
    ),
    "agent.hours": AgentField(
        bind=_plain("hours"), operators=TEXTS, words="agent operating hours", is_steady=True
    ),
    "agent.units_limit": AgentField(
        bind=_plain("units_limit"), operators=NUMBERS, words="agent capacity", is_steady=True
    ),
    "agent.created_at": AgentField(
        bind=_plain("created_at"),
        operators=(*TIMES, *PRESENCE),
        words="agent creation",
        is_steady=True,
    ),
}


@lru_cache(maxsize=4096)
def agent_field(path: str) -> AgentField | None:
    """What all agents have, or an attribute that the organisation keeps; None of all else.

    Which operators fit an attribute depends on its type, which is looked at where methods are
    saved: here a value that cannot be compared so matches nothing.
    """
    name = attribute_of(path)
    if name is None:
        return AGENT_FIELDS.get(path)
    return AgentField(
        bind=lambda look: lambda person: person.attributes.get(name),
        operators=tuple(OPERATORS),
        words=f"agent {name}",
        is_steady=True,
    )


def field_at(path: str) -> AgentField:
    """The same of a method without faults."""
    found = agent_field(path)
    if found is None:
        raise KeyError(path)
    return found


def _needed(look: Look) -> int:
    """Units the item holds; of one that holds profiles, one of each."""
    return look.item.capacity_units if needs_units(look.item) else 1


# What all items of one requirement key have in common, by its path on the item's side.
DERIVED: Final[dict[str, Callable[[Look], Any]]] = {
    "workstream.allowed_presences": lambda look: sorted(look.workstream.allowed_presences),
    "workstream.capacity": _needed,
    "workstream.name": lambda look: look.workstream.name,
    "skills": lambda look: [each.skill for each in look.item.skills],
}
# Depends on the workstream alone.
OF_WORKSTREAM: Final = frozenset({"workstream.allowed_presences", "workstream.name"})


def is_item_path(path: object) -> bool:
    """Whether a dynamic match may name it."""
    return isinstance(path, str) and (path in DERIVED or is_readable(path))
