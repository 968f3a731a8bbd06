"""Work that waits needs what its workstream's work does, also where that was published since."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection, transaction

from routing.actions.needed_capacity import need_of
from routing.actions.wake_up import wake_up
from routing.configuration.load import Stamp, newest_snapshot
from routing.configuration.published import Published
from routing.models import ConfigurationVersion
from routing.requirement import requirement_key
from routing.sql import array_of, statement
from routing.sweeps.each import Turns, count_changed
from routing.terms import WakeUpKind
from workstreams.models import WorkItem

# Work that arrives while a version is published may still be routed by the one before.
ARRIVES_WITHIN: Final = timedelta(minutes=1)


@dataclass(kw_only=True)
class Looked:
    """The version at which this process found nothing to renew, the one of which it knows that
    nothing routed before comes any more, and what it still has to renew by one."""

    at: Stamp | None = None
    settled: Stamp | None = None
    by: Stamp | None = None
    stale: "dict[Alike, int]" = field(default_factory=dict)


class Alike(NamedTuple):
    """Work items of one workstream, version, need and skills, and what they should need."""

    workstream_id: int
    version: int
    old_units: int
    old_profiles: tuple[int, ...]
    skills: str
    units: int
    profiles: tuple[int, ...]


_looked: Final = Looked()
_turns: Final = Turns[Alike]()


def sweep(*, now: datetime, limit: int) -> int:
    """Renew up to ``limit`` items. Their requirement changes with the need, so what the router
    decided about them meanwhile is not written. Work in hand keeps its receipt. Conversations that
    go back to their agent by that version (affinity) are told apart from others of their sort.

    Looks once at each version, and again a minute later; else it is one query. What a look found
    is worked off before the next one.
    """
    newest = newest_snapshot()
    if newest.stamp is None or newest.stamp == _looked.settled:
        return 0
    if not _looked.stale or newest.stamp != _looked.by:
        is_old = not _published_since(newest.number, now - ARRIVES_WITHIN)
        if newest.stamp == _looked.at and not is_old:
            return 0
        if returning := _give_own_keys(newest.published, limit):
            return returning
        _looked.by, _looked.stale = newest.stamp, dict(_stale(newest.published))
        if not _looked.stale:
            _looked.at = newest.stamp
            _looked.settled = newest.stamp if is_old else _looked.settled
    stale = _looked.stale
    shares = _shares(_turns.first(lambda _: stale, len(stale)), stale, limit)
    return count_changed(shares, lambda alike: _work_off(alike, shares[alike]), _turns)


def _published_since(number: int, moment: datetime) -> bool:
    return ConfigurationVersion.objects.filter(number=number, at__gt=moment).exists()


def _stale(published: Published) -> Iterator[tuple[Alike, int]]:
    """What waits and does not need what it should, and how many are alike."""
    changed = {
        id: since for id, since in _changed("capacity") if id in published.compiled.workstreams
    }
    names = {"workstream_ids": [*changed], "since": [*changed.values()]}
    found = _rows(statement("needs_of_waiting"), names) if changed else ()
    needs: dict[tuple[int, int, tuple[int, ...]], tuple[int, list[int]]] = {}
    for workstream_id, version, old_units, old_profiles, skills, count in found:
        key = (workstream_id, version, tuple(old_profiles))
        if key not in needs:
            item = WorkItem(
                workstream_id=workstream_id,
                configuration_version=version,
                required_profiles=old_profiles,
            )
            needs[key] = need_of(item, published)
        units, profiles = needs[key]
        if (units, set(profiles)) != (old_units, set(old_profiles)):
            alike = Alike(
                workstream_id=workstream_id,
                version=version,
                old_units=old_units,
                old_profiles=tuple(old_profiles),
                skills=skills,
                units=units,
                profiles=tuple(profiles),
            )
            yield alike, count


def _changed(part: str) -> list[tuple[int, int]]:
    """Workstreams in which this is another since what is settled, and since which version."""
    number, written_by = _looked.settled or (0, "")
    names = {"number": number, "written_by": written_by, "part": part}
    return _rows(statement("changed_workstreams"), names)


def _give_own_keys(published: Published, limit: int) -> int:
    """How many conversations go back to who had them only since their workstream keeps the agent:
    until then each was as any other of its sort, and went to anybody."""
    workstreams = published.compiled.workstreams
    keeping = {
        id: since
        for id, since in _changed("keep_same_agent")
        if id in workstreams and workstreams[id].keep_same_agent
    }
    if not keeping:
        return 0
    names = {"workstream_ids": [*keeping], "since": [*keeping.values()], "limit": limit}
    return _write("give_own_keys", names)


def _shares(alikes: Iterable[Alike], counts: Mapping[Alike, int], limit: int) -> dict[Alike, int]:
    """How many of each are renewed now."""
    shares: dict[Alike, int] = {}
    for alike in alikes:
        if limit > 0:
            shares[alike] = min(counts[alike], limit)
            limit -= shares[alike]
    return shares


def _work_off(alike: Alike, limit: int) -> int:
    """The same. Where fewer were left than found, or it fails, the next look says what is left."""
    count = _looked.stale.pop(alike)
    renewed = _renew(alike, limit)
    if renewed == limit < count:
        _looked.stale[alike] = count - renewed
    return renewed


def _renew(alike: Alike, limit: int) -> int:
    """How many of them it renewed; what somebody holds is looked at again."""
    as_needed = WorkItem(
        workstream_id=alike.workstream_id,
        required_units=alike.units,
        required_profiles=list(alike.profiles),
        required_skills=json.loads(alike.skills),
    )
    names = alike._asdict() | {
        "old_profiles": array_of(alike.old_profiles),
        "profiles": array_of(alike.profiles),
        "key": requirement_key(as_needed),
        "limit": limit,
    }
    return _write("renew_needs", names)


def _write(name: str, names: dict[str, Any]) -> int:
    """How many items it changed; the router is told of their queues."""
    with transaction.atomic():
        changed = _rows(statement(name), names)
        if changed:
            wake_up(WakeUpKind.ARRIVAL, queue_ids=sorted({id for (id,) in changed}))
    return len(changed)


def _rows(text: str, names: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(text, names)
        rows: list[Any] = cursor.fetchall()
    return rows
