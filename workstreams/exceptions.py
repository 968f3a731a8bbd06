"""Refusals of the workstreams app; each docstring is the sentence people read."""

from config.refusal import Refusal


class WorkstreamError(Refusal):
    """This change to a workstream is not possible."""


class InUse(WorkstreamError):
    """This is still in use. Remove what depends on it first.

    ``dependencies`` lists what refers to it: dictionaries of kind, name and url.
    """


class Immutable(WorkstreamError):
    """The work distribution mode was chosen when the workstream was created and stays."""


class SavedMeanwhile(WorkstreamError):
    """Somebody else saved this meanwhile. Reload to see the change, then save again."""


class Deleted(WorkstreamError):
    """This {noun} was deleted and takes no more work."""


class BusyRecord(WorkstreamError):
    """Others are changing this record at this moment. Try again."""


class IllegalMove(WorkstreamError):
    """This work item is {state} and cannot become {to}."""


class ConversationOver(WorkstreamError):
    """This conversation has ended, so nothing more can be written."""


class NotYourConversation(WorkstreamError):
    """This conversation is not with you."""


class MessageKeyReused(WorkstreamError):
    """Another text was sent under this message's key before. Send this as a new message."""

    status = 422


class MessageTooLong(WorkstreamError):
    """A message may have at most 28 KB. Please send it in parts."""

    status = 422


class MessageEmpty(WorkstreamError):
    """An empty message cannot be sent."""

    status = 422


class ChannelClosed(WorkstreamError):
    """This channel is switched off at present."""
