"""Delete a bot that nothing uses."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.exceptions import InUse
from workstreams.models import Bot, BotConversation, Message
from workstreams.queries.bot_uses import bot_dependencies


@transaction.atomic
def delete_bot(*, bot: Bot, by: User, now: datetime) -> None:
    """Delete it; where it ever talked, its row stays for that history, and its name is free.

    Refuses with InUse, naming the workstreams that use it and the conversations it has. What
    adds a use locks the row too.
    """
    locked = Bot.objects.select_for_update().filter(pk=bot.pk).first()
    if locked is None:
        return
    if dependencies := bot_dependencies(locked):
        raise InUse(dependencies=dependencies)

    if _has_history(locked):
        locked.is_enabled = False
        locked.secret = ""
        locked.deleted_at = now
        locked.revision += 1
        locked.save()
    else:
        locked.delete()

    announce_configuration(sender=Bot, by=by, now=now)


def _has_history(bot: Bot) -> bool:
    talked = BotConversation.objects.filter(bot=bot).exists() or bot.items.exists()
    said = Message.objects.filter(bot=bot).exists() or bot.suggestions.exists()
    return talked or said
