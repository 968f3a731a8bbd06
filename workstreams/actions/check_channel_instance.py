"""Which settings of a channel instance cannot be."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from agents.actions.lock_chosen import lock_chosen
from config.locales import NOT_A_LOCALE, is_locale
from workstreams.actions.refusals import InvalidSettings, refusing_taken_names
from workstreams.channels.accounts import ACCOUNTS
from workstreams.models import ChannelInstance
from workstreams.models.channel_instance import MOST_RECONNECT_MINUTES
from workstreams.queries.number_owner import number_owner
from workstreams.terms import AgentName, Channel

SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PHONE_NUMBER: Final = re.compile(r"\+[1-9][0-9]{5,14}")
MAXIMUM_SLUG: Final = 60
MAXIMUM_GREETING: Final = 500
MAXIMUM_ACCOUNT: Final = 100
MAXIMUM_PAGE: Final = 300
NUMBER_CONSTRAINT: Final = "workstreams_channelinstance_number_unique"

RECORDS_HAVE_RULES = "Records come in by intake rules and have no channel instances."
SLUG_IS = f"An address has small letters, digits and hyphens, up to {MAXIMUM_SLUG} characters."
ORIGIN_IS = "{} is not a site. Write each as https://www.example.org, without a path."
PAGE_IS = "Write the whole address, such as https://www.example.org/help, or nothing."
MINUTES_ARE = f"A time to come back is 1 to {MOST_RECONNECT_MINUTES} minutes."
NUMBER_IS = "Write the number with its country code, such as +4930123456."
NUMBER_TAKEN = "{number} belongs to the workstream “{workstream}”. A number has one workstream."


def check_channel_instance(instance: ChannelInstance) -> None:
    """Raise InvalidSettings with a sentence for each setting that is wrong; the operating hours
    stay until it is saved, or are gone already (DefinitionGone)."""
    errors = {}
    if instance.workstream.channel == Channel.RECORD:
        errors["name"] = RECORDS_HAVE_RULES
    if not instance.name or len(instance.name) > 100:
        errors["name"] = "A name has 1 to 100 characters."
    if len(instance.slug) > MAXIMUM_SLUG or not SLUG.fullmatch(instance.slug):
        errors["slug"] = SLUG_IS
    if len(instance.greeting) > MAXIMUM_GREETING:
        errors["greeting"] = f"A greeting has at most {MAXIMUM_GREETING} characters."
    wrong = [origin for origin in instance.allowed_origins if not is_origin(origin)]
    if wrong:
        errors["allowed_origins"] = ORIGIN_IS.format(wrong[0])
    if not is_locale(instance.locale):
        errors["locale"] = NOT_A_LOCALE
    if instance.agent_name not in list(AgentName):
        errors["agent_name"] = "Choose what customers call agents."
    errors |= {
        name: PAGE_IS
        for name in ("portal_url", "redirect_url")
        if not is_page(getattr(instance, name))
    }
    minutes = instance.reconnect_minutes
    if minutes is not None and not 1 <= minutes <= MOST_RECONNECT_MINUTES:
        errors["reconnect_minutes"] = MINUTES_ARE
    errors |= _account_errors(instance)
    if errors:
        raise InvalidSettings(errors)
    lock_chosen(instance.operating_hours)


@contextmanager
def refusing_taken(instance: ChannelInstance) -> Iterator[None]:
    """Turns the database's refusal of a second row of this name, address or number into ours."""
    try:
        with transaction.atomic(), refusing_taken_names("channel instance", instance.name):
            yield
    except IntegrityError as error:
        if NUMBER_CONSTRAINT not in str(error):
            raise
        # Somebody was faster: the row that has it now says whose it is.
        raise InvalidSettings({"phone_number": _taken(instance) or NUMBER_IS}) from error


def _account_errors(instance: ChannelInstance) -> dict[str, str]:
    account = ACCOUNTS.get(instance.workstream.channel)
    if account is None:
        return {}
    value = str(instance.settings.get(account.key, ""))
    if account.is_number and not PHONE_NUMBER.fullmatch(value):
        return {account.key: NUMBER_IS}
    if len(value) > MAXIMUM_ACCOUNT:
        return {account.key: f"This has at most {MAXIMUM_ACCOUNT} characters."}
    taken = _taken(instance) if account.key == "phone_number" else ""
    return {account.key: taken} if taken else {}


def _taken(instance: ChannelInstance) -> str:
    number = instance.settings["phone_number"]
    owner = number_owner(number, besides=instance.pk)
    return NUMBER_TAKEN.format(number=number, workstream=owner.workstream) if owner else ""


def is_page(text: str) -> bool:
    """Whether it is empty, or the whole address of a page."""
    if not text:
        return True
    if len(text) > MAXIMUM_PAGE or not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return is_origin(f"{parts.scheme}://{parts.netloc}")


def is_origin(text: object) -> bool:
    """Whether it is a scheme with a host and perhaps a port, as browsers send it."""
    if not isinstance(text, str) or len(text) > 300:
        return False
    try:
        parts = urlsplit(text)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    is_bare = f"{parts.scheme}://{parts.netloc}" == text and "@" not in parts.netloc
    return parts.scheme in ("http", "https") and bool(parts.hostname) and is_bare and has_port
