"""What the inbox of an agent is made of (B 15.4)."""

from enum import StrEnum


class InboxList(StrEnum):
    """Whose work items a view lists."""

    MINE = "mine"
    OPEN = "open"
    CLOSED = "closed"


class InboxKind(StrEnum):
    """What sort of work a view lists."""

    CONVERSATION = "conversation"
    RECORD = "record"
    CALL = "call"


class InboxSort(StrEnum):
    """What a view is ordered by; of one customer the last change says."""

    DATE = "date"
    CUSTOMER = "customer"


class InboxOrder(StrEnum):
    """Which end comes first."""

    LATEST = "latest"
    OLDEST = "oldest"


class InboxRead(StrEnum):
    """Whether the customer wrote after the agent last looked."""

    ALL = "all"
    UNREAD = "unread"
    READ = "read"
