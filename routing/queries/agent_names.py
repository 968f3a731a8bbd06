"""Names for the usernames that decisions have kept."""

from collections.abc import Mapping
from typing import Any

from agents.queries.person_names import person_names
from routing.engine.explain.said import Said


def agent_names(explained: Mapping[str, Any], sentence: str = "") -> dict[str, str]:
    """Display names by username of everybody an explanation speaks of; 1 query.

    Who was deleted since is left out: the username is all that is known.
    """
    considered = {each.get("agent", "") for each in explained.get("agents_considered", ())}
    stages = explained.get("stages", ())
    chosen = {stage.get(key, "") for stage in stages for key in ("agent", "by")}
    wished = {wish["agent"] for stage in stages for wish in stage.get("preferred", ())}
    because = (each["sentence"] for each in explained.get("waiting_because", ()))
    sentences = (sentence, *(stage.get("why", "") for stage in stages), *because)
    said = {name for each in sentences if isinstance(each, Said) for name in each.usernames}
    return person_names(considered | chosen | wished | said)
