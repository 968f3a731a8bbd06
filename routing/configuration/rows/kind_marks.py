"""Which kinds may have changed since this process read them last: see ``marks``.

A publish after one edit reads the rows of that kind and asks for the marks of the others.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from django.db import connection

from routing.configuration.piece import Piece

Mark = tuple[int, int]

# Tables whose every column is in the documents of a kind.
ROWS: Final[dict[str, tuple[str, ...]]] = {
    "rating_model": ("agents_ratingmodel",),
    "skill": ("agents_skill",),
    "agent_attribute": ("agents_agentattribute",),
    "capacity_profile": ("agents_capacityprofile",),
    "presence": ("agents_presence",),
    "operating_hours": (
        "agents_operatinghours",
        "agents_operatingperiod",
        "agents_holiday",
    ),
    "record_type": ("workstreams_recordtype",),
    "session_template": ("workstreams_sessiontemplate",),
    "notification_template": ("workstreams_notificationtemplate",),
    "bot": ("workstreams_bot",),
    "learned_model": ("routing_learnedmodel", "routing_learnedmodel_workstreams"),
    "assignment_method": ("workstreams_assignmentmethod",),
    "queue": ("workstreams_queue", "workstreams_overflowrule"),
    "channel_instance": (
        "workstreams_channelinstance",
        "workstreams_surveyquestion",
        "workstreams_automatedmessage",
    ),
    "automated_message": ("workstreams_automatedmessage",),
    "message_template": ("workstreams_messagetemplate",),
    "quick_reply": ("workstreams_quickreply", "workstreams_quickreply_workstreams"),
    "identification": ("workstreams_identificationrule",),
    "service": ("workstreams_serviceconfiguration", "workstreams_autoclosetime"),
}
# Tables of which the documents say the names alone.
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "skill": ("agents_skilltype", "agents_ratingmodel"),
    "session_template": ("workstreams_recordtype",),
    "queue": ("agents_operatinghours", "workstreams_assignmentmethod"),
    "channel_instance": ("agents_operatinghours", "workstreams_workstream"),
    "learned_model": ("workstreams_workstream",),
    "quick_reply": ("workstreams_workstream",),
    "intake": ("workstreams_recordtype", "workstreams_workstream"),
}
INTAKE: Final = """
SELECT 'intake', concat_ws(':', 'rule', r.id, r.xmin, r.ctid)
FROM routing_rule r JOIN routing_ruleset s ON s.id = r.ruleset_id WHERE s.workstream_id IS NULL
"""
# A workstream's type and channel never change, but it may be deleted, and its record type not.
GONE: Final = {"workstreams_workstream": "deleted_at"}


def _selects() -> Iterator[str]:
    for kind, tables in ROWS.items():
        for table in tables:
            yield f"SELECT '{kind}', concat_ws(':', '{table}', id, xmin, ctid) FROM {table}"  # noqa: S608
    for kind, tables in NAMES.items():
        for table in tables:
            columns = ", ".join(("id", "name", *filter(None, [GONE.get(table)])))
            yield f"SELECT '{kind}', concat_ws(':', 'of', '{table}', {columns}) FROM {table}"  # noqa: S608
    yield INTAKE


MARKS: Final = (
    "SELECT kind, bit_xor(hashtextextended(mark, 0)), count(*) FROM ("  # noqa: S608  # our words
    + " UNION ALL ".join(_selects())
    + ") marks (kind, mark) GROUP BY kind"
)

UNSEEN: Final[Mark] = (0, 0)

_remembered: dict[str, tuple[Mark, list[Piece]]] = {}


def kind_pieces(kinds: Iterable[str], read: Callable[[str], Iterator[Piece]]) -> Iterator[Piece]:
    """The pieces of whole kinds; only kinds with a new mark are read.

    The marks are asked for first: what is written between is read again the next time.
    """
    marks = _marks()
    for kind in kinds:
        mark, known = marks.get(kind, UNSEEN), _remembered.get(kind)
        if known is None or known[0] != mark:
            known = (mark, list(read(kind)))
            _remembered[kind] = known
        yield from known[1]


def _marks() -> dict[str, Mark]:
    with connection.cursor() as cursor:
        cursor.execute(MARKS)
        return {kind: (mark, count) for kind, mark, count in cursor.fetchall()}
