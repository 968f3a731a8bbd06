"""Ask a bot, of whichever kind it is."""

from collections.abc import Mapping
from typing import Any

from config.secret_store import reveal
from workstreams.bots import scripted, webhook
from workstreams.bots.answer import BotAnswer, Proposal, read_answer, read_proposals
from workstreams.bots.webhook import BotUnreachable
from workstreams.models import Bot
from workstreams.terms import BotKind


def ask(
    bot: Bot,
    *,
    document: Mapping[str, Any],
    state: Mapping[str, Any],
    key: str,
    timestamp: int,
) -> BotAnswer:
    """What the bot answers to a question. BotUnreachable, BadAnswer; never in a transaction."""
    if bot.kind == BotKind.SCRIPTED:
        message = document["message"]
        return scripted.answer(bot.script, state, message["text"] if message else None)
    return read_answer(_post(bot, document, key, timestamp))


def ask_for_suggestions(
    bot: Bot, *, document: Mapping[str, Any], key: str, timestamp: int
) -> tuple[Proposal, ...]:
    """The cards the smart assist bot proposes. BotUnreachable, BadAnswer."""
    if bot.kind == BotKind.SCRIPTED:
        return scripted.suggest(bot.script, document["message"]["text"])
    return read_proposals(_post(bot, document, key, timestamp))


def _post(bot: Bot, document: Mapping[str, Any], key: str, timestamp: int) -> bytes:
    """A bot that was imported has no secret until it is given one: nobody could trust it."""
    secret = reveal(bot.secret)
    if not secret:
        raise BotUnreachable("It has no secret yet.")
    return webhook.post(
        endpoint=bot.endpoint,
        secret=secret,
        document=document,
        key=key,
        timestamp=timestamp,
    )
