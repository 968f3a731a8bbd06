"""Create or change a message template."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, TypedDict, Unpack

from django.db import transaction

from agents.models import User
from config.locales import NOT_A_LOCALE, is_locale
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.refusals import InvalidSettings, refusing_taken_names
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import MessageTemplate
from workstreams.queries.quick_replies import TEMPLATE_CHANNELS
from workstreams.queries.slug_values import known_slugs
from workstreams.slugs import unknown_sentence, unknown_slugs

NAME_LENGTH: Final = 100
TEXT_LENGTH: Final = 4000
MOST_LANGUAGES: Final = 50
# Message templates have no slug for the customer's first name (B 11.6).
WITHOUT: Final = frozenset({"FirstName{Customer}"})


class MessageTemplateSettings(TypedDict, total=False):
    """What may be set; ``texts`` is ``{locale: text}`` and replaces all texts."""

    name: str
    channel: str
    default_locale: str
    texts: Mapping[str, str]


@transaction.atomic
def save_message_template(
    *,
    by: User,
    now: datetime,
    template: MessageTemplate | None = None,
    revision: int | None = None,
    **settings: Unpack[MessageTemplateSettings],
) -> MessageTemplate:
    """Save the given settings, of a new template without ``template``, and leave the others.

    Refuses what cannot be saved (InvalidSettings), and SavedMeanwhile when it is gone or no
    longer has the ``revision`` that the person saw.
    """
    locked = _lock(template, revision) if template else MessageTemplate()

    for name, value in settings.items():
        setattr(locked, name, value)
    locked.name = locked.name.strip()
    locked.texts = {locale: text.strip() for locale, text in dict(locked.texts).items()}
    _check(locked)
    if template:
        locked.revision += 1
    with refusing_taken_names("message template", locked.name):
        locked.save()

    announce_configuration(sender=MessageTemplate, by=by, now=now)
    return locked


def _lock(template: MessageTemplate, revision: int | None) -> MessageTemplate:
    locked = MessageTemplate.objects.select_for_update().filter(pk=template.pk).first()
    if locked is None or revision not in (None, locked.revision):
        raise SavedMeanwhile
    return locked


def _check(template: MessageTemplate) -> None:
    errors: dict[str, str] = {}
    if not 0 < len(template.name) <= NAME_LENGTH:
        errors["name"] = f"A name has 1 to {NAME_LENGTH} characters."
    if template.channel not in TEMPLATE_CHANNELS:
        errors["channel"] = (
            "Only text messages that the organisation may send first have templates."
        )
    if not is_locale(template.default_locale):
        errors["default_locale"] = NOT_A_LOCALE
    elif not template.texts.get(template.default_locale):
        errors["texts"] = "The default language needs a text."
    if wrong := wrong_text(template.texts, known_slugs()):
        errors["texts"] = wrong
    if errors:
        raise InvalidSettings(errors)


def wrong_text(texts: Mapping[str, str], known: Mapping[str, str]) -> str:
    """The first thing that is wrong with the texts."""
    if len(texts) > MOST_LANGUAGES:
        return f"A template has at most {MOST_LANGUAGES} languages."
    known = {slug: what for slug, what in known.items() if slug not in WITHOUT}
    for locale, text in texts.items():
        if not is_locale(locale):
            return f"{locale[:20]}: {NOT_A_LOCALE}"
        if not 0 < len(text) <= TEXT_LENGTH:
            return f"{locale}: a text has 1 to {TEXT_LENGTH} characters."
        if unknown := unknown_slugs(text, known):
            return f"{locale}: {unknown_sentence(unknown)}"
    return ""
