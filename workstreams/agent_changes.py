"""What changes for one of many agents, and what does not and why: pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from agents.attribute_value import value_in_words
from agents.models import AgentAttribute, CapacityProfile, OperatingHours, Presence, Skill
from workstreams.models import Queue

# Stands for "as it is", where None means something.
KEEP: Final[Any] = object()


@dataclass(frozen=True, kw_only=True)
class AgentChange:
    """What to do with each of the chosen agents.

    ``skills`` are added, or rated anew. ``profiles`` are given, with a limit of the agent's own,
    None for the profile's, or KEEP for what is there. ``attributes`` are set, None takes one away.
    """

    skills: Mapping[Skill, int] = field(default_factory=dict)
    skills_removed: Sequence[Skill] = ()
    skills_activated: Sequence[Skill] = ()
    skills_deactivated: Sequence[Skill] = ()
    queues_joined: Sequence[Queue] = ()
    queues_left: Sequence[Queue] = ()
    profiles: Mapping[CapacityProfile, int | None] = field(default_factory=dict)
    profiles_removed: Sequence[CapacityProfile] = ()
    attributes: Mapping[AgentAttribute, Any] = field(default_factory=dict)
    presence: Presence | None = None
    default_presence: Presence | None = KEEP
    operating_hours: OperatingHours | None = KEEP


@dataclass(frozen=True, kw_only=True)
class AgentState:
    """One agent as the rows say; ``presence`` is presence, base, whether it was chosen, and which
    refused offer it answers."""

    agent_id: int
    username: str
    name: str
    is_enabled: bool
    skills: Mapping[int, tuple[int, bool]]
    queues: frozenset[int]
    profiles: Mapping[int, int | None]
    attributes: Mapping[int, Any]
    presence: tuple[int, str, bool, str] | None
    default_presence: int | None
    operating_hours: int | None


@dataclass(frozen=True, kw_only=True)
class AgentPlan:
    """The state before and after, in words what differs, and what cannot be done."""

    before: AgentState
    after: AgentState
    changes: tuple[str, ...]
    refused: tuple[str, ...]


def plan_change(state: AgentState, change: AgentChange) -> AgentPlan:
    """What the change means for one agent."""
    after, changes, refused = state, [], []
    for step in (_skills, _queues, _profiles, _attributes, _presence, _settings):
        after, said = step(after, change)
        changes += [sentence for is_done, sentence in said if is_done]
        refused += [sentence for is_done, sentence in said if not is_done]
    return AgentPlan(before=state, after=after, changes=tuple(changes), refused=tuple(refused))


Said = list[tuple[bool, str]]
Step = tuple[AgentState, Said]


def _skills(state: AgentState, change: AgentChange) -> Step:
    skills, said = dict(state.skills), []
    for skill, rating in change.skills.items():
        has = skills.get(skill.pk)
        label = skill.rating_model.label_of(rating)
        if has is None:
            said.append((True, f"skill {skill} ({label})"))
        elif has[0] != rating:
            said.append((True, f"skill {skill}: {label} instead of {has[0]}"))
        skills[skill.pk] = (rating, has is None or has[1])
    for skill in change.skills_removed:
        if skills.pop(skill.pk, None) is not None:
            said.append((True, f"no skill {skill}"))
    said += _switched(skills, change.skills_activated, to=True)
    said += _switched(skills, change.skills_deactivated, to=False)
    return replace(state, skills=skills), said


def _switched(skills: dict[int, tuple[int, bool]], wanted: Sequence[Skill], *, to: bool) -> Said:
    said: Said = []
    for skill in wanted:
        has = skills.get(skill.pk)
        if has is None:
            said.append((False, f"has no skill {skill}"))
        elif has[1] is not to:
            skills[skill.pk] = (has[0], to)
            verb = "counts again" if to else "does not count for now"
            said.append((True, f"skill {skill} {verb}"))
    return said


def _queues(state: AgentState, change: AgentChange) -> Step:
    joined = [queue for queue in change.queues_joined if queue.pk not in state.queues]
    left = [queue for queue in change.queues_left if queue.pk in state.queues]
    after = (state.queues | {queue.pk for queue in joined}) - {queue.pk for queue in left}
    said: Said = [(True, f"joins {queue}") for queue in joined]
    said += [(True, f"leaves {queue}") for queue in left]
    return replace(state, queues=after), said


def _profiles(state: AgentState, change: AgentChange) -> Step:
    profiles, said = dict(state.profiles), []
    for profile, wanted in change.profiles.items():
        has = profile.pk in profiles
        present = profiles.get(profile.pk)
        limit = present if wanted is KEEP else wanted
        if not has:
            said.append((True, f"profile {profile} ({_limit(profile, limit)})"))
        elif limit != present:
            said.append((True, f"profile {profile}: {_limit(profile, limit)}"))
        profiles[profile.pk] = limit
    for profile in change.profiles_removed:
        if profile.pk in profiles:
            del profiles[profile.pk]
            said.append((True, f"no profile {profile}"))
    return replace(state, profiles=profiles), said


def _limit(profile: CapacityProfile, limit: int | None) -> str:
    return f"limit {profile.work_item_limit}" if limit is None else f"own limit {limit}"


def _attributes(state: AgentState, change: AgentChange) -> Step:
    values, said = dict(state.attributes), []
    for attribute, wanted in change.attributes.items():
        has = values.pop(attribute.pk, None)
        if wanted is not None:
            values[attribute.pk] = wanted
        if has == wanted:
            continue
        if wanted is None:
            said.append((True, f"no {attribute}"))
        else:
            instead = "" if has is None else f" instead of {value_in_words(has)}"
            said.append((True, f"{attribute}: {value_in_words(wanted)}{instead}"))
    return replace(state, attributes=values), said


def _presence(state: AgentState, change: AgentChange) -> Step:
    wanted = change.presence
    if wanted is None:
        return state, []
    if not state.is_enabled:
        return state, [(False, "is disabled, so the presence stays")]
    is_there = state.presence is not None and state.presence[:2] == (wanted.pk, wanted.base)
    said: Said = [] if is_there else [(True, f"presence {wanted}")]
    return replace(state, presence=(wanted.pk, wanted.base, True, "")), said


def _settings(state: AgentState, change: AgentChange) -> Step:
    said: Said = list(_setting_words(state, change))
    presence, hours = change.default_presence, change.operating_hours
    after = replace(
        state,
        default_presence=state.default_presence if presence is KEEP else _id(presence),
        operating_hours=state.operating_hours if hours is KEEP else _id(hours),
    )
    return after, said


def _setting_words(state: AgentState, change: AgentChange) -> Iterator[tuple[bool, str]]:
    presence, hours = change.default_presence, change.operating_hours
    if presence is not KEEP and _id(presence) != state.default_presence:
        yield True, f"default presence {presence or 'Available'}"
    if hours is not KEEP and _id(hours) != state.operating_hours:
        yield True, f"operating hours {hours or 'none'}"


def _id(row: Presence | OperatingHours | None) -> int | None:
    return None if row is None else row.pk
