"""Names for the usernames that decisions have kept."""

from collections.abc import Mapping
from typing import Any

from agents.models import User


def agent_names(explained: Mapping[str, Any]) -> dict[str, str]:
    """Display names by username of everybody an explanation speaks of; 1 query.

    Who was deleted since is left out: the username is all that is known.
    """
    considered = {each.get("agent") for each in explained.get("agents_considered", ())}
    stages = explained.get("stages", ())
    chosen = {stage.get("agent") for stage in stages}
    wished = {wish["agent"] for stage in stages for wish in stage.get("preferred", ())}
    usernames = {each for each in considered | chosen | wished if each}
    if not usernames:
        return {}
    return {
        user.username: user.display_name for user in User.objects.filter(username__in=usernames)
    }
