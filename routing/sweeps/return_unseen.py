"""Work that was assigned without asking to somebody who was not there goes to others (A 12)."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from agents.models import AgentWindow
from agents.terms import BasePresence
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.actions.return_from_absent import return_from_absent
from routing.models import Assignment
from routing.queries.meant_offline import meant_offline
from routing.sweeps.each import Turns, count_changed
from routing.sweeps.return_dropped import SET_WHILE_GONE
from routing.terms import Outcome
from workstreams.models import Message
from workstreams.terms import Author, Channel, ItemKind, ItemState

UNSEEN_FOR: Final = timedelta(minutes=8)
_turns: Final = Turns[tuple[int, int]]()


def sweep(*, now: datetime, limit: int) -> int:
    """Send up to ``limit`` items back to their queues, with their age."""
    due = unseen(now).order_by("deadline_at").values_list("item_id", "pk")
    rows = _turns.first(due, limit)
    return count_changed(rows, lambda row: _return(row[0], row[1], now), _turns)


def unseen(now: datetime) -> QuerySet[Assignment]:
    """What the end of a countdown gave to an agent who was offline then and is so still, or was
    not heard of since: nobody has seen it. Affinity and supervisors give work to people who are
    away, and so does the router after somebody else gave them a presence while they were gone. It
    stays where routing means people who are offline, unless he is disabled, and with who chose to
    be offline and works on: he answers, or, where there is nothing to answer, has a page open. A
    page is no proof that anybody reads: it may stand open all night."""
    was_offline = Q(agent__presence__since__lte=F("decided_at"))
    # That the windows of a browser are dead is noticed later.
    was_gone = Q(
        agent__presence__left_at__isnull=False,
        agent__presence__heard_at__lte=F("decided_at"),
    )
    # Who works by a program has no page: his answers say that he is there. Records and calls,
    # which have none, stay with him.
    is_written = Q(~Q(item__channel=Channel.VOICE), item__kind=ItemKind.CONVERSATION)
    windows = AgentWindow.objects.filter(agent=OuterRef("agent"))
    has_a_page = Q(~is_written, Exists(windows.living(now)), agent__is_enabled=True)
    is_offline = Q(~has_a_page, agent__presence__base=BasePresence.OFFLINE)
    is_gone = Q(SET_WHILE_GONE, is_written)
    found = Assignment.objects.filter(
        was_offline | was_gone,
        is_offline | is_gone,
        ~Exists(_answers()),
        outcome=Outcome.ACCEPTED,
        auto_assign=True,
        ended_at__isnull=True,
        deadline_at__lte=now - UNSEEN_FOR,
        decided_at__gte=F("deadline_at"),
        item__state=ItemState.ACTIVE,
    )
    return found.exclude(meant_offline())


def _answers() -> QuerySet[Message]:
    """Who wrote was there, though his page had not told again."""
    said = Message.objects.filter(author=Author.AGENT, created_at__gte=OuterRef("decided_at"))
    return said.filter(item=OuterRef("item"), agent=OuterRef("agent"))


def _return(item_id: int, assignment_id: int, now: datetime) -> bool:
    with transaction.atomic():
        item = lock_item(item_id)
        assignment = lock_open_assignment(item)
        if assignment is None or not unseen(now).filter(pk=assignment_id).exists():
            return False
        return_from_absent(item=item, assignment=assignment, kind="offer-unseen", now=now)
    return True
