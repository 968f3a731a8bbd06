"""What is asked and known of customers."""

from enum import StrEnum


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
