"""Which settings of a channel instance cannot be."""

import re
from typing import Final
from urllib.parse import urlsplit

from workstreams.actions.refusals import InvalidSettings
from workstreams.models import ChannelInstance
from workstreams.terms import Channel

SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PHONE_NUMBER: Final = re.compile(r"\+[1-9][0-9]{5,14}")
MAXIMUM_SLUG: Final = 60
MAXIMUM_GREETING: Final = 500

RECORDS_HAVE_RULES = "Records come in by intake rules and have no channel instances."
SLUG_IS = f"An address has small letters, digits and hyphens, up to {MAXIMUM_SLUG} characters."
ORIGIN_IS = "{} is not a site. Write each as https://www.example.org, without a path."
NUMBER_IS = "Write the number with its country code, such as +4930123456."


def check_channel_instance(instance: ChannelInstance) -> None:
    """Raise InvalidSettings with a sentence for each setting that is wrong."""
    channel = instance.workstream.channel
    errors = {}
    if channel == Channel.RECORD:
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
    number = str(instance.settings.get("phone_number", ""))
    if channel == Channel.VOICE and not PHONE_NUMBER.fullmatch(number):
        errors["phone_number"] = NUMBER_IS
    if errors:
        raise InvalidSettings(errors)


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
