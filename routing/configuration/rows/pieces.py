"""All configured rows as pieces, in a fixed number of queries."""

from collections.abc import Collection, Iterator
from itertools import chain
from typing import Final

from routing.configuration.piece import Key, Piece, make_piece
from routing.configuration.rows.channels import channel_instance_documents
from routing.configuration.rows.customers import identification_documents
from routing.configuration.rows.definitions import (
    agent_attribute_documents,
    assignment_method_documents,
    capacity_profile_documents,
    notification_template_documents,
    operating_hours_documents,
    presence_documents,
    queue_documents,
    rating_model_documents,
    record_type_documents,
    skill_documents,
)
from routing.configuration.rows.kind_marks import kind_pieces
from routing.configuration.rows.learning import learned_model_documents
from routing.configuration.rows.marks import workstream_pieces
from routing.configuration.rows.replies import (
    automated_message_documents,
    message_template_documents,
    quick_reply_documents,
)
from routing.configuration.rows.rules import intake_documents
from routing.configuration.rows.selection import Documents, Ids
from routing.configuration.rows.service import (
    bot_documents,
    service_documents,
    session_template_documents,
)
from routing.configuration.rows.workstreams import workstream_documents

# In the order in which a document lists them: what is named stands before what names it.
KINDS: Final[dict[str, Documents]] = {
    "rating_model": rating_model_documents,
    "skill": skill_documents,
    "agent_attribute": agent_attribute_documents,
    "capacity_profile": capacity_profile_documents,
    "presence": presence_documents,
    "operating_hours": operating_hours_documents,
    "record_type": record_type_documents,
    "session_template": session_template_documents,
    "notification_template": notification_template_documents,
    "bot": bot_documents,
    "learned_model": learned_model_documents,
    "assignment_method": assignment_method_documents,
    "queue": queue_documents,
    "workstream": workstream_documents,
    "intake": intake_documents,
    "channel_instance": channel_instance_documents,
    "automated_message": automated_message_documents,
    "message_template": message_template_documents,
    "quick_reply": quick_reply_documents,
    "identification": identification_documents,
    "service": service_documents,
}


def pieces_of_rows() -> dict[Key, Piece]:
    """All pieces as the rows stand now."""
    others = [kind for kind in KINDS if kind != "workstream"]
    found = chain(kind_pieces(others, _read), workstream_pieces(_read_workstreams))
    return {(piece.kind, piece.object_id): piece for piece in found}


def pieces_of(kind: str, ids: Collection[int]) -> dict[Key, Piece]:
    """The pieces of some rows of one kind."""
    return {(kind, piece.object_id): piece for piece in _read(kind, ids)}


def _read_workstreams(ids: list[int]) -> Iterator[Piece]:
    return _read("workstream", ids) if ids else iter(())


def _read(kind: str, ids: Ids = None) -> Iterator[Piece]:
    for object_id, document in KINDS[kind](ids):
        yield make_piece(kind, object_id, document)
