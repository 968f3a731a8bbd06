"""Names for the usernames that decisions have kept."""

from collections.abc import Mapping
from typing import Any

from agents.queries.person_names import person_names


def agent_names(explained: Mapping[str, Any]) -> dict[str, str]:
    """Display names by username of everybody an explanation speaks of; 1 query.

    Who was deleted since is left out: the username is all that is known.
    """
    considered = {each.get("agent", "") for each in explained.get("agents_considered", ())}
    stages = explained.get("stages", ())
    chosen = {stage.get(key, "") for stage in stages for key in ("agent", "by")}
    wished = {wish["agent"] for stage in stages for wish in stage.get("preferred", ())}
    return person_names(considered | chosen | wished)
