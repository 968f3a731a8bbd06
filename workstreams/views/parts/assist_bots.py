"""Smart assist bots on a workstream's page."""

from typing import Any

from workstreams.models import Workstream


def context(workstream: Workstream) -> dict[str, Any]:
    """``bots`` that suggest something to its agents; 1 query."""
    return {"bots": list(workstream.assist_bots.all())}
