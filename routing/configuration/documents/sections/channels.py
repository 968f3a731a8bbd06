"""Channel instances, and the switches of the whole service."""

from typing import Any, Final

from routing.configuration.documents.checks import (
    any_object,
    flag,
    list_of,
    locale,
    number,
    one_of,
    or_nothing,
    shape,
    text,
)
from routing.configuration.documents.field import NAME, Field, Fields
from workstreams.actions.check_channel_instance import PAGE_IS, is_page
from workstreams.auto_close import DEFAULTS, MAXIMUM_MINUTES
from workstreams.models.channel_instance import MOST_RECONNECT_MINUTES
from workstreams.models.survey_question import MAXIMUM_QUESTIONS
from workstreams.switches import (
    DECLINES,
    DECLINES_BY_DEFAULT,
    REACHES,
    SEARCH_NAMES,
    SEARCH_SECONDS,
    SWITCHES,
    WORDS,
)
from workstreams.terms import AgentName, AnswerType, MessageTrigger, WhenClosed

QUESTION: Final = shape(
    name=text(100),
    text=text(512),
    answer_type=one_of(AnswerType),
    options=list_of(text(500)),
    is_required=flag,
)
MESSAGE: Final = shape(
    trigger=one_of(MessageTrigger),
    locale=locale,
    text=text(1000, may_be_empty=True),
    is_active=flag,
)


def page_address(value: Any) -> str | None:
    """Empty, or the whole address of a page."""
    return text(300, may_be_empty=True)(value) or (None if is_page(value) else PAGE_IS)


CHANNEL_INSTANCE: Final[Fields] = {
    "name": NAME,
    "workstream": Field(check=text(100), refers_to="workstream"),
    "slug": Field(check=text(60)),
    "is_enabled": Field(check=flag, default=True),
    "locale": Field(check=locale, default="en"),
    "agent_name": Field(check=one_of(AgentName), default="first_name"),
    "greeting": Field(check=text(500, may_be_empty=True), default=""),
    "allowed_origins": Field(check=list_of(text(300)), default=[]),
    "operating_hours": Field(
        check=or_nothing(text(100)), default=None, refers_to="operating_hours"
    ),
    "tells_wait": Field(check=flag, default=True),
    "tells_position": Field(check=flag, default=True),
    "tells_average_wait": Field(check=flag, default=True),
    "reconnect_minutes": Field(check=or_nothing(number(1, MOST_RECONNECT_MINUTES)), default=None),
    "portal_url": Field(check=page_address, default=""),
    "redirect_url": Field(check=page_address, default=""),
    "when_closed": Field(check=one_of(WhenClosed), default="shown"),
    "settings": Field(check=any_object, default={}),
    "survey_questions": Field(
        check=list_of(QUESTION, most=MAXIMUM_QUESTIONS, unique="name"), default=[]
    ),
    "automated_messages": Field(check=list_of(MESSAGE), default=[]),
}
MINUTES: Final = or_nothing(number(1, MAXIMUM_MINUTES))
AUTO_CLOSE: Final = shape(
    **{channel: shape(**dict.fromkeys(row, MINUTES)) for channel, row in DEFAULTS.items()}
)
SERVICE: Final[Fields] = {
    "record_routing": Field(check=flag, default=False),
    **{switch.name: Field(check=flag, default=switch.default) for switch in SWITCHES},
    "maximum_declines": Field(check=number(*DECLINES), default=DECLINES_BY_DEFAULT),
    **{reach.name: Field(check=one_of(reach.terms), default=reach.default) for reach in REACHES},
    **dict.fromkeys(SEARCH_NAMES, Field(check=or_nothing(number(*SEARCH_SECONDS)), default=None)),
    **{
        words.name: Field(check=text(words.longest, may_be_empty=True), default="")
        for words in WORDS
    },
    "auto_close": Field(check=AUTO_CLOSE, default=DEFAULTS),
}
