"""Have a bot answer what its customer said."""

import logging
from datetime import datetime

from workstreams.actions.note_bot_failure import note_bot_failure
from workstreams.actions.release_from_bot import release_from_bot
from workstreams.actions.take_bot_answer import take_bot_answer
from workstreams.bots.answer import BadAnswer
from workstreams.bots.ask import ask
from workstreams.bots.question import question
from workstreams.bots.webhook import BotUnreachable
from workstreams.exceptions import WorkstreamError
from workstreams.queries.bot_turn import BotTurn, may_talk, next_turn, talking

log = logging.getLogger(__name__)

SWITCHED_OFF = "it was switched off, or taken from the workstream."


def let_bot_answer(*, item_id: int, now: datetime) -> bool:
    """Ask the bot about the oldest unanswered message, and take its answer. False when there
    is nothing (more) to do now.

    The bot is asked between two transactions, so it may be asked twice after a crash, and
    answers once. A bot that fails is tried again later, one that is switched off asked no more.
    """
    conversation = talking(item_id)
    if conversation is None:
        return False
    if not may_talk(conversation.bot, conversation.item.workstream):
        release_from_bot(
            conversation_id=conversation.pk,
            reason=SWITCHED_OFF,
            is_due=lambda held: not may_talk(held.bot, held.item.workstream),
            now=now,
        )
        return False
    turn = next_turn(conversation)
    if turn is None:
        return False
    return _answered(turn, now)


def _answered(turn: BotTurn, now: datetime) -> bool:
    conversation = turn.conversation
    try:
        answer = ask(
            conversation.bot,
            document=question(conversation, turn.item, turn.message),
            state=conversation.state,
            key=turn.key,
            timestamp=int(now.timestamp()),
        )
        return take_bot_answer(
            conversation_id=conversation.pk,
            answer=answer,
            key=turn.key,
            answered_id=turn.answered_id,
            now=now,
        )
    except (BotUnreachable, BadAnswer, WorkstreamError) as failure:
        log.warning("bot failed bot=%s item=%s", conversation.bot_id, turn.item.pk)
        note_bot_failure(conversation_id=conversation.pk, reason=str(failure), now=now)
        return False
