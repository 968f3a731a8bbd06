"""Rows of what work is, where it comes in, and where it waits."""

from workstreams.models.channel_instance import ChannelInstance
from workstreams.models.chat_start import ChatStart
from workstreams.models.contact import Account, Contact
from workstreams.models.message import Message
from workstreams.models.notification_template import NotificationTemplate
from workstreams.models.queue import Queue, QueueMembership
from workstreams.models.record import Record, RecordType
from workstreams.models.work_item import WorkItem
from workstreams.models.work_item_event import WorkItemEvent
from workstreams.models.workstream import Workstream

__all__ = [
    "Account",
    "ChannelInstance",
    "ChatStart",
    "Contact",
    "Message",
    "NotificationTemplate",
    "Queue",
    "QueueMembership",
    "Record",
    "RecordType",
    "WorkItem",
    "WorkItemEvent",
    "Workstream",
]
