"""The words of the workstreams app: plain enums shared by models, engine, forms and API."""

from enum import StrEnum

from config.labels import Labels


class WorkstreamType(StrEnum):
    """What a workstream (and a queue) carries."""

    MESSAGING = "messaging"
    RECORD = "record"
    VOICE = "voice"


class Channel(StrEnum):
    """Where work comes from. Record and voice workstreams have one channel each."""

    LIVE_CHAT = "live_chat"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    FACEBOOK = "facebook"
    LINE = "line"
    WECHAT = "wechat"
    TEAMS = "teams"
    CUSTOM = "custom"
    RECORD = "record"
    VOICE = "voice"


MESSAGING_CHANNELS = tuple(
    channel for channel in Channel if channel not in (Channel.RECORD, Channel.VOICE)
)


class DistributionMode(StrEnum):
    """Offered automatically, or taken by the agent; fixed at creation."""

    PUSH = "push"
    PICK = "pick"


class SkillMatching(StrEnum):
    """How required skills decide who may take an item (A 11)."""

    EXACT = "exact"
    CLOSEST = "closest"
    NONE = "none"


class WrapUpBlock(StrEnum):
    """How long wrap-up keeps capacity (A 13)."""

    ALWAYS = "always"
    NEVER = "never"
    CUSTOM = "custom"


class ItemKind(StrEnum):
    """Live or asynchronous talk with a customer, or a record."""

    CONVERSATION = "conversation"
    RECORD = "record"


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


class Author(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"


LABELS = Labels(
    (WorkstreamType.MESSAGING, "Messaging"),
    (WorkstreamType.RECORD, "Record"),
    (WorkstreamType.VOICE, "Voice"),
    (Channel.LIVE_CHAT, "Chat"),
    (Channel.SMS, "SMS"),
    (Channel.WHATSAPP, "WhatsApp"),
    (Channel.FACEBOOK, "Facebook"),
    (Channel.LINE, "LINE"),
    (Channel.WECHAT, "WeChat"),
    (Channel.TEAMS, "Microsoft Teams"),
    (Channel.CUSTOM, "Custom"),
    (Channel.RECORD, "Record"),
    (Channel.VOICE, "Voice"),
    (DistributionMode.PUSH, "Push"),
    (DistributionMode.PICK, "Pick"),
    (SkillMatching.EXACT, "Exact match"),
    (SkillMatching.CLOSEST, "Closest match"),
    (SkillMatching.NONE, "None"),
    (WrapUpBlock.ALWAYS, "Always block"),
    (WrapUpBlock.NEVER, "Don't block"),
    (WrapUpBlock.CUSTOM, "Custom time"),
    (ItemKind.CONVERSATION, "Conversation"),
    (ItemKind.RECORD, "Record"),
    (ItemState.OPEN, "Open"),
    (ItemState.ACTIVE, "Active"),
    (ItemState.WAITING, "Waiting"),
    (ItemState.WRAP_UP, "Wrap-up"),
    (ItemState.CLOSED, "Closed"),
    (Reason.AWAITING_AGENT_ASSIGNMENT, "Waiting for an agent"),
    (Reason.AWAITING_AGENT_ACCEPTANCE, "Offered to an agent"),
    (Reason.IN_CONVERSATION, "In conversation"),
    (Reason.AWAITING_CUSTOMER_RESPONSE, "Waiting for the customer"),
    (Reason.AGENT_MOVED_TO_WRAP_UP, "Ended by the agent"),
    (Reason.CUSTOMER_MOVED_TO_WRAP_UP, "Ended by the customer"),
    (Reason.CUSTOMER_LEFT_OPEN, "Customer left before an agent came"),
    (Reason.CUSTOMER_LEFT_ACTIVE, "Customer left the conversation"),
    (Reason.ENDED_BY_AGENT, "Closed by the agent"),
    (Reason.AUTO_CLOSED_FROM_WAITING, "Closed after inactivity while waiting"),
    (Reason.AUTO_CLOSED, "Closed after inactivity"),
    (Reason.FORCE_CLOSED, "Closed by a supervisor"),
    (Reason.ASSIGNED_BY_SUPERVISOR, "Assigned by a supervisor"),
    (Author.CUSTOMER, "Customer"),
    (Author.AGENT, "Agent"),
    (Author.SYSTEM, "System"),
)


def choices(terms: type[StrEnum]) -> list[tuple[str, str]]:
    """Form and model choices of one of the enums above."""
    return [(term.value, LABELS[term]) for term in terms]
