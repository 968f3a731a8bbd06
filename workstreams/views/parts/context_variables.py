"""Context variables on a workstream's page."""

from typing import Any

from workstreams.models import Workstream


def context(workstream: Workstream) -> dict[str, Any]:
    """``variables`` by name; one query."""
    return {"variables": list(workstream.context_variables.all())}
