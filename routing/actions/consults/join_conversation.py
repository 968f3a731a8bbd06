"""Let an adviser, or a supervisor, talk to the customer."""

from datetime import datetime

from django.db import transaction
from django.http import Http404

from agents.models import Agent
from routing.actions.check_supervision import MONITOR, check_supervision
from routing.actions.consults.hold_for_advice import hold_for_advice
from routing.actions.consults.lock_consult import GONE, lock_consult, note_activity
from routing.actions.lock_item import lock_item
from routing.exceptions import ConsultOver, NoCapacityLeft, NotAnsweredYet, NotInConversation
from workstreams.actions.end_consults import record_consult
from workstreams.actions.say_automatically import say_automatically
from workstreams.models import Consult, WorkItem
from workstreams.terms import ConsultState, ItemKind, ItemState, MessageTrigger, Reason


def add_to_conversation(*, consult_id: int, by: Agent, now: datetime) -> Consult:
    """The agent who asked lets his adviser in; he stays responsible. Twice answers the same.

    Refuses Http404 to others, NotAnsweredYet, ConsultOver, NotInConversation for a record.
    """
    with transaction.atomic():
        item, consult = lock_consult(consult_id)
        if consult.asked_by_id != by.pk:
            raise Http404(GONE)
        if consult.state == ConsultState.JOINED:
            return consult
        if consult.state == ConsultState.ASKED:
            raise NotAnsweredYet(whom=consult.whom)
        if consult.state != ConsultState.ADVISING:
            raise ConsultOver
        _check_talks(item)

        _join(consult, item, now, by.username)
    return consult


def join_as_supervisor(*, item_id: int, by: Agent, now: datetime) -> Consult:
    """A supervisor joins a conversation that he watches (B 16.2): its agent and the customer are
    told. One who was asked for advice joins by that, and holds what it holds; past his limit he
    joins all the same, as one whom nobody asked. Refuses NotInConversation, NotForSupervisors."""
    check_supervision(MONITOR)
    with transaction.atomic():
        item = lock_item(item_id)
        _check_talks(item)
        if item.agent is None or item.agent_id == by.pk:
            raise NotInConversation

        known = Consult.objects.running().filter(item=item, agent=by).first()
        if known is not None and known.state == ConsultState.JOINED:
            return known
        consult = known or Consult(
            item=item,
            asked_by=item.agent,
            agent=by,
            by_supervisor=True,
            asked_at=now,
            deadline_at=now,
        )
        if consult.state == ConsultState.ASKED:
            _hold_where_room(consult, item, now)
        consult.answered_at = consult.answered_at or now
        _join(consult, item, now, by.username)
    return consult


def _check_talks(item: WorkItem) -> None:
    is_running = item.state == ItemState.ACTIVE and item.reason == Reason.IN_CONVERSATION
    if item.kind != ItemKind.CONVERSATION or not is_running:
        raise NotInConversation


def _hold_where_room(consult: Consult, item: WorkItem, now: datetime) -> None:
    try:
        hold_for_advice(item=item, consult=consult, now=now)
    except NoCapacityLeft:
        consult.by_supervisor = True


def _join(consult: Consult, item: WorkItem, now: datetime, by: str) -> None:
    consult.state = ConsultState.JOINED
    consult.joined_at = now
    consult.save()
    note_activity(item, now)
    record_consult(consult, kind="consult-joined", item=item, now=now, by=by)
    joined = MessageTrigger.AGENT_JOINED_CUSTOMER
    say_automatically(item, joined, fact=consult.pk, agent=consult.agent, now=now)
