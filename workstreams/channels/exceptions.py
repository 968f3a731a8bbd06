"""Refusals of channels; each docstring is the sentence people read."""

from workstreams.exceptions import WorkstreamError


class TooManyMessages(WorkstreamError):
    """That was a lot at once. Please wait a few seconds, then send again."""

    status = 429
