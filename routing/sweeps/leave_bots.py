"""Conversations that a bot can no longer have, or no longer answers, go to people."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from routing.sweeps.each import Turns, count_changed
from workstreams.actions.let_bot_answer import SWITCHED_OFF
from workstreams.actions.release_from_bot import release_from_bot
from workstreams.models import BotConversation, Message
from workstreams.terms import Author, BotOutcome, BotPurpose

# Longer than three tries of a bot that is asked over the network.
ANSWER_WITHIN: Final = timedelta(minutes=2)
NO_ANSWER: Final = "it did not answer for two minutes."
_orphans: Final = Turns[int]()
_owed: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Hand over up to ``limit`` conversations of bots that were switched off or taken from the
    workstream, and of those that owe an answer: no customer is lost with a bot."""
    orphans, owed = orphaned(), unanswered(now)
    left = _release(orphans, SWITCHED_OFF, now, limit, _orphans)
    return left + _release(owed, NO_ANSWER, now, limit - left, _owed)


def orphaned() -> QuerySet[BotConversation]:
    """Bots that may talk here no more."""
    may_talk = Q(
        bot__is_enabled=True,
        bot__deleted_at=None,
        bot__purpose=BotPurpose.CONVERSATION,
        item__workstream__bot=F("bot"),
    )
    return BotConversation.objects.filter(~may_talk, outcome=BotOutcome.TALKING)


def unanswered(now: datetime) -> QuerySet[BotConversation]:
    """Customers who wrote long ago, and heard nothing since then: a bot that answers many lines
    one by one is at work."""
    since = now - ANSWER_WITHIN
    messages = Message.objects.filter(item=OuterRef("item"))
    said = messages.filter(
        author=Author.CUSTOMER, pk__gt=OuterRef("answered_id"), created_at__lte=since
    )
    answers = messages.filter(author=Author.BOT, created_at__gt=since)
    return BotConversation.objects.filter(
        Exists(said), ~Exists(answers), outcome=BotOutcome.TALKING
    )


def _release(
    found: QuerySet[BotConversation], reason: str, now: datetime, limit: int, turns: Turns[int]
) -> int:
    ids = turns.first(found.order_by("pk").values_list("pk", flat=True), limit)
    return count_changed(
        ids,
        lambda pk: release_from_bot(
            conversation_id=pk,
            reason=reason,
            is_due=lambda held: found.filter(pk=held.pk).exists(),
            now=now,
        ),
        turns,
    )
