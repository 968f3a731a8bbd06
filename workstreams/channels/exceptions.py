"""Refusals of channels; each docstring is the sentence people read."""

from workstreams.exceptions import WorkstreamError


class TooManyChats(WorkstreamError):
    """Too many chats were begun just now. Please wait a few minutes, then try again."""

    status = 429


class TooManyMessages(WorkstreamError):
    """That was a lot at once. Please wait a few seconds, then send again."""

    status = 429
