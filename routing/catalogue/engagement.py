"""What each channel tells of an engagement (A 4), as conditions read it below ``engagement``."""

from collections.abc import Iterator, Mapping
from typing import Final

from routing.catalogue.field import ConditionField, Lookup, field
from routing.engine.conditions.types import FieldType
from workstreams.terms import Channel

Attributes = tuple[tuple[str, str, FieldType], ...]

TEXT, NUMBER = FieldType.TEXT, FieldType.NUMBER
NAME: Final = ("customer_name", "customer name", TEXT)
PHONE: Final = ("customer_phone", "customer phone", TEXT)
LOCALE: Final = ("locale", "locale", TEXT)

ATTRIBUTES: Final[Mapping[Channel, Attributes]] = {
    Channel.LIVE_CHAT: (
        ("language", "language", TEXT),
        ("device", "device", TEXT),
        ("page", "page", TEXT),
    ),
    Channel.SMS: (
        PHONE,
        ("organization_phone", "organisation's phone", TEXT),
        ("provider", "provider", TEXT),
        LOCALE,
    ),
    Channel.WHATSAPP: (
        PHONE,
        ("first_message", "first message", TEXT),
        ("acs_channel_id", "ACS channel id", TEXT),
    ),
    Channel.FACEBOOK: (
        NAME,
        LOCALE,
        ("timezone", "time zone (hours from GMT)", NUMBER),
        ("page_scoped_id", "page-scoped user id", TEXT),
    ),
    Channel.LINE: (NAME,),
    Channel.WECHAT: (
        NAME,
        ("gender", "gender", TEXT),
        ("city", "city", TEXT),
        ("province", "province", TEXT),
        ("country", "country", TEXT),
    ),
    Channel.TEAMS: (NAME,),
    Channel.VOICE: (PHONE, ("organization_phone", "organisation's phone", TEXT)),
}
INSTANCE: Final = field(
    "engagement.instance",
    "Engagement: channel instance",
    "channel instance",
    FieldType.LOOKUP,
    lookup=Lookup.CHANNEL_INSTANCE,
)


def engagement_fields(channel: str) -> Iterator[ConditionField]:
    """What the channel tells, and by which of its instances the customer came."""
    if channel == Channel.RECORD:
        return
    yield INSTANCE
    for name, label, type_ in ATTRIBUTES.get(Channel(channel), ()):
        yield field(f"engagement.{name}", f"Engagement: {label}", f"engagement {label}", type_)
