"""Change a work item's state: the only place that does."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from agents.models import Agent
from config.models.event import APPEND
from config.prepared import prepared_cursor
from workstreams.actions.end_consults import end_consults, say_who_left
from workstreams.actions.record_event import event_of
from workstreams.exceptions import IllegalMove
from workstreams.lifecycle import UNFINISHED, may_move
from workstreams.models import Bot, BotConversation, Consult, Message, Queue, WorkItem
from workstreams.terms import LABELS, Author, BotOutcome, ItemState, Reason

CHANGED_FIELDS: Final = [
    "state",
    "reason",
    "agent_id",
    "bot_id",
    "queue_id",
    "last_agent_id",
    "requirement_key",
    "waiting_since",
    "queued_at",
    "put_back_at",
    "overflow_checked_at",
    "fell_back",
    "overflow_transfer_count",
    "state_changed_at",
    "last_activity_at",
    "closed_at",
]


def _move(fields: Iterable[str]) -> str:
    """The item and its event, in one statement."""
    changed = ", ".join(f"{name} = %(new_{name})s" for name in fields)
    return (
        f"WITH moved AS (UPDATE workstreams_workitem SET {changed} WHERE id = %(work_item_id)s) "  # noqa: S608  # our names
        f"{APPEND}"
    )


MOVE: Final = _move(CHANGED_FIELDS)
# Where a statement names the queue a trigger looks whether it is there, the same one too.
MOVE_IN_QUEUE: Final = _move(name for name in CHANGED_FIELDS if name != "queue_id")


def move_item(
    *,
    item: WorkItem,
    to: ItemState,
    reason: Reason,
    kind: str,
    now: datetime,
    agent: Agent | None = None,
    queue: Queue | None = None,
    bot: Bot | None = None,
    keeps_agent: bool = True,
    is_consulted: bool = True,
    **data: Any,
) -> None:
    """Move a locked item and record the event ``kind``; refuses what ``lifecycle`` does.

    An open item loses its agent; any other move keeps the agent unless one is given, or the
    caller says that he never had it.
    The event names the agent who has the item, or had it where it is open again, and where it came
    from when queue or agent changed, so that those it left hear of it too. Fields that the caller
    set on the item (``last_agent``, ``requirement_key``, ``waiting_since``, ``fell_back``,
    ``overflow_...``) are saved with it. Its time in the queue begins anew when it comes from
    another queue or from work; an offer that nobody took is no work, and waits from the moment in
    which work was offered on. The age of asynchronous conversations counts from what their
    customers wrote last, when they come from work; all else keeps its turn, and its wait begins.
    Whatever takes an item from its bot ends the bot's conversation, and waiting begins then;
    whatever takes it from its agent, or from the one it is offered to, or ends it, ends the
    consults, which are not looked for where the caller saw behind the lock that there are none.
    The customer whose talk goes on is told who joined it and is gone.
    """
    if not may_move(from_state=item.state, to_state=to):
        raise IllegalMove(state=LABELS[ItemState(item.state)].lower(), to=LABELS[to].lower())
    # Lists look for these reasons among what is unfinished alone.
    assert to != ItemState.CLOSED or reason not in UNFINISHED, reason

    had, came_from, had_bot = item.agent_id, item.queue_id, item.is_with_bot
    is_untaken = item.reason == Reason.AWAITING_AGENT_ACCEPTANCE
    was_queued = item.state == ItemState.OPEN or is_untaken
    # An offer may have an adviser too: from whom a supervisor took the work.
    was_with_agent = item.state == ItemState.ACTIVE and had is not None
    item.state = to
    item.reason = reason
    if to == ItemState.OPEN or agent is not None or not keeps_agent:
        item.agent = None if to == ItemState.OPEN else agent
    if queue is not None:
        item.queue = queue
    is_queued = to == ItemState.OPEN or reason == Reason.AWAITING_AGENT_ACCEPTANCE
    if is_queued and not (was_queued and item.queue_id == came_from):
        item.queued_at = now
    if is_queued and not was_queued:
        item.put_back_at = now
        if item.is_asynchronous:
            item.waiting_since = max(item.waiting_since, _last_heard_of(item))
    # A closed item goes on naming the bot that had it last.
    if not (had_bot and to == ItemState.CLOSED):
        item.bot = bot
    if had_bot and is_queued:
        item.waiting_since = now
    item.state_changed_at = item.last_activity_at = now
    item.closed_at = now if to == ItemState.CLOSED else None
    if had_bot and bot is None:
        _end_bot_conversation(item, now)
    left: list[Consult] = []
    if is_consulted and was_with_agent and (to, item.agent_id) != (ItemState.ACTIVE, had):
        left = end_consults(item, now)

    if item.queue_id != came_from:
        data["from_queue_id"] = came_from
    named = item.agent_id or (had if to == ItemState.OPEN else None)
    if had is not None and named != had:
        data["from_agent_id"] = had
    event = event_of(kind=kind, item=item, now=now, agent_id=named, data=data)
    new = {f"new_{name}": getattr(item, name) for name in CHANGED_FIELDS}
    with prepared_cursor() as cursor:
        cursor.execute(MOVE_IN_QUEUE if item.queue_id == came_from else MOVE, new | event)
    say_who_left(item, left, now)


def _last_heard_of(item: WorkItem) -> datetime:
    """When its customer wrote last (A 9.1)."""
    said = Message.objects.filter(item=item, author=Author.CUSTOMER).order_by("-pk")
    return said.values_list("created_at", flat=True).first() or item.waiting_since


def _end_bot_conversation(item: WorkItem, now: datetime) -> None:
    outcome = BotOutcome.ESCALATED
    if item.state == ItemState.CLOSED:
        is_ended = item.reason == Reason.ENDED_BY_BOT
        outcome = BotOutcome.ENDED if is_ended else BotOutcome.LEFT
    talking = BotConversation.objects.filter(item=item, outcome=BotOutcome.TALKING)
    talking.update(outcome=outcome, ended_at=now)
