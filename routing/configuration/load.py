"""Published versions into this process, each compiled once.

A version is known by its number and the transaction that wrote it (``xmin``): a
version that was rolled back leaves its number to another, and other threads may not
see yet what this one has just written. So several versions are kept, and each
reader gets the one that its own transaction sees.
"""

import json
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

from django.db import connection

from config.collector import collector_paused
from config.prepared import prepared_cursor
from routing.configuration.piece import Key
from routing.configuration.published import Published, publishable
from routing.engine.configuration import compile_piece
from routing.engine.configuration.rules import UnreadableIntake

logger = logging.getLogger(__name__)

VERSIONS_KEPT: Final = 8
NO_RULES: Final = {"classification": [], "route_to_queue": [], "has_unreadable_rules": True}
# Number, and the transaction that wrote the version.
Stamp = tuple[int, str]

NEWEST: Final = """
SELECT number, xmin::text FROM routing_configurationversion ORDER BY number DESC LIMIT 1
"""
STAMPS: Final = """
SELECT number, xmin::text FROM routing_configurationversion WHERE number = ANY(%s::bigint[])
"""
# The latest change of each object after one version and up to another.
CHANGES: Final = """
SELECT latest.kind, latest.object_id, latest.name, piece.hash, piece.document::text
FROM (
    SELECT DISTINCT ON (kind, object_id) kind, object_id, name, piece_id
    FROM routing_configurationchange
    WHERE version_id > %s AND version_id <= %s
    ORDER BY kind, object_id, version_id DESC
) latest
LEFT JOIN routing_configurationpiece piece ON piece.hash = latest.piece_id
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One object in a version."""

    name: str
    hash: str
    compiled: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """All objects of a version."""

    stamp: Stamp | None
    entries: Mapping[Key, Entry] = field(default_factory=dict)
    published: Published

    @property
    def number(self) -> int:
        return self.published.number


NOTHING: Final = Snapshot(stamp=None, published=publishable(0, []))

_kept: OrderedDict[Stamp, Snapshot] = OrderedDict()
# Guards the dictionary only, never a query: a thread that waits for a database lock
# while it holds this one would stop the thread that has the database lock.
_kept_lock = Lock()


def newest_snapshot() -> Snapshot:
    """The newest version that this transaction sees, in one query once it is known."""
    stamps = _stamps(NEWEST)
    return _snapshot(stamps[0]) if stamps else NOTHING


def snapshot_of(number: int) -> Snapshot | None:
    """One version, or None where there is none of that number."""
    stamps = _stamps(STAMPS, [[number]])
    return _snapshot(stamps[0]) if stamps else None


def _snapshot(stamp: Stamp) -> Snapshot:
    with _kept_lock:
        if (kept := _kept.get(stamp)) is not None:
            _kept.move_to_end(stamp)
            return kept
    return _keep(_load(stamp, _nearest_before(stamp)))


def _keep(snapshot: Snapshot) -> Snapshot:
    assert snapshot.stamp is not None
    with _kept_lock:
        _kept[snapshot.stamp] = snapshot
        while len(_kept) > VERSIONS_KEPT:
            _kept.popitem(last=False)
    return snapshot


def _nearest_before(stamp: Stamp) -> Snapshot:
    """The newest kept version below, if it is still (or already) in the database."""
    with _kept_lock:
        earlier = {known: kept for known, kept in _kept.items() if known[0] < stamp[0]}
    if not earlier:
        return NOTHING
    visible = set(_stamps(STAMPS, [[number for number, _ in earlier]]))
    return max(
        (kept for known, kept in earlier.items() if known in visible),
        key=lambda kept: kept.number,
        default=NOTHING,
    )


def _load(stamp: Stamp, base: Snapshot) -> Snapshot:
    """The base with the changes since; only changed pieces are compiled."""
    number = stamp[0]
    entries = dict(base.entries)
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [base.number, number])
        rows = cursor.fetchall()
    with collector_paused():
        for kind, object_id, name, content_hash, document in rows:
            key = (kind, object_id)
            if content_hash is None:
                entries.pop(key, None)
            else:
                compiled = _compile(key, document)
                entries[key] = Entry(name=name, hash=content_hash, compiled=compiled)
    published = publishable(number, [entry.compiled for entry in entries.values()])
    return Snapshot(stamp=stamp, entries=entries, published=published)


def _compile(key: Key, text: str) -> Any:
    """The piece for the engine. One broken piece must not stop all routing: a workstream
    goes on without its rules, so its work goes to the fallback queue, each item with an alarm;
    records stay unrouted where their intake rules are broken, with an alarm too.
    """
    kind, object_id = key
    document = json.loads(text)
    try:
        return compile_piece(kind, document, id=object_id)
    except (ValueError, KeyError, TypeError, AttributeError):
        logger.exception("configuration piece broken kind=%s id=%s", kind, object_id)
    if kind == "intake":
        return UnreadableIntake()
    if kind != "workstream":
        return None
    without_rules = document | NO_RULES
    return compile_piece(kind, without_rules, id=object_id)


def _stamps(sql: str, parameters: list[Any] | None = None) -> list[Stamp]:
    with prepared_cursor() as cursor:
        cursor.execute(sql, parameters)
        return [(number, xmin) for number, xmin in cursor.fetchall()]


def documents_of(number: int, *, after: int = 0) -> dict[Key, Any]:
    """The documents of a version; with ``after`` only of objects changed since then.

    A deleted object has the document None, which only ``after`` can meet.
    """
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [after, number])
        return {
            (kind, object_id): document and json.loads(document)
            for kind, object_id, _, _, document in cursor.fetchall()
            if after or document
        }
