"""Work items and records: what they are and where they stand."""

from enum import StrEnum


class ItemKind(StrEnum):
    """Live or asynchronous talk with a customer, or a record."""

    CONVERSATION = "conversation"
    RECORD = "record"


class RecordEnd(StrEnum):
    """How a record ended; a case is resolved or cancelled, others are deactivated."""

    RESOLVED = "resolved"
    CANCELLED = "cancelled"
    DEACTIVATED = "deactivated"


class RecordRouting(StrEnum):
    """What became of routing a record last (A 19, design 7.10)."""

    NOT_ASKED = "not_asked"
    ROUTED = "routed"
    NO_MATCH = "no_match"
    FAILED = "failed"


class ItemState(StrEnum):
    """Where a work item stands (A 17)."""

    OPEN = "open"
    ACTIVE = "active"
    WAITING = "waiting"
    WRAP_UP = "wrap_up"
    CLOSED = "closed"


class Reason(StrEnum):
    """Why a work item is in its state (A 17, status-change reasons)."""

    AWAITING_AGENT_ASSIGNMENT = "awaiting_agent_assignment"
    AWAITING_AGENT_ACCEPTANCE = "awaiting_agent_acceptance"
    IN_CONVERSATION = "in_conversation"
    AWAITING_CUSTOMER_RESPONSE = "awaiting_customer_response"
    AGENT_MOVED_TO_WRAP_UP = "agent_moved_to_wrap_up"
    CUSTOMER_MOVED_TO_WRAP_UP = "customer_moved_to_wrap_up"
    CUSTOMER_LEFT_OPEN = "customer_disconnected_or_left_open_conversation"
    CUSTOMER_LEFT_ACTIVE = "customer_disconnected_or_left_active_conversation"
    ENDED_BY_AGENT = "conversation_ended_by_agent"
    AUTO_CLOSED_FROM_WAITING = "auto_closed_from_waiting_state"
    AUTO_CLOSED = "auto_closed_by_system"
    FORCE_CLOSED = "force_closed_by_supervisor"
    ASSIGNED_BY_SUPERVISOR = "assigned_by_supervisor"
    WITH_BOT = "in_conversation_with_bot"
    ENDED_BY_BOT = "conversation_ended_by_bot"
    CLOSED_WITH_RECORD = "closed_with_its_record"
    CLOSED_DUE_TO_OVERFLOW = "closed_due_to_overflow"
