"""Rows that an import changes, held until it has written them."""

from typing import Any, Final

from agents.models import (
    AgentAttribute,
    CapacityProfile,
    OperatingHours,
    Presence,
    RatingModel,
    Skill,
)
from routing.configuration.documents.landscape import Landscape
from routing.configuration.documents.plan import Plan
from routing.models import LearnedModel
from workstreams.models import (
    AssignmentMethod,
    AutomatedMessage,
    Bot,
    ChannelInstance,
    MessageTemplate,
    NotificationTemplate,
    Queue,
    QuickReply,
    RecordType,
    SessionTemplate,
    Workstream,
)

# Workstreams first, as everywhere: then no two wait for each other.
MODELS: Final[dict[str, Any]] = {
    "workstream": Workstream,
    "rating_model": RatingModel,
    "skill": Skill,
    "agent_attribute": AgentAttribute,
    "capacity_profile": CapacityProfile,
    "presence": Presence,
    "operating_hours": OperatingHours,
    "record_type": RecordType,
    "session_template": SessionTemplate,
    "notification_template": NotificationTemplate,
    "bot": Bot,
    "learned_model": LearnedModel,
    "assignment_method": AssignmentMethod,
    "queue": Queue,
    "channel_instance": ChannelInstance,
    "automated_message": AutomatedMessage,
    "message_template": MessageTemplate,
    "quick_reply": QuickReply,
}


def lock_rows(planned: Plan, organisation: Landscape) -> None:
    """Locks the rows of all that is changed, kind by kind and by id.

    Locked against other edits and against deletion, not against work that arrives.
    """
    for kind, model in MODELS.items():
        ids = [organisation.ids[kind, step.key] for step in planned.changed if step.kind == kind]
        if ids:
            rows = model._default_manager.filter(pk__in=ids).order_by("pk")
            list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
