"""Which workstreams may have changed since this process read them last.

Reading the rules of a thousand workstreams takes half a second, nearly all of it
JSON; asking the database for marks takes a few milliseconds. A row's mark is the
transaction that wrote it and its place (``xmin``, ``ctid``), which no other content
of the row ever shares. Names that workstreams repeat go into everybody's mark.
"""

from collections.abc import Callable, Iterator
from typing import Final

from django.db import connection

from routing.configuration.piece import Piece

NAMES: Final = 0

MARKS: Final = """
SELECT workstream_id, bit_xor(hashtextextended(mark, 0)), count(*) FROM (
    SELECT id AS workstream_id, concat_ws(':', 'workstream', id, xmin, ctid) AS mark
    FROM workstreams_workstream
    UNION ALL
    SELECT workstream_id, concat_ws(':', 'profile', id, xmin, ctid)
    FROM workstreams_workstream_capacity_profiles
    UNION ALL
    SELECT workstream_id, concat_ws(':', 'assist bot', id, xmin, ctid)
    FROM workstreams_workstream_assist_bots
    UNION ALL
    SELECT workstream_id, concat_ws(':', 'variable', id, xmin, ctid)
    FROM workstreams_contextvariable
    UNION ALL
    SELECT workstream_id, concat_ws(':', 'identification', id, xmin, ctid)
    FROM workstreams_identificationrule WHERE workstream_id IS NOT NULL
    UNION ALL
    SELECT workstream_id, concat_ws(':', 'ruleset', id, xmin, ctid)
    FROM routing_ruleset WHERE workstream_id IS NOT NULL
    UNION ALL
    SELECT s.workstream_id, concat_ws(':', 'rule', r.id, r.xmin, r.ctid)
    FROM routing_rule r JOIN routing_ruleset s ON s.id = r.ruleset_id
    WHERE s.workstream_id IS NOT NULL
    UNION ALL
    SELECT s.workstream_id, concat_ws(':', 'queue', q.id, q.xmin, q.ctid)
    FROM routing_rulequeue q
    JOIN routing_rule r ON r.id = q.rule_id
    JOIN routing_ruleset s ON s.id = r.ruleset_id
    WHERE s.workstream_id IS NOT NULL
    UNION ALL
    SELECT s.workstream_id, concat_ws(':', 'overflow', o.id, o.xmin, o.ctid)
    FROM routing_ruleoverflow o
    JOIN routing_rule r ON r.id = o.rule_id
    JOIN routing_ruleset s ON s.id = r.ruleset_id
    WHERE s.workstream_id IS NOT NULL
    UNION ALL
    SELECT 0, concat_ws(':', 'queue name', id, name) FROM workstreams_queue
    UNION ALL
    SELECT 0, concat_ws(':', 'profile name', id, name) FROM agents_capacityprofile
    UNION ALL
    SELECT 0, concat_ws(':', 'record type', id, name) FROM workstreams_recordtype
    UNION ALL
    SELECT 0, concat_ws(':', 'session template name', id, name) FROM workstreams_sessiontemplate
    UNION ALL
    SELECT 0, concat_ws(':', 'bot name', id, name) FROM workstreams_bot
    UNION ALL
    SELECT 0, concat_ws(':', 'model name', id, name) FROM routing_learnedmodel
    UNION ALL
    SELECT 0, concat_ws(':', 'template', t) FROM workstreams_notificationtemplate t
) marks
WHERE workstream_id = 0
   OR workstream_id IN (SELECT id FROM workstreams_workstream WHERE deleted_at IS NULL)
GROUP BY workstream_id
"""

Mark = tuple[int, int]
Read = Callable[[list[int]], Iterator[Piece]]

_remembered: dict[int, tuple[Mark, Mark, Piece]] = {}


def workstream_pieces(read: Read) -> Iterator[Piece]:
    """Every workstream's piece; only those with a new mark are read."""
    global _remembered
    marks = _marks()
    names = marks.pop(NAMES, (0, 0))
    known = {
        pk: entry
        for pk, entry in _remembered.items()
        if pk in marks and entry[:2] == (names, marks[pk])
    }
    for piece in read([pk for pk in marks if pk not in known]):
        known[piece.object_id] = (names, marks[piece.object_id], piece)
    # A new dictionary each time: another thread may be reading the old one.
    _remembered = known
    for _, _, piece in known.values():
        yield piece


def _marks() -> dict[int, Mark]:
    with connection.cursor() as cursor:
        cursor.execute(MARKS)
        return {pk: (mark, count) for pk, mark, count in cursor.fetchall()}
