"""The fields of waiting items that assignment methods read, and which of the items come first.

Methods are asked about each item anew in each cycle, because times pass and attributes change.
What is read of an item is kept as long as none of its rows changes, so a cycle that meets the same
ten thousand items costs one statement.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection

from routing import configuration
from routing.engine.conditions.fields import read, write
from routing.engine.methods.items import lot_of_fields, place_of
from routing.engine.methods.shapes import CustomMethod
from routing.queries.item_fields import FIELD_RELATIONS, item_fields
from routing.sql import statement
from workstreams.models import WorkItem

Fields = Mapping[str, Any]
Row = tuple[int, int, str, datetime, str]
AT_ONCE: Final = 2000

# By queue and item: the stamp of its rows, the paths that were read, and their values.
_remembered: dict[int, dict[int, tuple[str, tuple[str, ...], Fields]]] = {}


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
    waits: bool,
    now: datetime,
) -> list[int]:
    """Of each queue and each sort of interchangeable items the first so many, in the queue's
    order. One statement, and one for items that were not read before."""
    methods = methods_by_queue(published)
    rows = _rows(sorted(queue_ids), waits=waits)
    by_queue: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_queue[row[1]].append(row)
    chosen: list[int] = []
    for queue_id, waiting in by_queue.items():
        fields = _fields_of_queue(queue_id, waiting, _paths(methods[queue_id]), published)
        chosen += _first(waiting, methods[queue_id], fields, share, now)
    return chosen


def fields_of(
    item_queues: Mapping[int, int | None],
    published: configuration.Published,
    *,
    as_remembered: bool = False,
) -> dict[int, Fields]:
    """What the methods of their queues read of these items; nothing where they read nothing.

    ``as_remembered`` is for who has just asked for the first of each sort.
    """
    methods = methods_by_queue(published)
    asked = {id: methods[queue] for id, queue in item_queues.items() if queue in methods}
    found: dict[int, Fields] = {}
    missing = []
    for id, method in asked.items():
        known = _remembered.get(item_queues[id] or 0, {}).get(id) if as_remembered else None
        if known is not None and known[1] == _paths(method):
            found[id] = known[2]
        else:
            missing.append(id)
    whole = _read(missing, published)
    found.update({id: _only(whole[id], _paths(asked[id])) for id in whole})
    return found


def _first(
    waiting: Sequence[Row],
    method: CustomMethod,
    fields: Mapping[int, Fields],
    share: int,
    now: datetime,
) -> list[int]:
    groups: dict[tuple[str, Hashable], list[tuple[Any, int]]] = defaultdict(list)
    # Rows come oldest first, and sorting keeps that among equals.
    for id, _, key, _, _ in waiting:
        if id in fields:
            of_item = fields[id]
            place = place_of(method, of_item, now) if method.prioritization else ()
            groups[key, lot_of_fields(method, of_item, now)].append((place, id))
    chosen: list[int] = []
    for group in groups.values():
        if method.prioritization:
            group.sort(key=lambda each: each[0])
        chosen += [id for _, id in group[:share]]
    return chosen


def _rows(queue_ids: Sequence[int], *, waits: bool) -> list[Row]:
    with connection.cursor() as cursor:
        names: dict[str, Any] = {"queue_ids": list(queue_ids), "waits": waits}
        cursor.execute(statement("items_to_order"), names)
        rows: list[Row] = cursor.fetchall()
    return rows


def _fields_of_queue(
    queue_id: int,
    waiting: Sequence[Row],
    paths: tuple[str, ...],
    published: configuration.Published,
) -> dict[int, Fields]:
    before = _remembered.get(queue_id, {})
    now_known = {}
    missing = {}
    for id, _, _, _, stamp in waiting:
        known = before.get(id)
        if known is not None and known[0] == stamp and known[1] == paths:
            now_known[id] = known
        else:
            missing[id] = stamp
    for id, whole in _read(list(missing), published).items():
        now_known[id] = (missing[id], paths, _only(whole, paths))
    # Whoever waits no longer is forgotten with the old dictionary.
    _remembered[queue_id] = now_known
    return {id: known[2] for id, known in now_known.items()}


def _read(ids: Collection[int], published: configuration.Published) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    wanted = list(ids)
    for start in range(0, len(wanted), AT_ONCE):
        rows = WorkItem.objects.filter(pk__in=wanted[start : start + AT_ONCE])
        for item in rows.select_related(*FIELD_RELATIONS):
            found[item.pk] = {**item_fields(item), "skills": _skills(item, published)}
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
