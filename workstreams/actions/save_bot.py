"""Register a bot, or change one."""

import secrets
from datetime import datetime
from typing import Any, Final, TypedDict, Unpack

from django.db import transaction

from agents.models import User
from config.secret_store import conceal
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.refusals import InvalidSettings, refusing_taken_names
from workstreams.bots.check_script import checked_script
from workstreams.bots.endpoint import endpoint_fault
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import Bot
from workstreams.terms import BotKind, BotPurpose

NAME_LENGTH: Final = 100
SECRET_LENGTH: Final = (16, 200)


class BotSettings(TypedDict, total=False):
    """What may be set. ``secret`` is what the bot knows too; empty leaves the stored one."""

    name: str
    kind: str
    purpose: str
    endpoint: str
    secret: str
    script: Any
    is_enabled: bool


@transaction.atomic
def save_bot(
    *,
    by: User,
    now: datetime,
    bot: Bot | None = None,
    revision: int | None = None,
    **settings: Unpack[BotSettings],
) -> Bot:
    """Save the given settings, of a new bot without ``bot``, and leave the others.

    A webhook bot without a secret gets one that nobody knows yet. Refuses what cannot be saved
    (InvalidSettings), and SavedMeanwhile when it is gone or no longer has the ``revision`` seen.
    """
    locked = _lock(bot, revision) if bot else Bot()
    had_purpose = locked.purpose if bot else None
    secret = settings.pop("secret", "")
    for name, value in settings.items():
        setattr(locked, name, value)
    locked.name = locked.name.strip()
    _check(locked, secret, had_purpose)
    if locked.kind == BotKind.WEBHOOK and (secret or not locked.secret):
        locked.secret = conceal(secret or new_secret())
    if bot:
        locked.revision += 1
    with refusing_taken_names("bot", locked.name):
        locked.save()

    announce_configuration(sender=Bot, by=by, now=now)
    return locked


@transaction.atomic
def renew_secret(*, bot: Bot, by: User, now: datetime) -> str:
    """A new secret, to be shown once; what was signed with the old one is refused from now on."""
    secret = new_secret()
    save_bot(bot=bot, secret=secret, by=by, now=now)
    return secret


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def _lock(bot: Bot, revision: int | None) -> Bot:
    locked = Bot.objects.select_for_update(no_key=True).filter(pk=bot.pk).first()
    if locked is None or revision not in (None, locked.revision):
        raise SavedMeanwhile
    return locked


def _check(bot: Bot, secret: str, had_purpose: str | None) -> None:
    """Clears what the kind does not have, and refuses the rest."""
    errors: dict[str, str] = {}
    if not 0 < len(bot.name) <= NAME_LENGTH:
        errors["name"] = f"A name has 1 to {NAME_LENGTH} characters."
    if bot.kind not in list(BotKind):
        errors["kind"] = "A bot is scripted, or a webhook."
    if bot.purpose not in list(BotPurpose):
        errors["purpose"] = "A bot talks to customers, or assists agents."
    elif had_purpose not in (None, bot.purpose) and _is_used(bot):
        errors["purpose"] = "Workstreams use this bot as it is. Remove it there first."
    if bot.kind == BotKind.SCRIPTED:
        bot.endpoint = bot.secret = ""
        bot.script, faults = checked_script(bot.purpose, bot.script)
        errors |= faults
    elif bot.kind == BotKind.WEBHOOK:
        bot.script = {}
        bot.endpoint = bot.endpoint.strip()
        if fault := endpoint_fault(bot.endpoint):
            errors["endpoint"] = fault
        if secret and not SECRET_LENGTH[0] <= len(secret) <= SECRET_LENGTH[1]:
            errors["secret"] = "A secret has {} to {} characters.".format(*SECRET_LENGTH)
    if errors:
        raise InvalidSettings(errors)


def _is_used(bot: Bot) -> bool:
    return bot.workstreams.exists() or bot.assisted_workstreams.exists()
