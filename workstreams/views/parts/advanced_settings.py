"""Sessions and agent notifications on a workstream's page."""

from typing import Any

from workstreams.models import Workstream


def context(workstream: Workstream) -> dict[str, Any]:
    """``notification``: the template of what comes in."""
    return {"notification": workstream.notification_template}
