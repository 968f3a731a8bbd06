"""Advice is over before the work is: taken back, left, or ended."""

from datetime import datetime

from django.db import transaction
from django.http import Http404

from agents.models import User
from routing.actions.consults.lock_consult import GONE, lock_consult, note_activity
from workstreams.actions.end_consults import close_consult
from workstreams.actions.say_automatically import say_automatically
from workstreams.models import Consult
from workstreams.terms import ConsultState, MessageTrigger

SAID = {
    ConsultState.ADVISING: MessageTrigger.CONSULT_ENDED,
    ConsultState.JOINED: MessageTrigger.AGENT_LEFT_CUSTOMER,
}


def end_consult(*, consult_id: int, by: User, now: datetime) -> None:
    """The one who asked takes it back or sends his adviser away; the adviser leaves; a supervisor
    ends it. Ending twice changes nothing. Http404 for everybody else."""
    with transaction.atomic():
        item, consult = lock_consult(consult_id)
        if not (by.is_supervisor or by.pk in _people(consult)):
            raise Http404(GONE)
        if consult.ended_at is not None:
            return

        said = SAID.get(ConsultState(consult.state))
        note_activity(item, now)
        close_consult(consult, item=item, to=ConsultState.ENDED, now=now, by=by.username)
        if said is not None:
            say_automatically(item, said, fact=consult.pk, agent=consult.agent, now=now)


def miss_consult(*, consult_id: int, now: datetime) -> bool:
    """Nobody answered in time, or the queue was deleted first; False when somebody did
    meanwhile."""
    with transaction.atomic():
        item, consult = lock_consult(consult_id)
        is_open = consult.deadline_at > now and not _is_of_nobody(consult)
        if consult.state != ConsultState.ASKED or is_open:
            return False
        close_consult(consult, item=item, to=ConsultState.MISSED, now=now)
    return True


def _is_of_nobody(consult: Consult) -> bool:
    return consult.queue is not None and consult.queue.deleted_at is not None


def _people(consult: Consult) -> set[int]:
    people = [consult.asked_by, consult.agent]
    return {each.user_id for each in people if each is not None}
