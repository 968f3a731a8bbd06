"""Templates of sessions, offers and messages, and the texts that are ready to send."""

from typing import Final

from routing.configuration.documents.checks import (
    flag,
    list_of,
    locale,
    locale_texts,
    number,
    one_of,
    or_nothing,
    shape,
    text,
)
from routing.configuration.documents.field import NAME, Field, Fields
from workstreams.models.notification_template import MAXIMUM_FIELDS
from workstreams.terms import (
    Channel,
    DesktopNotification,
    MessageTrigger,
    PanelMode,
    SessionAnchor,
    SessionType,
)

SESSION_TEMPLATE: Final[Fields] = {
    "name": NAME,
    "unique_name": Field(check=text(100)),
    "type": Field(check=one_of(SessionType), default="generic"),
    "record_type": Field(check=or_nothing(text(60)), default=None, refers_to="record_type"),
    "title": Field(check=text(200), default="{customerName}"),
    "icon": Field(check=text(40, may_be_empty=True), default="chat"),
    "description": Field(check=text(500, may_be_empty=True), default=""),
    "panel_mode": Field(check=one_of(PanelMode), default="docked"),
    "titles_anchor_tab": Field(check=flag, default=False),
    "anchor_tab": Field(check=one_of(SessionAnchor), default="customer"),
    "tabs": Field(check=list_of(one_of(SessionAnchor)), default=[]),
}
NOTIFICATION_TEMPLATE: Final[Fields] = {
    "name": NAME,
    "title": Field(check=text(200), default="{customerName}"),
    "icon": Field(check=text(40, may_be_empty=True), default="chat"),
    "fields": Field(
        check=list_of(
            shape(header=text(200), value=text(200, may_be_empty=True)), most=MAXIMUM_FIELDS
        ),
        default=[],
    ),
    "shows_countdown": Field(check=flag, default=True),
    "countdown_seconds": Field(check=number(5, 3600), default=120),
    "auto_assign": Field(check=flag, default=False),
    "auto_accept": Field(check=flag, default=False),
    "accept_label": Field(check=text(40), default="Accept"),
    "agents_may_decline": Field(check=flag, default=True),
    "decline_label": Field(check=text(40), default="Decline"),
    "desktop_notification": Field(check=one_of(DesktopNotification), default="never"),
}
MESSAGE_TEMPLATE: Final[Fields] = {
    "name": NAME,
    "channel": Field(check=one_of(Channel), default="sms"),
    "default_locale": Field(check=locale, default="en"),
    "texts": Field(check=locale_texts(4000)),
}
AUTOMATED_MESSAGE: Final[Fields] = {
    "channel": Field(check=one_of(Channel)),
    "trigger": Field(check=one_of(MessageTrigger)),
    "locale": Field(check=locale, default="en"),
    "text": Field(check=text(1000, may_be_empty=True)),
    "is_active": Field(check=flag, default=True),
}
QUICK_REPLY: Final[Fields] = {
    "title": Field(check=text(100)),
    "locale": Field(check=locale, default="en"),
    "message": Field(check=text(4000)),
    "tags": Field(check=list_of(text(50)), default=[]),
    "workstreams": Field(check=list_of(text(100)), default=[], refers_to="workstream"),
}
