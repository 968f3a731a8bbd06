"""A stored decision made again by the version that it names."""

import json
from dataclasses import dataclass, field
from typing import Any, Final

from routing import configuration
from routing.engine.replay_decision import replayed
from routing.models import ConfigurationVersion, RoutingDecision

NOT_KEPT: Final = "It was made before decisions kept what they read."
TOO_LONG: Final = "What it read was too long to be kept: {fields}."
NO_VERSION: Final = "Its version of the configuration is not here."
WENT_WRONG: Final = "Routing failed with an error then."


@dataclass(frozen=True, kw_only=True)
class Replay:
    """``is_same`` is None where the decision cannot be made again; ``sentence`` says why."""

    is_same: bool | None
    sentence: str = ""
    document: dict[str, Any] = field(default_factory=dict)


def replay(decision: RoutingDecision) -> Replay:
    """Make a routing decision again; a few queries, and nothing is written."""
    document = decision.document
    if document.get("error"):
        return Replay(is_same=None, sentence=WENT_WRONG)
    known = document.get("read")
    if known is None:
        return Replay(is_same=None, sentence=NOT_KEPT)
    if cut := known.get("cut"):
        return Replay(is_same=None, sentence=TOO_LONG.format(fields=", ".join(cut)))
    try:
        compiled = configuration.at(decision.version).compiled
        workstream = compiled.workstreams[compiled.workstream_id_by_name[document["workstream"]]]
    except (ConfigurationVersion.DoesNotExist, KeyError):
        return Replay(is_same=None, sentence=NO_VERSION)
    again = replayed(
        document,
        workstream,
        compiled,
        draw_key=str(decision.work_item_id),
        now=decision.at,
    )
    return Replay(is_same=_as_stored(again) == _as_stored(document), document=again)


def _as_stored(document: dict[str, Any]) -> Any:
    return json.loads(json.dumps(document))
