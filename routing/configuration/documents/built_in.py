"""What every organisation has from the start; most of it nobody changes."""

from typing import Any, Final

from agents.models import Presence
from workstreams.models import NotificationTemplate, RecordType, SessionTemplate

MODELS: Final[dict[str, Any]] = {
    "presence": Presence,
    "record_type": RecordType,
    "session_template": SessionTemplate,
    "notification_template": NotificationTemplate,
}
# Built-in rows that administrators rename and switch.
CHANGEABLE: Final = ("record_type",)


def built_in_keys() -> dict[str, set[str]]:
    """Keys by kind."""
    return {
        kind: {name.lower() for name in rows.values_list("name", flat=True)}
        for kind, model in MODELS.items()
        if (rows := model._default_manager.filter(is_built_in=True)) is not None
    }
