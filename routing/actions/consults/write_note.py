"""Say something in the side talk, which no customer reads."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404

from agents.models import Agent
from routing.actions.consults.lock_consult import GONE, lock_consult, note_activity
from routing.exceptions import ConsultOver
from workstreams.actions.end_consults import record_consult
from workstreams.exceptions import MessageEmpty, MessageKeyReused, MessageTooLong
from workstreams.models import ConsultNote
from workstreams.models.message import MESSAGE_BYTES


def write_note(
    *, consult_id: int, by: Agent, text: str, client_key: UUID, now: datetime
) -> ConsultNote:
    """Store a note once by its ``client_key``, with its event.

    The two it is between may write while it runs, also before it is answered. Refuses MessageEmpty,
    MessageTooLong, MessageKeyReused, ConsultOver, and Http404 to everybody else.
    """
    text = text.replace("\x00", "").strip()
    if not text:
        raise MessageEmpty
    if len(text.encode()) > MESSAGE_BYTES:
        raise MessageTooLong
    with transaction.atomic():
        item, consult = lock_consult(consult_id)
        if by.pk not in (consult.asked_by_id, consult.agent_id):
            raise Http404(GONE)
        known = ConsultNote.objects.filter(consult=consult, client_key=client_key).first()
        if known is not None:
            if (known.agent_id, known.text) != (by.pk, text):
                raise MessageKeyReused
            return known
        if consult.ended_at is not None:
            raise ConsultOver

        note = ConsultNote.objects.create(
            consult=consult, agent=by, text=text, client_key=client_key, created_at=now
        )
        note_activity(item, now)
        record_consult(consult, kind="consult-note-added", item=item, now=now, by=by.username)
    return note
