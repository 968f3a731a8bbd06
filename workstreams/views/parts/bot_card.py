"""The bot area of a workstream's page."""

from typing import Any

from workstreams.actions.choose_bots import bot_obstacle
from workstreams.models import Workstream
from workstreams.terms import BotOutcome


def context(workstream: Workstream) -> dict[str, Any]:
    """``bot``, how many conversations it has here, and why there can be none; 2 queries."""
    bot = workstream.bot
    talks = bot.conversations.filter(item__workstream=workstream) if bot else None
    return {
        "bot": bot,
        "talk_count": talks.filter(outcome=BotOutcome.TALKING).count() if talks is not None else 0,
        "obstacle": bot_obstacle(workstream),
    }
