"""Who says what to whom in a conversation."""

from enum import StrEnum


class MessageTrigger(StrEnum):
    """When the system says something by itself (B 9)."""

    GREETING = "greeting"
    AGENT_ASSIGNED = "agent_assigned"
    AGENT_NOT_ASSIGNED = "agent_not_assigned"
    AGENT_DISCONNECTED = "agent_disconnected"
    AGENT_ENDED = "agent_ended"
    AGENT_JOINED = "agent_joined"
    AGENT_JOINED_CUSTOMER = "agent_joined_customer"
    AGENT_LEFT_CUSTOMER = "agent_left_customer"
    WAIT_HOURS = "wait_hours"
    WAIT_HOURS_MINUTES = "wait_hours_minutes"
    WAIT_MINUTES = "wait_minutes"
    CONSULT_ACCEPTED = "consult_accepted"
    CONSULT_ENDED = "consult_ended"
    NEXT_IN_LINE = "next_in_line"
    POSITION_IN_QUEUE = "position_in_queue"
    CUSTOMER_DISCONNECTED = "customer_disconnected"
    HOLIDAY = "holiday"
    OUT_OF_HOURS = "out_of_hours"
    SESSION_ENDED = "session_ended"
    OVERFLOW_ENDED = "overflow_ended"
    TRANSFER_ACCEPTED = "transfer_accepted"
    OFFER_CALLBACK = "offer_callback"
    CALLBACK_RESPONSE = "callback_response"
    OVERFLOW_CALLBACK = "overflow_callback"


class ConsultState(StrEnum):
    """How far a request for advice is (B 15.6): the adviser reads along, then talks too."""

    ASKED = "asked"
    ADVISING = "advising"
    JOINED = "joined"
    DECLINED = "declined"
    MISSED = "missed"
    ENDED = "ended"


ENDED_CONSULTS = (ConsultState.DECLINED, ConsultState.MISSED, ConsultState.ENDED)


class Audience(StrEnum):
    """Who reads a message."""

    EVERYBODY = "everybody"
    CUSTOMER = "customer"
    AGENT = "agent"


class Author(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"
    BOT = "bot"
