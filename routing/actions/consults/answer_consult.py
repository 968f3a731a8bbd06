"""Answer a request for advice."""

from datetime import datetime

from django.db import transaction
from django.http import Http404

from agents.models import Agent
from routing.actions.consults.hold_for_advice import hold_for_advice
from routing.actions.consults.lock_consult import GONE, lock_consult, note_activity
from routing.exceptions import (
    AdvisingAlready,
    AlreadyAdvised,
    AskedByName,
    AskedOfQueue,
    ConsultOver,
)
from workstreams.actions.end_consults import close_consult, record_consult
from workstreams.actions.say_automatically import say_automatically
from workstreams.models import Consult, QueueMembership, WorkItem
from workstreams.terms import ConsultState, MessageTrigger


def accept_consult(*, consult_id: int, by: Agent, now: datetime) -> Consult:
    """Read along from now on, and talk with the one who asked; accepting twice answers the same.

    Of a queue whoever is first. Refuses Http404 to people who were not asked, AlreadyAdvised,
    ConsultOver, AdvisingAlready, AskedByName, NoCapacityLeft where advice holds capacity.
    """
    with transaction.atomic():
        item, consult = lock_consult(consult_id)
        _check_is_asked(consult, by)
        if consult.agent_id == by.pk and consult.state in ADVISERS:
            return consult
        if consult.state in ADVISERS:
            raise AlreadyAdvised(adviser=str(consult.agent))
        if consult.ended_at is not None or now >= consult.deadline_at:
            raise ConsultOver
        _check_has_no_other(item, consult, by)

        consult.agent = by
        consult.state = ConsultState.ADVISING
        consult.answered_at = now
        consult.save(update_fields=["agent", "state", "answered_at"])
        hold_for_advice(item=item, consult=consult, now=now)
        note_activity(item, now)
        record_consult(consult, kind="consult-accepted", item=item, now=now, by=by.username)
        say_automatically(item, MessageTrigger.CONSULT_ACCEPTED, fact=consult.pk, agent=by, now=now)
    return consult


def decline_consult(*, consult_id: int, by: Agent, now: datetime) -> None:
    """Do not advise. What a queue is asked nobody declines for its other members.

    Refuses Http404 to people who were not asked, ConsultOver, AdvisingAlready, AlreadyAdvised,
    AskedOfQueue.
    """
    with transaction.atomic():
        item, consult = lock_consult(consult_id)
        _check_is_asked(consult, by)
        _check_may_decline(consult, by)

        close_consult(consult, item=item, to=ConsultState.DECLINED, now=now, by=by.username)


ADVISERS = (ConsultState.ADVISING, ConsultState.JOINED)


def _check_is_asked(consult: Consult, by: Agent) -> None:
    if consult.agent_id == by.pk:
        return
    serves = QueueMembership.objects.filter(queue=consult.queue_id, agent=by)
    if consult.asked_by_id == by.pk or consult.queue_id is None or not serves.exists():
        raise Http404(GONE)


def _check_has_no_other(item: WorkItem, consult: Consult, by: Agent) -> None:
    """Whoever is asked twice, by name and of a queue, is in by one of the two."""
    others = Consult.objects.running().filter(item=item, agent=by).exclude(pk=consult.pk)
    other = others.select_related("asked_by__user").first()
    if other is None:
        return
    if other.state in ADVISERS:
        raise AdvisingAlready
    raise AskedByName(asker=str(other.asked_by))


def _check_may_decline(consult: Consult, by: Agent) -> None:
    if consult.ended_at is not None:
        raise ConsultOver
    if consult.agent is None:
        assert consult.queue is not None
        raise AskedOfQueue(queue=consult.queue.name)
    if consult.agent_id != by.pk:
        raise AlreadyAdvised(adviser=str(consult.agent))
    if consult.state in ADVISERS:
        raise AdvisingAlready
