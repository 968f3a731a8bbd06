"""Work items and agents as the engine reads them: live rows, read at one moment."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db import connection

from agents.terms import BasePresence
from routing import configuration
from routing.engine.facts import AgentFacts, ItemFacts, Membership, ProfileRoom, RequiredSkill
from routing.engine.presence import presence_in_use
from routing.engine.staff import Staff
from routing.queries.fields_of_waiting import (
    fields_of,
    first_of_each_sort,
    methods_by_queue,
)
from routing.sql import array_of, statement
from workstreams.terms import ItemKind

# How long an agent who declined or missed an item is not offered it again (design 7.16).
COOL_DOWN: Final = timedelta(seconds=60)

# However many groups wait, this many items of each are read.
LEAST_OF_GROUP: Final = 10

# Items with declines or an agent to go back to are looked at one by one: the oldest of them.
MOST_PERSONAL: Final = 1000
NO_SKILLS: Final = "[]"
# Where a row says that it was read out of turn; the ids and times of those behind it follow.
AHEAD: Final = 16


def load_items(
    *,
    published: configuration.Published,
    queue_ids: Sequence[int] | None,
    now: datetime,
    limit: int,
    blocked: Sequence[tuple[int, str]] = (),
    staff: Staff | None = None,
) -> tuple[list[ItemFacts], int]:
    """Waiting pushed items that somebody might take, the oldest of each group, others behind it.

    Groups that are known to be ``blocked``, by queue and requirement, are not read, nor are
    queues where none of the ``staff`` is ready; without staff the tables are asked. About
    ``limit`` in all. Also the most that were read of a group: one that has as many may have
    more.
    """
    names = {
        "queue_ids": None if queue_ids is None else list(queue_ids),
        "limit": limit,
        "least": LEAST_OF_GROUP,
        "most_personal": MOST_PERSONAL,
        "staffed": None if staff is None else _staffed(staff, published),
        "presences": _allowed_anywhere(published),
        "is_weightless": _is_weightless_anywhere(published),
        "prefers": published.compiled.service.preferred_agents,
        "waits": _waits_for_preferred(published),
        "blocked_queues": array_of(queue_id for queue_id, _ in blocked),
        "blocked_keys": [key for _, key in blocked],
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("waiting_items"), names)
        rows = cursor.fetchall()
    share = rows[0][-1] if rows else 0
    read = _by_method([row[:-1] for row in rows], share, published, now)
    queues = {row[0]: row[2] for row in read}
    fields = fields_of(queues, published, as_remembered=True)
    return _facts(read, fields, published, now), share


def _by_method(
    rows: list[tuple[Any, ...]], share: int, published: configuration.Published, now: datetime
) -> list[tuple[Any, ...]]:
    """The same, with what comes first where the queue's method looks at each item, in place of
    the oldest. Items with a history, and those read out of turn, stay."""
    methods = methods_by_queue(published)
    queues = {row[2] for row in rows if row[2] in methods}
    if not queues:
        return rows
    rows = [(*row[:AHEAD], row[AHEAD], None, None) if row[2] in queues else row for row in rows]
    chosen = first_of_each_sort(
        published=published,
        queue_ids=queues,
        share=share,
        waits=_waits_for_preferred(published),
        now=now,
    )
    wanted = set(chosen)
    stay = [row for row in rows if row[2] not in queues or row[0] in wanted or _is_apart(row)]
    there = {row[0] for row in stay}
    # What stood apart keeps its turn; what is among the chosen is nobody's alone.
    stay = [(*row[:AHEAD], False, None, None) if row[0] in wanted else row for row in stay]
    return stay + _named(published, [id for id in chosen if id not in there])


def _is_apart(row: tuple[Any, ...]) -> bool:
    return ":" in row[3] or bool(row[AHEAD])


def _allowed_anywhere(published: configuration.Published) -> list[str]:
    if published.compiled.methods:
        # Their rules say which presences they want; anybody who is there may be meant.
        return sorted(BasePresence)
    workstreams = published.compiled.workstreams.values()
    return sorted({presence for each in workstreams for presence in each.allowed_presences})


def _staffed(staff: Staff, published: configuration.Published) -> str:
    """The queues with a member who is there and has any room, as an array."""
    presences = frozenset(_allowed_anywhere(published))
    spare = 0 if _is_weightless_anywhere(published) else 1

    def is_ready(agent: AgentFacts) -> bool:
        return (
            agent.is_enabled
            and agent.base_presence in presences
            and (agent.units_used + spare <= (agent.units_limit or 0) or bool(agent.profiles))
        )

    return array_of(staff.ready_queues((presences, spare), is_ready))


def _is_weightless_anywhere(published: configuration.Published) -> bool:
    """Whether some work needs no room at all, so that agents who are full may take it."""
    capacities = [each.capacity for each in published.compiled.workstreams.values()]
    return any(each is None or not (each.units or each.profiles) for each in capacities)


def _waits_for_preferred(published: configuration.Published) -> bool:
    service = published.compiled.service
    return service.preferred_agents and service.waits_for_preferred_agent


def load_named_items(
    *, published: configuration.Published, item_ids: Sequence[int], now: datetime
) -> list[ItemFacts]:
    """The facts of items named by id, whatever their state; for explanations."""
    rows = _named(published, item_ids)
    return _facts(rows, fields_of({row[0]: row[2] for row in rows}, published), published, now)


def _named(published: configuration.Published, item_ids: Sequence[int]) -> list[tuple[Any, ...]]:
    if not item_ids:
        return []
    with connection.cursor() as cursor:
        prefers = published.compiled.service.preferred_agents
        cursor.execute(statement("items_by_id"), {"item_ids": list(item_ids), "prefers": prefers})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _facts(
    rows: list[tuple[Any, ...]],
    fields: Mapping[int, Mapping[str, Any]],
    published: configuration.Published,
    now: datetime,
) -> list[ItemFacts]:
    refusals = _refusals([row[0] for row in rows if ":" in row[3]])
    there = {row[0] for row in rows}
    found: list[ItemFacts] = []
    for row in rows:
        item = _item(row, refusals.get(row[0], ()), published, now, fields.get(row[0], {}))
        ids, times = row[AHEAD + 1 :]
        behind = [
            (datetime.fromtimestamp(since, UTC), id)
            for id, since in (zip(ids, times, strict=True) if ids else ())
            if id not in there
        ]
        found += _with_behind(item, behind)
    return found


def _with_behind(item: ItemFacts, behind: Sequence[tuple[datetime, int]]) -> list[ItemFacts]:
    """The item with those behind it; who has something of his own goes alone."""
    if not behind:
        return [item]
    if not item.preferred and item.affinity_agent_id is None:
        return [replace(item, behind=tuple(behind))]
    (since, id), *others = behind
    plain = replace(item, preferred=(), affinity_agent_id=None)
    return [item, replace(plain.like(since, id), behind=tuple(others))]


def load_agents(
    *,
    published: configuration.Published,
    queue_ids: Sequence[int] | None = None,
    agent_ids: Sequence[int] = (),
) -> list[AgentFacts]:
    """All members of the queues and the named agents, with their places in these queues, or
    in all where none are named; four statements."""
    wanted = None if queue_ids is None else list(queue_ids)
    names = {"queue_ids": wanted, "agent_ids": list(agent_ids)}
    with connection.cursor() as cursor:
        cursor.execute(statement("agents_of_queues"), names)
        agents = cursor.fetchall()
        ids = {"agent_ids": [row[0] for row in agents], "queue_ids": wanted}
        cursor.execute(statement("memberships_of_agents"), ids)
        memberships = _by_agent(cursor.fetchall())
        cursor.execute(statement("skills_of_agents"), ids)
        skills = _by_agent(cursor.fetchall())
        cursor.execute(statement("profiles_of_agents"), ids)
        profiles = _by_agent(cursor.fetchall())
    return [
        _agent(row, memberships[row[0]], skills[row[0]], profiles[row[0]], published)
        for row in agents
    ]


def _item(
    row: tuple[Any, ...],
    refusals: Iterable[tuple[int, datetime]],
    published: configuration.Published,
    now: datetime,
    fields: Mapping[str, Any],
) -> ItemFacts:
    (
        item_id, workstream_id, queue_id, key, kind, channel, title, created_at, waiting_since,
        priority, skills, units, profiles, last_agent_id, is_known_customer, preferred, is_ahead,
        _, _,
    ) = row  # fmt: skip
    declined: dict[int, int] = defaultdict(int)
    cooling: dict[int, datetime] = {}
    for agent_id, at in refusals:
        declined[agent_id] += 1
        if at > now - COOL_DOWN:
            cooling[agent_id] = max(at + COOL_DOWN, cooling.get(agent_id, now))
    workstream = published.compiled.workstreams.get(workstream_id)
    keeps = workstream is not None and workstream.keep_same_agent
    return ItemFacts(
        id=item_id,
        workstream_id=workstream_id,
        queue_id=queue_id,
        kind=ItemKind(kind),
        channel=channel,
        title=title,
        created_at=datetime.fromtimestamp(created_at, UTC),
        waiting_since=datetime.fromtimestamp(waiting_since, UTC),
        requirement_key=key,
        priority=priority,
        skills=tuple(
            RequiredSkill(
                skill=published.skill_names.get(skill, f"deleted skill {skill}"), rating=rating
            )
            for skill, rating in (json.loads(skills) if skills != NO_SKILLS else ())
        ),
        capacity_units=units,
        capacity_profiles=tuple(
            published.profile_names.get(profile, f"deleted profile {profile}")
            for profile in profiles
        ),
        fields=fields,
        affinity_agent_id=last_agent_id if keeps else None,
        preferred=tuple(_wish(each) for each in preferred),
        is_ahead=is_ahead,
        is_known_customer=is_known_customer,
        declined=dict(declined),
        cooling_down=frozenset(cooling),
        offered_again_at=min(cooling.values(), default=None),
    )


def _wish(text: str) -> tuple[int, str]:
    agent_id, _, username = text.partition(" ")
    return int(agent_id), username


def _agent(
    row: tuple[Any, ...],
    memberships: list[tuple[Any, ...]],
    skills: list[tuple[Any, ...]],
    profiles: list[tuple[Any, ...]],
    published: configuration.Published,
) -> AgentFacts:
    (
        agent_id, username, is_enabled, base, follows, limit, used, last_assigned_at,
        last_released_at, name, role, locale, hours_id,
    ) = row  # fmt: skip
    return AgentFacts(
        id=agent_id,
        username=username,
        name=name,
        role=role,
        locale=locale,
        hours=published.hours_names.get(hours_id),
        is_enabled=is_enabled,
        base_presence=presence_in_use(
            BasePresence(base) if base else None,
            follows=follows,
            is_in_use=used > 0 or any(held > 0 for _, _, _, held, _ in profiles),
        ),
        presence_follows=follows,
        units_limit=limit,
        units_used=used,
        profiles={
            published.profile_names[profile]: ProfileRoom(limit=most, used=held, blocks=blocks)
            for _, profile, most, held, blocks in profiles
            if profile in published.profile_names
        },
        skills={
            published.skill_names[skill]: rating
            for _, skill, rating in skills
            if skill in published.skill_names
        },
        memberships={
            queue: Membership(position=position, last_assigned_at=at)
            for _, queue, position, at in memberships
        },
        last_assigned_at=last_assigned_at,
        last_released_at=last_released_at,
    )


def _refusals(item_ids: Sequence[int]) -> Mapping[int, list[tuple[int, datetime]]]:
    """Who declined or missed each of the items, and when."""
    found: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    if item_ids:
        with connection.cursor() as cursor:
            cursor.execute(statement("refusals_of_items"), {"item_ids": list(item_ids)})
            for item_id, agent_id, at in cursor.fetchall():
                found[item_id].append((agent_id, at))
    return found


def _by_agent(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    grouped: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    return grouped
