"""Work items as the engine reads them: live rows, read at one moment."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db import connection

from routing import configuration
from routing.engine.facts import DELETED_SKILL, ItemFacts, RequiredSkill
from routing.engine.methods.items import Place
from routing.queries.fields_of_waiting import fields_of
from routing.queries.item_history import NONE, History, histories_of
from routing.sql import statement
from workstreams.terms import ItemKind

# How long an agent who declined, missed or put back an item is not offered it again (design 7.16).
COOL_DOWN: Final = timedelta(seconds=60)
NO_SKILLS: Final = "[]"
KEY: Final = 3
PROFILES: Final = 12
PREFERRED: Final = 15
# Where a row says that it was read out of turn; the ids and times of those behind it follow.
AHEAD: Final = 16


def load_named_items(
    *,
    published: configuration.Published,
    item_ids: Sequence[int],
    now: datetime,
    failed: dict[int, Exception] | None = None,
) -> list[ItemFacts]:
    """The facts of items named by id, whatever their state; for explanations. Those that cannot
    be read are put into ``failed`` where it is given, and keep no others from being read."""
    rows = read_named(published, item_ids)
    fields = fields_of({row[0]: row[2] for row in rows}, published, failed=failed)
    if failed:
        rows = [row for row in rows if row[0] not in failed]
    return facts_of(rows, fields, published, now, failed=failed)


def read_named(
    published: configuration.Published, item_ids: Sequence[int]
) -> list[tuple[Any, ...]]:
    if not item_ids:
        return []
    with connection.cursor() as cursor:
        prefers = published.compiled.service.preferred_agents
        cursor.execute(statement("items_by_id"), {"item_ids": list(item_ids), "prefers": prefers})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def facts_of(
    rows: list[tuple[Any, ...]],
    fields: Mapping[int, Mapping[str, Any]],
    published: configuration.Published,
    now: datetime,
    places: Mapping[int, Place] | None = None,
    *,
    failed: dict[int, Exception] | None = None,
) -> list[ItemFacts]:
    histories = histories_of([row[0] for row in rows if _is_asked_for(row)], published)
    there = {row[0] for row in rows}
    found: list[ItemFacts] = []
    for row in rows:
        ids, times = row[AHEAD + 1 :]
        behind = [
            (datetime.fromtimestamp(since, UTC), id)
            for id, since in (zip(ids, times, strict=True) if ids else ())
            if id not in there
        ]
        try:
            item = _item(
                row,
                histories.get(row[0], NONE),
                published,
                now,
                fields=fields.get(row[0], {}),
                behind=behind,
                place=places.get(row[0]) if places else None,
            )
        except Exception as error:
            if failed is None:
                raise
            failed[row[0]] = error
            continue
        found += _each_alone(item) if behind and _has_its_own(item) else [item]
    return found


def _is_asked_for(row: tuple[Any, ...]) -> bool:
    """Whether agents are told apart by what became of it before."""
    return _is_personal(row) or bool(row[PREFERRED] and row[PROFILES])


def _is_personal(row: tuple[Any, ...]) -> bool:
    return ":" in row[KEY]


def _has_its_own(item: ItemFacts) -> bool:
    """Whether it is not like those behind it."""
    return bool(item.preferred) or item.affinity_agent_id is not None


def _each_alone(item: ItemFacts) -> list[ItemFacts]:
    """The item, and the next one with those behind it."""
    (since, id), *others = item.behind
    plain = replace(item, preferred=(), affinity_agent_id=None, taken_that_day={})
    return [replace(item, behind=()), replace(plain.like(since, id), behind=tuple(others))]


def _item(
    row: tuple[Any, ...],
    history: History,
    published: configuration.Published,
    now: datetime,
    *,
    fields: Mapping[str, Any],
    behind: Sequence[tuple[datetime, int]],
    place: Place | None,
) -> ItemFacts:
    (
        item_id, workstream_id, queue_id, key, kind, channel, title, created_at, waiting_since,
        priority, skills, units, profiles, last_agent_id, is_known_customer, preferred, is_ahead,
        _, _,
    ) = row  # fmt: skip
    workstream = published.compiled.workstreams.get(workstream_id)
    keeps = workstream is not None and workstream.keep_same_agent
    affinity = last_agent_id if keeps else None
    declined: dict[int, int] = defaultdict(int)
    cooling: dict[int, datetime] = {}
    for agent_id, at, put_back, took_it_since in history.refusals if _is_personal(row) else ():
        # What goes back to who had it last is his again, whatever he said before.
        if took_it_since and agent_id == affinity:
            continue
        if not put_back:
            declined[agent_id] += 1
        if at > now - COOL_DOWN:
            cooling[agent_id] = max(at + COOL_DOWN, cooling.get(agent_id, now))
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
            RequiredSkill(skill=published.skill_names.get(skill, DELETED_SKILL), rating=rating)
            for skill, rating in (json.loads(skills) if skills != NO_SKILLS else ())
        ),
        capacity_units=units,
        capacity_profiles=tuple(
            published.profile_names.get(profile, f"deleted profile {profile}")
            for profile in profiles
        ),
        fields=fields,
        affinity_agent_id=affinity,
        preferred=tuple(_wish(each) for each in preferred),
        is_ahead=is_ahead,
        is_known_customer=is_known_customer,
        declined=dict(declined),
        cooling_down=frozenset(cooling),
        offered_again_at=cooling,
        taken_that_day=history.taken,
        behind=tuple(behind),
        place=place,
    )


def _wish(text: str) -> tuple[int, str]:
    agent_id, _, username = text.partition(" ")
    return int(agent_id), username
