"""Change what the system says by itself, for a channel or for one instance of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from agents.models import User
from config.locales import ENGLISH, NOT_A_LOCALE, is_locale
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.refusals import InvalidSettings
from workstreams.automated_messages import OWN_SLUGS, automatic_messages
from workstreams.built_in_words import WORDS
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import AutomatedMessage, ChannelInstance
from workstreams.queries.automated_texts import automated_texts
from workstreams.queries.slug_values import known_slugs
from workstreams.slugs import unknown_sentence, unknown_slugs
from workstreams.terms import MessageTrigger

TEXT_LENGTH: Final = 1000


@transaction.atomic
def save_automated_message(
    *,
    trigger: str,
    channel: str,
    text: str,
    by: User,
    now: datetime,
    instance: ChannelInstance | None = None,
    locale: str = ENGLISH,
    is_active: bool = True,
    revision: int | None = None,
) -> AutomatedMessage:
    """Put a text in the place of the one above it; the same place again changes it.

    ``revision`` is what the person saw, 0 when there was nothing. Refuses what cannot be
    said (InvalidSettings), and SavedMeanwhile.
    """
    text = text.strip()
    check_place(trigger, channel, instance)
    _check_text(text, locale)
    present = AutomatedMessage.objects.select_for_update(of=("self",)).filter(
        trigger=trigger, channel=channel, channel_instance=instance, locale=locale
    )
    row = present.first() or AutomatedMessage(
        trigger=trigger, channel=channel, channel_instance=instance, locale=locale, revision=0
    )
    if revision is not None and revision != row.revision:
        raise SavedMeanwhile

    row.text, row.is_active = text, is_active
    row.revision += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        # Somebody else put the first text there at the same moment.
        raise SavedMeanwhile from error

    announce_configuration(sender=AutomatedMessage, by=by, now=now)
    return row


@transaction.atomic
def switch_automated_message(
    *,
    trigger: str,
    channel: str,
    is_active: bool,
    by: User,
    now: datetime,
    instance: ChannelInstance | None = None,
) -> None:
    """Say it, or nothing, in every language; texts stay as they are."""
    check_place(trigger, channel, instance)
    rows = AutomatedMessage.objects.filter(
        trigger=trigger, channel=channel, channel_instance=instance
    )
    there = set(rows.select_for_update(of=("self",)).values_list("locale", flat=True))
    for row in rows.exclude(is_active=is_active):
        row.is_active = is_active
        row.revision += 1
        row.save(update_fields=["is_active", "revision"])
    for locale in [instance.locale] if instance else WORDS:
        if locale not in there and not (instance and there):
            _copy_down(MessageTrigger(trigger), channel, instance, locale, is_active)

    announce_configuration(sender=AutomatedMessage, by=by, now=now)


@transaction.atomic
def reset_automated_message(
    *,
    trigger: str,
    channel: str,
    by: User,
    now: datetime,
    instance: ChannelInstance | None = None,
    locale: str = "",
) -> None:
    """Take what was changed here away, in one language or in all: what is above counts again."""
    check_place(trigger, channel, instance)
    rows = AutomatedMessage.objects.filter(
        trigger=trigger, channel=channel, channel_instance=instance
    )
    (rows.filter(locale=locale) if locale else rows).delete()

    announce_configuration(sender=AutomatedMessage, by=by, now=now)


def check_place(trigger: str, channel: str, instance: ChannelInstance | None) -> None:
    """Refuse a trigger that the channel does not have, and an instance of another channel."""
    if instance is not None and instance.workstream.channel != channel:
        raise InvalidSettings({"channel": f"“{instance}” belongs to another channel."})
    if trigger not in {each.trigger for each in automatic_messages(channel)}:
        raise InvalidSettings({"trigger": "This channel does not have this message."})


def text_fault(text: str, known: Mapping[str, str]) -> str:
    """What is wrong with a text, or nothing."""
    if not 0 < len(text) <= TEXT_LENGTH:
        return f"A text has 1 to {TEXT_LENGTH} characters."
    unknown = unknown_slugs(text, {**known, **OWN_SLUGS})
    return unknown_sentence(unknown) if unknown else ""


def _check_text(text: str, locale: str) -> None:
    errors: dict[str, str] = {}
    if not is_locale(locale):
        errors["locale"] = NOT_A_LOCALE
    if fault := text_fault(text, known_slugs()):
        errors["text"] = fault
    if errors:
        raise InvalidSettings(errors)


def _copy_down(
    trigger: MessageTrigger,
    channel: str,
    instance: ChannelInstance | None,
    locale: str,
    is_active: bool,
) -> None:
    """A row with the words that count so far; or the one somebody put there this moment."""
    above = automated_texts([trigger], channel=channel, instance=instance, locale=locale)
    row, is_new = AutomatedMessage.objects.get_or_create(
        trigger=trigger,
        channel=channel,
        channel_instance=instance,
        locale=locale,
        defaults={"text": above[trigger].text, "is_active": is_active},
    )
    if not is_new and row.is_active != is_active:
        row.is_active = is_active
        row.revision += 1
        row.save(update_fields=["is_active", "revision"])
