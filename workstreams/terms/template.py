"""How work is offered to agents, and what their desk opens with it."""

from enum import StrEnum


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
