"""The fields of waiting items that assignment methods read, and which of the items come first.

Which come first is asked anew in each cycle, because times pass and attributes change. What is
read of an item, and where it stands by it where no time counts, is kept as long as none of its rows
changes, so a cycle that meets the same ten thousand items costs one statement.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, Final

from django.db import connection

from routing import configuration
from routing.engine.conditions.fields import read, write
from routing.engine.methods.items import Place, lot_of_fields, place_of
from routing.engine.methods.shapes import CustomMethod
from routing.queries.item_fields import FIELD_RELATIONS, item_fields
from routing.sql import statement
from workstreams.models import WorkItem

Fields = Mapping[str, Any]
Row = tuple[int, int, str, str]
# Queue, requirement key, and what the method tells items of one key apart by.
Sort = tuple[int, str, Hashable]
# Where the item stands in its queue, and its lot.
Standing = tuple[Place, Hashable]
AT_ONCE: Final = 2000
NOWHERE: Final = (0, False, 0.0)


@dataclass(slots=True)
class Known:
    """What was read of an item: the stamp of its rows, the paths, and their values; and how it
    stands by a method, where that asks for no time."""

    stamp: str
    paths: tuple[str, ...]
    fields: Fields
    stood: tuple[CustomMethod, Standing] | None = None

    def standing(self, method: CustomMethod) -> Standing | None:
        """How the item stands by the method, if that is kept."""
        stood = self.stood
        return stood[1] if stood is not None and stood[0] is method else None

    def stands(self, method: CustomMethod, now: datetime) -> Standing:
        """How the item stands by the method now."""
        kept = self.standing(method)
        if kept is not None:
            return kept
        place = place_of(method, self.fields, now) if method.prioritization else NOWHERE
        standing = place, lot_of_fields(method, self.fields, now)
        if not method.sorts_by_time:
            self.stood = method, standing
        return standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Firsts:
    """The items that come first, and the sorts of which others wait that do not."""

    ids: Sequence[int]
    unread: frozenset[Sort]


# By queue and item; skills are remembered by the names they have in the version in force.
_remembered: dict[int, dict[int, Known]] = {}
_skill_names: Mapping[int, str] = {}


def methods_by_queue(published: configuration.Published) -> dict[int, CustomMethod]:
    """The queues whose method looks at each item."""
    compiled = published.compiled
    if not compiled.methods:
        return {}
    found = {id: compiled.method_of(id) for id in compiled.queues}
    return {id: each for id, each in found.items() if each is not None and each.reads_fields}


def first_of_each_sort(
    *,
    published: configuration.Published,
    queue_ids: Iterable[int],
    share: int,
    more: int,
    waits: bool,
    now: datetime,
) -> Firsts:
    """Of each queue and each sort of interchangeable items the first so many, in the queue's
    order; and so many ``more`` of the queues that are worked through one after the other, of the
    first of them first. One statement, and one for items that were not read before."""
    methods = methods_by_queue(published)
    _forget_old_names(published)
    rows = _rows(sorted(queue_ids), waits=waits)
    by_queue: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_queue[row[1]].append(row)
    chosen: list[int] = []
    unread: set[Sort] = set()
    for queue_id in _in_order(by_queue, published):
        method, waiting = methods[queue_id], by_queue[queue_id]
        known = _known_of_queue(queue_id, waiting, _paths(method), published)
        ahead = more if method.prioritization else 0
        found = _first(waiting, method, known, share, ahead, now)
        chosen += found.ids
        unread |= found.unread
        if method.prioritization:
            more -= min(more, len(waiting))
    return Firsts(ids=chosen, unread=frozenset(unread))


def _forget_old_names(published: configuration.Published) -> None:
    global _skill_names  # of the process, as what is remembered
    if published.skill_names != _skill_names:
        _remembered.clear()
        _skill_names = published.skill_names


def _in_order(queue_ids: Iterable[int], published: configuration.Published) -> list[int]:
    """As queues with an order of their own are worked through."""
    queues = published.compiled.queues
    return sorted(queue_ids, key=lambda id: (queues[id].priority, queues[id].name.casefold(), id))


def fields_of(
    item_queues: Mapping[int, int | None],
    published: configuration.Published,
    *,
    as_remembered: bool = False,
    failed: dict[int, Exception] | None = None,
) -> dict[int, Fields]:
    """What the methods of their queues read of these items; nothing where they read nothing.

    ``as_remembered`` is for who has just asked for the first of each sort, ``failed`` for who goes
    on without those that cannot be read.
    """
    methods = methods_by_queue(published)
    asked = {id: methods[queue] for id, queue in item_queues.items() if queue in methods}
    found: dict[int, Fields] = {}
    missing = []
    for id, method in asked.items():
        known = _remembered.get(item_queues[id] or 0, {}).get(id) if as_remembered else None
        if known is not None and known.paths == _paths(method):
            found[id] = known.fields
        else:
            missing.append(id)
    whole = _read(missing, published, failed)
    found.update({id: _only(whole[id], _paths(asked[id])) for id in whole})
    return found


def places_of(queue_ids: Iterable[int], published: configuration.Published) -> dict[int, Place]:
    """Where the items of these queues stand that has just been asked, as far as it is kept."""
    methods = methods_by_queue(published)
    return {
        id: standing[0]
        for queue_id in queue_ids
        if (method := methods[queue_id]).prioritization
        for id, known in _remembered.get(queue_id, {}).items()
        if (standing := known.standing(method)) is not None
    }


def _first(
    waiting: Sequence[Row],
    method: CustomMethod,
    known: Mapping[int, Known],
    share: int,
    ahead: int,
    now: datetime,
) -> Firsts:
    """``share`` of each sort, and the first of the queue that are ``ahead`` of all others."""
    groups: dict[Sort, list[tuple[Place, int, int]]] = defaultdict(list)
    # Rows come oldest first: of equal places the older one is first.
    for turn, (id, queue_id, key, _) in enumerate(waiting):
        if id in known:
            place, lot = known[id].stands(method, now)
            groups[queue_id, key, lot].append((place, turn, id))
    for group in groups.values():
        group.sort()
    first = {each for group in groups.values() for each in group[:share]}
    if ahead:
        first.update(sorted(chain(*groups.values()))[:ahead])
    return Firsts(
        ids=[id for _, _, id in sorted(first)],
        unread=frozenset(sort for sort, group in groups.items() if group[-1] not in first),
    )


def _rows(queue_ids: Sequence[int], *, waits: bool) -> list[Row]:
    with connection.cursor() as cursor:
        names: dict[str, Any] = {"queue_ids": list(queue_ids), "waits": waits}
        cursor.execute(statement("items_to_order"), names)
        rows: list[Row] = cursor.fetchall()
    return rows


def _known_of_queue(
    queue_id: int,
    waiting: Sequence[Row],
    paths: tuple[str, ...],
    published: configuration.Published,
) -> dict[int, Known]:
    before = _remembered.get(queue_id, {})
    now_known: dict[int, Known] = {}
    missing = {}
    for id, _, _, stamp in waiting:
        known = before.get(id)
        if known is not None and known.stamp == stamp and known.paths == paths:
            now_known[id] = known
        else:
            missing[id] = stamp
    for id, whole in _read(list(missing), published).items():
        now_known[id] = Known(missing[id], paths, _only(whole, paths))
    # Whoever waits no longer is forgotten with the old dictionary.
    _remembered[queue_id] = now_known
    return now_known


def _read(
    ids: Collection[int],
    published: configuration.Published,
    failed: dict[int, Exception] | None = None,
) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    wanted = list(ids)
    for start in range(0, len(wanted), AT_ONCE):
        rows = WorkItem.objects.filter(pk__in=wanted[start : start + AT_ONCE])
        for item in rows.select_related(*FIELD_RELATIONS):
            try:
                found[item.pk] = {**item_fields(item), "skills": _skills(item, published)}
            except Exception as error:
                if failed is None:
                    raise
                failed[item.pk] = error
    return found


def _skills(item: WorkItem, published: configuration.Published) -> list[str]:
    names = (published.skill_names.get(skill) for skill, _ in item.required_skills)
    return [name for name in names if name is not None]


def _paths(method: CustomMethod) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*method.orders_by, *method.matches_by)))


def _only(whole: Mapping[str, Any], paths: Iterable[str]) -> Fields:
    kept: dict[str, Any] = {}
    for path in paths:
        value = read(whole, path)
        if value is not None:
            write(kept, path, value)
    return kept
