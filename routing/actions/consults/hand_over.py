"""Give the work to the one who advises on it."""

from datetime import datetime

from django.db import transaction
from django.http import Http404

from agents.models import Agent
from routing.actions.consults.lock_consult import GONE, lock_consult
from routing.actions.transfer_item import transfer_item
from routing.exceptions import ConsultOver, NotAnsweredYet
from workstreams.models import Consult
from workstreams.terms import ConsultState


def hand_over(*, consult_id: int, by: Agent, now: datetime) -> Consult:
    """Transfer the item to the adviser of the agent who has it.

    Refuses Http404 to others, NotAnsweredYet, ConsultOver where the adviser has left, and what
    ``transfer_item`` does.
    """
    with transaction.atomic():
        item, consult = lock_consult(consult_id)
        if consult.asked_by_id != by.pk:
            raise Http404(GONE)
        if consult.state == ConsultState.ASKED:
            raise NotAnsweredYet(whom=consult.whom)
        if consult.ended_at is not None:
            raise ConsultOver

        transfer_item(item_id=item.pk, by=by.user, agent=consult.agent, now=now)
    return consult
