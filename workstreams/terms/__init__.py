"""The words of the workstreams app: plain enums shared by models, engine, forms and API."""

from workstreams.terms.assignment import (
    AssignmentMethodName,
    DistributionMode,
    MethodKind,
    OverflowAction,
    OverflowCondition,
    SkillMatching,
    WrapUpBlock,
    usual_method,
)
from workstreams.terms.bot import BotKind, BotOutcome, BotPurpose
from workstreams.terms.channel import (
    MESSAGING_CHANNELS,
    AgentName,
    AutoCloseChannel,
    Channel,
    WhenClosed,
    WorkstreamType,
)
from workstreams.terms.customer import AnswerType, IdentifiedEntity, VariableType
from workstreams.terms.inbox import InboxKind, InboxList, InboxOrder, InboxRead, InboxSort
from workstreams.terms.labels import LABELS, choices
from workstreams.terms.reach import AgentReach, QueueReach
from workstreams.terms.talk import ENDED_CONSULTS, Audience, Author, ConsultState, MessageTrigger
from workstreams.terms.template import (
    DesktopNotification,
    PanelMode,
    Scenario,
    SessionAnchor,
    SessionType,
)
from workstreams.terms.work import ItemKind, ItemState, Reason, RecordEnd, RecordRouting

__all__ = [
    "ENDED_CONSULTS",
    "LABELS",
    "MESSAGING_CHANNELS",
    "AgentName",
    "AgentReach",
    "AnswerType",
    "AssignmentMethodName",
    "Audience",
    "Author",
    "AutoCloseChannel",
    "BotKind",
    "BotOutcome",
    "BotPurpose",
    "Channel",
    "ConsultState",
    "DesktopNotification",
    "DistributionMode",
    "IdentifiedEntity",
    "InboxKind",
    "InboxList",
    "InboxOrder",
    "InboxRead",
    "InboxSort",
    "ItemKind",
    "ItemState",
    "MessageTrigger",
    "MethodKind",
    "OverflowAction",
    "OverflowCondition",
    "PanelMode",
    "QueueReach",
    "Reason",
    "RecordEnd",
    "RecordRouting",
    "Scenario",
    "SessionAnchor",
    "SessionType",
    "SkillMatching",
    "VariableType",
    "WhenClosed",
    "WorkstreamType",
    "WrapUpBlock",
    "choices",
    "usual_method",
]
