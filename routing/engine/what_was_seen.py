"""Whom an assignment looked at, kept with it, so that it can be made again from that alone."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from agents.terms import BasePresence
from routing.engine.configuration import CompiledConfiguration
from routing.engine.explain.fit import Document
from routing.engine.facts import AgentFacts, ItemFacts, Membership, ProfileRoom, RequiredSkill
from routing.engine.given import Given, in_turn, lost_of, rows_of
from routing.engine.methods.shapes import CustomMethod
from routing.engine.same_day import taken_by_then
from routing.engine.seats import Seat, microseconds, moment_at
from workstreams.terms import ItemKind, MethodKind, SkillMatching

# More members than this are not kept: they are counted, not named, either.
MOST_AGENTS: Final = 50
# Longer values of an item's fields are named only.
MOST_BYTES_OF_FIELD: Final = 200

COLUMNS: Final = (
    "id",
    "agent",
    "is_enabled",
    "presence",
    "follows",
    "units_limit",
    "units_used",
    "items_held",
    "position",
    "last_assigned",
    "last_released",
    "profiles",
    "skills",
)
# What only rules of one's own ask for.
OWN_COLUMNS: Final = ("name", "role", "locale", "hours", "nickname", "created_at", "attributes")


def what_was_seen(
    configuration: CompiledConfiguration, item: ItemFacts, agents: Collection[AgentFacts]
) -> Document | None:
    """What decides who of these gets the item, or any that is interchangeable with it.

    None of more agents than are kept.
    """
    if len(agents) > MOST_AGENTS:
        return None
    method = _rules_of(configuration, item)
    asks_more = method is not None
    names = None if asks_more or _counts_skills(configuration, item) else _required(item)
    rows = [
        [*_row(agent, item.queue_id or 0, names), *(_own_row(agent, method) if method else ())]
        for agent in agents
    ]
    document: Document = {
        "workstream": item.workstream_id,
        "skills": [[each.skill, each.rating] for each in item.skills],
        "units": item.capacity_units,
        "profiles": list(item.capacity_profiles),
        "has_all_skills": names is None,
        "columns": [*COLUMNS, *(OWN_COLUMNS if asks_more else ())],
        "agents": rows,
    }
    if item.declined or item.cooling_down:
        document["declined"] = sorted(item.declined.items())
        document["cooling_down"] = sorted(item.cooling_down)
    return document


def what_was_read_of(item: ItemFacts, *, place: int, lost: Sequence[tuple[int, Given]]) -> Document:
    """What is the item's own: ``place`` is how many the batch had given before and kept, ``lost``
    what it had given in vain, each with how many were kept before it."""
    document: Document = {"place": place}
    if item.fields:
        values = dict(_flat(item.fields))
        long = sorted(path for path, value in values.items() if _is_long(value))
        document["fields"] = {path: each for path, each in values.items() if path not in long}
        if long:
            document["cut"] = long
    if item.preferred:
        document["preferred"] = [list(each) for each in item.preferred]
    if item.affinity_agent_id is not None:
        document["affinity"] = item.affinity_agent_id
    if lost:
        document["lost"] = rows_of(lost)
    return document


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """An item and its agents as they were, out of a stored document."""

    item: ItemFacts
    agents: tuple[AgentFacts, ...]
    place: int
    lost: tuple[tuple[int, Given], ...]
    has_all_skills: bool
    columns: frozenset[str]

    @classmethod
    def of(
        cls, document: Mapping[str, Any], *, item_id: int, queue_id: int, at: datetime
    ) -> "Seen":
        """The document must have both of its parts, and nothing cut."""
        seen, own = document["seen"], document["read"]
        columns = seen["columns"]
        rows = [dict(zip(columns, row, strict=True)) for row in seen["agents"]]
        agents = tuple(_agent(row, queue_id) for row in rows)
        item = _item(seen, own, item_id=item_id, queue_id=queue_id, at=at)
        return cls(
            item=replace(item, taken_that_day=taken_by_then(document, agents)),
            agents=agents,
            place=own["place"],
            lost=lost_of(own),
            has_all_skills=seen["has_all_skills"],
            columns=frozenset(columns),
        )

    def with_given(self, kept: Sequence[Given]) -> "Seen":
        """The agents as the batch had left them when it came to the item."""
        agents = {agent.id: agent for agent in self.agents}
        turn = microseconds(self.item.waiting_since)
        for given in in_turn(kept, self.lost):
            turn += 1
            agent = agents.get(given.agent_id)
            if agent is not None:
                agents[agent.id], turn = _after(agent, given, turn)
        return replace(self, agents=tuple(agents.values()))

    def filled(self, known: Mapping[int, AgentFacts]) -> "Seen":
        """With what was not kept of the agents, as it is now."""
        agents = tuple(
            self._filled(agent, known[agent.id]) if agent.id in known else agent
            for agent in self.agents
        )
        return replace(self, agents=agents)

    def _filled(self, agent: AgentFacts, now: AgentFacts) -> AgentFacts:
        if not self.has_all_skills:
            required = _required(self.item)
            others = {name: each for name, each in now.skills.items() if name not in required}
            agent = replace(agent, skills={**others, **agent.skills})
        own = {name: getattr(now, name) for name in OWN_COLUMNS if name not in self.columns}
        own["attributes"] = {**now.attributes, **agent.attributes}
        return replace(agent, **own)


def _rules_of(configuration: CompiledConfiguration, item: ItemFacts) -> CustomMethod | None:
    """The method whose rules ask more of persons."""
    method = configuration.method_of(item.queue_id)
    return method if method and method.kind is MethodKind.RULES else None


def _counts_skills(configuration: CompiledConfiguration, item: ItemFacts) -> bool:
    """Closest matching counts what an agent knows beside what is asked."""
    workstream = configuration.workstreams.get(item.workstream_id)
    return workstream is not None and workstream.skill_matching is SkillMatching.CLOSEST


def _required(item: ItemFacts) -> frozenset[str]:
    return frozenset(each.skill for each in item.skills)


def _own_row(agent: AgentFacts, method: CustomMethod) -> list[Any]:
    """His attributes only as far as the method reads them; that there was none is kept, too."""
    return [
        agent.name,
        agent.role,
        agent.locale,
        agent.hours,
        agent.nickname,
        agent.created_at,
        {name: agent.attributes.get(name) for name in method.attributes},
    ]


def _row(agent: AgentFacts, queue_id: int, names: frozenset[str] | None) -> list[Any]:
    place = agent.memberships.get(queue_id)
    return [
        agent.id,
        agent.username,
        agent.is_enabled,
        agent.base_presence,
        agent.presence_follows,
        agent.units_limit,
        agent.units_used,
        agent.items_held,
        place.position if place else None,
        microseconds(place.last_assigned_at if place else None),
        microseconds(agent.last_released_at),
        {name: [each.limit, each.used, each.blocks] for name, each in agent.profiles.items()},
        {name: each for name, each in agent.skills.items() if names is None or name in names},
    ]


def _flat(fields: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Values by their paths; a group is what has names below it."""
    for name, value in fields.items():
        if isinstance(value, Mapping) and not above:
            yield from _flat(value, f"{name}.")
        else:
            yield above + name, value


def _is_long(value: Any) -> bool:
    return len(repr(value).encode()) > MOST_BYTES_OF_FIELD


def _item(
    seen: Mapping[str, Any], own: Mapping[str, Any], *, item_id: int, queue_id: int, at: datetime
) -> ItemFacts:
    fields: dict[str, Any] = {}
    for path, value in own.get("fields", {}).items():
        group, _, name = path.partition(".")
        if name:
            fields.setdefault(group, {})[name] = value
        else:
            fields[group] = value
    return ItemFacts(
        id=item_id,
        workstream_id=seen["workstream"],
        queue_id=queue_id,
        # What nothing here asks for.
        kind=ItemKind.CONVERSATION,
        channel="",
        title="",
        created_at=at,
        waiting_since=at,
        requirement_key="",
        skills=tuple(RequiredSkill(skill=skill, rating=rating) for skill, rating in seen["skills"]),
        capacity_units=seen["units"],
        capacity_profiles=tuple(seen["profiles"]),
        fields=fields,
        affinity_agent_id=own.get("affinity"),
        preferred=tuple((id, name) for id, name in own.get("preferred", ())),
        declined=dict(seen.get("declined", ())),
        cooling_down=frozenset(seen.get("cooling_down", ())),
    )


def _agent(row: Mapping[str, Any], queue_id: int) -> AgentFacts:
    presence, position = row["presence"], row["position"]
    place = Membership(position=position or 0, last_assigned_at=moment_at(row["last_assigned"]))
    return AgentFacts(
        id=row["id"],
        username=row["agent"],
        name=row.get("name", ""),
        role=row.get("role", ""),
        locale=row.get("locale", ""),
        hours=row.get("hours"),
        nickname=row.get("nickname", ""),
        created_at=row.get("created_at", ""),
        attributes=row.get("attributes", {}),
        is_enabled=row["is_enabled"],
        base_presence=BasePresence(presence) if presence else None,
        presence_follows=row["follows"],
        units_limit=row["units_limit"],
        units_used=row["units_used"],
        items_held=row.get("items_held", 0),
        profiles={
            name: ProfileRoom(limit=limit, used=used, blocks=blocks)
            for name, (limit, used, blocks) in row["profiles"].items()
        },
        skills=row["skills"],
        memberships={} if position is None else {queue_id: place},
        last_released_at=moment_at(row["last_released"]),
    )


def _after(agent: AgentFacts, given: Given, turn: int) -> tuple[AgentFacts, int]:
    """The agent with what he was given, and the turn that he had."""
    seat = Seat(agent)
    seat.hold(given.units, given.profiles)
    memberships = agent.memberships
    place = memberships.get(given.queue_id)
    if place is not None:
        turn = max(turn, microseconds(place.last_assigned_at) + 1)
        later = replace(place, last_assigned_at=moment_at(turn))
        memberships = {**memberships, given.queue_id: later}
    agent = replace(
        agent,
        units_used=seat.units_used,
        items_held=seat.items_held,
        profiles=seat.profiles,
        base_presence=seat.base_presence,
        memberships=memberships,
    )
    return agent, turn
