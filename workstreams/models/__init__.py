"""Rows of what work is, where it comes in, and where it waits."""

from workstreams.models.assignment_method import AssignmentMethod
from workstreams.models.auto_close_time import AutoCloseTime
from workstreams.models.automated_message import AutomatedMessage
from workstreams.models.bot import Bot
from workstreams.models.bot_conversation import BotConversation, Suggestion
from workstreams.models.channel_instance import ChannelInstance
from workstreams.models.chat_start import ChatStart
from workstreams.models.chat_visit import ChatVisit
from workstreams.models.consult import QUESTION_LENGTH, Consult, ConsultNote
from workstreams.models.contact import Account, Contact
from workstreams.models.context_variable import ContextVariable
from workstreams.models.identification_rule import IdentificationRule
from workstreams.models.inbox_view import InboxView
from workstreams.models.living import only_living
from workstreams.models.message import Message
from workstreams.models.message_template import MessageTemplate
from workstreams.models.notification_template import NotificationTemplate
from workstreams.models.overflow import OverflowPair, OverflowRule
from workstreams.models.preferred_agent import MOST_PREFERRED, PreferredAgent
from workstreams.models.queue import Queue, QueueMembership
from workstreams.models.quick_reply import QuickReply
from workstreams.models.record import Record, RecordType
from workstreams.models.service_configuration import ServiceConfiguration
from workstreams.models.session_template import SessionTemplate
from workstreams.models.survey_question import SurveyQuestion
from workstreams.models.work_item import WorkItem
from workstreams.models.work_item_event import WorkItemEvent
from workstreams.models.workstream import Workstream
from workstreams.models.workstream_test import WorkstreamTest

__all__ = [
    "MOST_PREFERRED",
    "QUESTION_LENGTH",
    "Account",
    "AssignmentMethod",
    "AutoCloseTime",
    "AutomatedMessage",
    "Bot",
    "BotConversation",
    "ChannelInstance",
    "ChatStart",
    "ChatVisit",
    "Consult",
    "ConsultNote",
    "Contact",
    "ContextVariable",
    "IdentificationRule",
    "InboxView",
    "Message",
    "MessageTemplate",
    "NotificationTemplate",
    "OverflowPair",
    "OverflowRule",
    "PreferredAgent",
    "Queue",
    "QueueMembership",
    "QuickReply",
    "Record",
    "RecordType",
    "ServiceConfiguration",
    "SessionTemplate",
    "Suggestion",
    "SurveyQuestion",
    "WorkItem",
    "WorkItemEvent",
    "Workstream",
    "WorkstreamTest",
    "only_living",
]
