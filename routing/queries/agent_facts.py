"""Agents as the engine reads them: live rows, read at one moment."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from agents.terms import BasePresence
from routing import configuration
from routing.engine.facts import AgentFacts, Membership, ProfileRoom
from routing.engine.presence import presence_in_use
from routing.sql import statement

Rows = dict[int, list[tuple[Any, ...]]]


class Unread(NamedTuple):
    """Why an agent cannot be read, and the queues of those asked for that he serves."""

    error: Exception
    queue_ids: list[int]


def load_agents(
    *,
    published: configuration.Published,
    queue_ids: Sequence[int] | None = None,
    agent_ids: Sequence[int] = (),
    failed: dict[int, Unread] | None = None,
) -> list[AgentFacts]:
    """All members of the queues and the named agents, with their places in these queues, or
    in all where none are named; four statements, and one where methods read attributes.

    Those who cannot be read are put into ``failed`` where it is given."""
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
        attributes: Rows = {}
        if published.attribute_names and agents:
            ids["attribute_ids"] = list(published.attribute_names)
            cursor.execute(statement("attributes_of_agents"), ids)
            attributes = _by_agent(cursor.fetchall())
    found: list[AgentFacts] = []
    for row in agents:
        places, held = memberships[row[0]], attributes.get(row[0], ())
        try:
            found.append(_agent(row, places, skills[row[0]], profiles[row[0]], held, published))
        except Exception as error:
            if failed is None:
                raise
            failed[row[0]] = Unread(error, [queue_id for _, queue_id, *_ in places])
    return found


def _agent(
    row: tuple[Any, ...],
    memberships: list[tuple[Any, ...]],
    skills: list[tuple[Any, ...]],
    profiles: list[tuple[Any, ...]],
    attributes: Iterable[tuple[Any, ...]],
    published: configuration.Published,
) -> AgentFacts:
    (
        agent_id, username, is_enabled, base, follows, limit, used, items_held,
        last_assigned_at, last_released_at, name, role, locale, hours_id, nickname, created_at,
    ) = row  # fmt: skip
    return AgentFacts(
        id=agent_id,
        username=username,
        name=name,
        role=role,
        locale=locale,
        hours=published.hours_names.get(hours_id),
        nickname=nickname,
        created_at=created_at.isoformat(),
        attributes={
            published.attribute_names[attribute]: json.loads(value)
            for _, attribute, value in attributes
        },
        is_enabled=is_enabled,
        base_presence=presence_in_use(
            BasePresence(base) if base else None,
            follows=follows,
            is_in_use=used > 0 or any(held > 0 for _, _, _, held, _ in profiles),
            items_held=items_held,
        ),
        presence_follows=follows,
        units_limit=limit,
        units_used=used,
        items_held=items_held,
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


def _by_agent(rows: Iterable[tuple[Any, ...]]) -> Rows:
    grouped: Rows = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    return grouped
