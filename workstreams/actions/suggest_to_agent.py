"""Have smart assist bots propose something to the agent after a customer's message."""

import logging
from datetime import datetime

from django.db import transaction

from workstreams.actions.record_event import record_event
from workstreams.bots.answer import BadAnswer, Proposal, is_web_address
from workstreams.bots.ask import ask_for_suggestions
from workstreams.bots.question import assist_question
from workstreams.bots.webhook import BotUnreachable
from workstreams.models import Bot, Message, Suggestion, WorkItem
from workstreams.terms import BotPurpose, ItemState

log = logging.getLogger(__name__)


def suggest_to_agent(*, message_id: int, now: datetime) -> int:
    """How many cards came; the same message again adds none.

    Every enabled assist bot of the workstream is asked, outside of any transaction; one that fails
    is left out: a suggestion that comes late helps nobody.
    """
    message = (
        Message.objects.select_related(
            "item__workstream",
            "item__contact",
            "item__account",
            "item__case",
            "item__channel_instance",
        )
        .filter(pk=message_id)
        .first()
    )
    if message is None or message.item.state != ItemState.ACTIVE:
        return 0
    bots = message.item.workstream.assist_bots.filter(is_enabled=True, purpose=BotPurpose.ASSIST)
    return sum(_ask(bot, message, now) for bot in bots.order_by("name"))


def _ask(bot: Bot, message: Message, now: datetime) -> int:
    if _has_cards(bot, message):
        return 0
    try:
        proposals = ask_for_suggestions(
            bot,
            document=assist_question(message.item, message),
            key=str(message.client_key),
            timestamp=int(now.timestamp()),
        )
    except (BotUnreachable, BadAnswer):
        log.warning("assist bot failed bot=%s item=%s", bot.pk, message.item_id)
        return 0
    return _store(bot, message, proposals, now) if proposals else 0


def _store(bot: Bot, message: Message, proposals: tuple[Proposal, ...], now: datetime) -> int:
    """Whatever stands in a script or answer, agents are shown no link but one of the web."""
    with transaction.atomic():
        # The event tells of the item as it is: nothing may move it meanwhile.
        item = WorkItem.objects.select_for_update().get(pk=message.item_id)
        if _has_cards(bot, message):
            return 0
        rows = [
            Suggestion(
                item=item,
                bot=bot,
                message=message,
                position=position,
                title=each.title,
                text=each.text,
                url=each.url if is_web_address(each.url) else "",
                created_at=now,
            )
            for position, each in enumerate(proposals)
        ]
        Suggestion.objects.bulk_create(rows, ignore_conflicts=True)
        record_event(kind="suggestions-made", item=item, now=now, bot_name=bot.name)
    return len(rows)


def _has_cards(bot: Bot, message: Message) -> bool:
    return Suggestion.objects.filter(bot=bot, message=message).exists()
