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


class AutoCloseChannel(StrEnum):
    """Conversations that time closes, by channel; persistent chat apart, records never (A 18)."""

    LIVE_CHAT = "live_chat"
    PERSISTENT_CHAT = "persistent_chat"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    FACEBOOK = "facebook"
    LINE = "line"
    WECHAT = "wechat"
    TEAMS = "teams"
    CUSTOM = "custom"
    VOICE = "voice"


class AssignmentMethodName(StrEnum):
    """The built-in assignment methods (A 10)."""

    HIGHEST_CAPACITY = "highest_capacity"
    ADVANCED_ROUND_ROBIN = "advanced_round_robin"
    LEAST_ACTIVE = "least_active"


class MethodKind(StrEnum):
    """How a custom assignment method decides: by rules, item by item, or by the best match of a
    whole batch."""

    RULES = "rules"
    BEST_MATCH = "best_match"


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


class Scenario(StrEnum):
    """When an agent is notified; each has a notification template (B 1.7)."""

    INCOMING = "incoming"
    INCOMING_AUTHENTICATED = "incoming_authenticated"
    CONSULT = "consult"
    TRANSFER = "transfer"
    SUPERVISOR_ASSIGN = "supervisor_assign"


class DesktopNotification(StrEnum):
    """When an offer also shows outside the browser (B 11.2)."""

    NEVER = "never"
    BACKGROUND = "background"
    ALWAYS = "always"


class SessionType(StrEnum):
    """Opened for a record, or for any work item (B 11.1)."""

    GENERIC = "generic"
    ENTITY = "entity"


class PanelMode(StrEnum):
    """How the conversation shows in a session (B 11.1)."""

    DOCKED = "docked"
    MINIMIZED = "minimized"
    HIDDEN = "hidden"


class SessionAnchor(StrEnum):
    """What a session shows beside the conversation."""

    CUSTOMER = "customer"
    RECORD = "record"
    CONTEXT = "context"
    HISTORY = "history"
    ROUTING = "routing"


class VariableType(StrEnum):
    """What a context variable holds (B 10.1)."""

    TEXT = "text"
    NUMBER = "number"


class AnswerType(StrEnum):
    """How a pre-chat question is answered (B 4.4)."""

    SINGLE_LINE = "single_line"
    MULTI_LINE = "multi_line"
    OPTIONS = "options"
    CONSENT = "consent"


class IdentifiedEntity(StrEnum):
    """What an identification rule finds (B 10.3)."""

    CONTACT = "contact"
    ACCOUNT = "account"
    CASE = "case"


class AgentName(StrEnum):
    """What customers call an agent (B 4.3)."""

    FULL = "full_name"
    FIRST = "first_name"
    LAST = "last_name"
    NICKNAME = "nickname"


class WhenClosed(StrEnum):
    """What a chat does outside its operating hours (A 16)."""

    SHOWN = "shown"
    HIDDEN = "hidden"


class BotKind(StrEnum):
    """Where a bot's answers come from."""

    SCRIPTED = "scripted"
    WEBHOOK = "webhook"


class BotPurpose(StrEnum):
    """Whom a bot talks to."""

    CONVERSATION = "conversation"
    ASSIST = "assist"


class BotOutcome(StrEnum):
    """How a bot's conversation stands (B 12)."""

    TALKING = "talking"
    ESCALATED = "escalated"
    ENDED = "ended"
    LEFT = "left"


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


class OverflowCondition(StrEnum):
    """When a queue overflows: the first three before an item is queued, the last while it
    waits (A 8)."""

    OUT_OF_HOURS = "out_of_operating_hours"
    ITEM_LIMIT = "work_item_limit"
    AVERAGE_WAIT = "average_wait"
    WAITING_TIME = "waiting_time"


class OverflowAction(StrEnum):
    """What becomes of an item whose queue overflows."""

    ASSIGN = "assign_anyway"
    TRANSFER = "transfer"
    END = "end"


class Author(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"
    BOT = "bot"


LABELS = Labels(
    (WorkstreamType.MESSAGING, "Messaging"),
    (WorkstreamType.RECORD, "Record"),
    (WorkstreamType.VOICE, "Voice"),
    (AssignmentMethodName.HIGHEST_CAPACITY, "Highest capacity"),
    (AssignmentMethodName.ADVANCED_ROUND_ROBIN, "Advanced round robin"),
    (AssignmentMethodName.LEAST_ACTIVE, "Least active"),
    (MethodKind.RULES, "Rules"),
    (MethodKind.BEST_MATCH, "Best overall match"),
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
    (AutoCloseChannel.LIVE_CHAT, "Live chat"),
    (AutoCloseChannel.PERSISTENT_CHAT, "Persistent chat"),
    (AutoCloseChannel.SMS, "SMS"),
    (AutoCloseChannel.WHATSAPP, "WhatsApp"),
    (AutoCloseChannel.FACEBOOK, "Facebook"),
    (AutoCloseChannel.LINE, "LINE"),
    (AutoCloseChannel.WECHAT, "WeChat"),
    (AutoCloseChannel.TEAMS, "Microsoft Teams"),
    (AutoCloseChannel.CUSTOM, "Custom"),
    (AutoCloseChannel.VOICE, "Voice"),
    (DistributionMode.PUSH, "Push"),
    (DistributionMode.PICK, "Pick"),
    (SkillMatching.EXACT, "Exact match"),
    (SkillMatching.CLOSEST, "Closest match"),
    (SkillMatching.NONE, "None"),
    (WrapUpBlock.ALWAYS, "Always block"),
    (WrapUpBlock.NEVER, "Don't block"),
    (WrapUpBlock.CUSTOM, "Custom time"),
    (Scenario.INCOMING, "Incoming unauthenticated"),
    (Scenario.INCOMING_AUTHENTICATED, "Incoming authenticated"),
    (Scenario.CONSULT, "Consult"),
    (Scenario.TRANSFER, "Transfer"),
    (Scenario.SUPERVISOR_ASSIGN, "Supervisor assign"),
    (DesktopNotification.NEVER, "Never"),
    (DesktopNotification.BACKGROUND, "When the desk is in the background"),
    (DesktopNotification.ALWAYS, "Always"),
    (SessionType.GENERIC, "Generic"),
    (SessionType.ENTITY, "Entity"),
    (PanelMode.DOCKED, "Docked"),
    (PanelMode.MINIMIZED, "Minimized"),
    (PanelMode.HIDDEN, "Hidden"),
    (SessionAnchor.CUSTOMER, "Customer summary"),
    (SessionAnchor.RECORD, "Record"),
    (SessionAnchor.CONTEXT, "Context"),
    (SessionAnchor.HISTORY, "Earlier conversations"),
    (SessionAnchor.ROUTING, "Why it is here"),
    (VariableType.TEXT, "Text"),
    (VariableType.NUMBER, "Number"),
    (AnswerType.SINGLE_LINE, "Single line"),
    (AnswerType.MULTI_LINE, "Multiple lines"),
    (AnswerType.OPTIONS, "Option set"),
    (AnswerType.CONSENT, "User consent"),
    (IdentifiedEntity.CONTACT, "Contact"),
    (IdentifiedEntity.ACCOUNT, "Account"),
    (IdentifiedEntity.CASE, "Case"),
    (WhenClosed.SHOWN, "Stays open for messages, and says when somebody is back"),
    (WhenClosed.HIDDEN, "Is hidden, and takes no new chats"),
    (AgentName.FULL, "Full name"),
    (AgentName.FIRST, "First name"),
    (AgentName.LAST, "Last name"),
    (AgentName.NICKNAME, "Nickname"),
    (BotKind.SCRIPTED, "Scripted"),
    (BotKind.WEBHOOK, "Webhook"),
    (BotPurpose.CONVERSATION, "Talks to customers"),
    (BotPurpose.ASSIST, "Smart assist for agents"),
    (BotOutcome.TALKING, "In conversation"),
    (BotOutcome.ESCALATED, "Escalated"),
    (BotOutcome.ENDED, "Ended by the bot"),
    (BotOutcome.LEFT, "Customer left"),
    (ConsultState.ASKED, "Asked"),
    (ConsultState.ADVISING, "Advising"),
    (ConsultState.JOINED, "In the conversation"),
    (ConsultState.DECLINED, "Declined"),
    (ConsultState.MISSED, "No answer"),
    (ConsultState.ENDED, "Ended"),
    (MessageTrigger.GREETING, "Greeting"),
    (MessageTrigger.AGENT_ASSIGNED, "Agent assigned to the conversation"),
    (MessageTrigger.AGENT_NOT_ASSIGNED, "Agent couldn't be assigned"),
    (MessageTrigger.AGENT_DISCONNECTED, "Agent disconnected"),
    (MessageTrigger.AGENT_ENDED, "Agent ended the conversation"),
    (MessageTrigger.AGENT_JOINED, "Agent joined the conversation"),
    (MessageTrigger.AGENT_JOINED_CUSTOMER, "Another agent joined the conversation"),
    (MessageTrigger.AGENT_LEFT_CUSTOMER, "Another agent left the conversation"),
    (MessageTrigger.WAIT_HOURS, "Average wait time: hours"),
    (MessageTrigger.WAIT_HOURS_MINUTES, "Average wait time: hours and minutes"),
    (MessageTrigger.WAIT_MINUTES, "Average wait time: minutes"),
    (MessageTrigger.CONSULT_ACCEPTED, "Consult accepted"),
    (MessageTrigger.CONSULT_ENDED, "Consult ended"),
    (MessageTrigger.NEXT_IN_LINE, "Customer is next in line"),
    (MessageTrigger.POSITION_IN_QUEUE, "Customer's position in the queue"),
    (MessageTrigger.CUSTOMER_DISCONNECTED, "Customer disconnected"),
    (MessageTrigger.HOLIDAY, "Holiday"),
    (MessageTrigger.OUT_OF_HOURS, "Outside operating hours"),
    (MessageTrigger.SESSION_ENDED, "Session ended"),
    (MessageTrigger.OVERFLOW_ENDED, "End conversation due to overflow"),
    (MessageTrigger.TRANSFER_ACCEPTED, "Transfer to an agent accepted"),
    (MessageTrigger.OFFER_CALLBACK, "Offer a callback"),
    (MessageTrigger.CALLBACK_RESPONSE, "Answer to a wanted callback"),
    (MessageTrigger.OVERFLOW_CALLBACK, "Queue overflow with direct callback"),
    (Audience.EVERYBODY, "Everybody"),
    (Audience.CUSTOMER, "Customer"),
    (Audience.AGENT, "Agent"),
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
    (Reason.WITH_BOT, "In conversation with a bot"),
    (Reason.ENDED_BY_BOT, "Ended by the bot"),
    (Reason.CLOSED_WITH_RECORD, "Closed with its record"),
    (RecordEnd.RESOLVED, "Resolved"),
    (RecordEnd.CANCELLED, "Cancelled"),
    (RecordEnd.DEACTIVATED, "Deactivated"),
    (RecordRouting.NOT_ASKED, "Not routed yet"),
    (RecordRouting.ROUTED, "Routed"),
    (RecordRouting.NO_MATCH, "No intake rule matches"),
    (RecordRouting.FAILED, "Could not be routed"),
    (Reason.CLOSED_DUE_TO_OVERFLOW, "Ended because the queue overflowed"),
    (OverflowCondition.OUT_OF_HOURS, "Out of operating hours"),
    (OverflowCondition.ITEM_LIMIT, "Work item limit exceeds"),
    (OverflowCondition.AVERAGE_WAIT, "Average wait time exceeds"),
    (OverflowCondition.WAITING_TIME, "Waiting time in queue exceeds"),
    (OverflowAction.ASSIGN, "Assign to the queue anyway"),
    (OverflowAction.TRANSFER, "Transfer to a different queue"),
    (OverflowAction.END, "End the conversation"),
    (Author.CUSTOMER, "Customer"),
    (Author.AGENT, "Agent"),
    (Author.SYSTEM, "System"),
    (Author.BOT, "Bot"),
)


def choices(terms: type[StrEnum]) -> list[tuple[str, str]]:
    """Form and model choices of one of the enums above."""
    return [(term.value, LABELS[term]) for term in terms]
