"""Live work of agents who dropped out and did not come back goes back to its queues (A 17)."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from agents.actions.sign_in_agent import awaited_since
from agents.models import AgentSession, AgentWindow
from agents.terms import SILENCE, BasePresence
from routing.actions.drop_conversation import drop_conversation
from routing.models import Assignment
from routing.queries.meant_offline import meant_offline
from routing.sweeps.each import Turns, count_changed
from routing.terms import How
from workstreams.models import Message, WorkItem
from workstreams.terms import Author, Channel, ItemState, Reason

_turns: Final = Turns[int]()

# A caller hears music that long, then somebody else (B 15.9).
CALLS_WAIT: Final = timedelta(seconds=90)
# Whose windows closed was gone when they did. Whose fell silent, perhaps because the product could
# not be reached, has the time from the moment in which that is noticed, as customers have.
GONE_SINCE: Final = Case(
    When(
        agent__presence__heard_at__gt=F("agent__presence__left_at") - SILENCE,
        then=F("agent__presence__heard_at"),
    ),
    When(agent__presence__left_at__isnull=False, then=F("agent__presence__left_at")),
    default=F("agent__presence__since"),
)
# Somebody else chose the presence of an agent who was not there.
SET_WHILE_GONE: Final = Q(
    agent__presence__left_at__isnull=True, agent__presence__before__isnull=False
)


def sweep(*, now: datetime, limit: int) -> int:
    """Give up to ``limit`` conversations back to their queues."""
    due = left_alone(now).order_by("pk").values_list("pk", flat=True)
    ids = _turns.first(due, limit)
    return count_changed(
        ids,
        lambda pk: drop_conversation(
            item_id=pk, is_left_alone=lambda: left_alone(now).filter(pk=pk).exists(), now=now
        ),
        _turns,
    )


def left_alone(now: datetime) -> "QuerySet[WorkItem]":
    """Live chats and calls whose agent has been gone for longer than they wait for him: his windows
    are, or he signed out with them open, whatever presence somebody else gave him since, or is
    disabled by now. Who chose to be offline goes on with what he has, and what was given to him
    while he was gone stays where routing means people who are offline.

    No customer holds the line in asynchronous conversations and records: they stay with their
    agent, who finds them again (B 15.1), or rest and end as the clock says (A 18).
    """
    live = WorkItem.objects.filter(
        state=ItemState.ACTIVE,
        reason=Reason.IN_CONVERSATION,
        channel__in=[Channel.LIVE_CHAT, Channel.VOICE],
        workstream__persistent_chat=False,
    )
    live = live.filter(SET_WHILE_GONE | Q(agent__presence__base=BasePresence.OFFLINE))
    given_up = live.annotate(gone_since=GONE_SINCE).filter(
        Q(agent__presence__since__lt=awaited_since(now))
        | Q(channel=Channel.VOICE, gone_since__lte=now - CALLS_WAIT)
    )
    dropped_out = Q(~_given_while_gone(), agent__presence__left_at__isnull=False)
    is_disabled = Q(agent__is_enabled=False)
    return given_up.filter(dropped_out | _signed_out(now) | is_disabled)


def _given_while_gone() -> Exists:
    taken = Assignment.objects.filter(item=OuterRef("pk"), ended_at__isnull=True)
    return Exists(taken.filter(meant_offline(), decided_at__gte=OuterRef("agent__presence__since")))


def _signed_out(now: datetime) -> Q:
    """He took it before he went, or was given another presence, and is there by no browser, nor
    by a program with which he writes; or it came back to him meanwhile, and he did not take it."""
    taken = Assignment.objects.filter(item=OuterRef("pk"), ended_at__isnull=True)
    is_older = Exists(taken.filter(decided_at__lt=OuterRef("agent__presence__since")))
    ran_out = Q(how=How.AFFINITY, auto_assign=True, decided_at__gte=F("deadline_at"))
    is_untaken = Exists(taken.filter(ran_out).exclude(meant_offline()))
    sessions = AgentSession.objects.filter(agent=OuterRef("agent")).living(now)
    windows = AgentWindow.objects.filter(agent=OuterRef("agent")).living(now)
    said = Message.objects.filter(item=OuterRef("pk"), author=Author.AGENT, agent=OuterRef("agent"))
    writes = said.filter(created_at__gte=OuterRef("agent__presence__since"))
    is_there = Exists(sessions) | Exists(windows) | Exists(writes)
    return Q(is_older | is_untaken, ~is_there) & (
        SET_WHILE_GONE | Q(agent__presence__is_manual=False)
    )
