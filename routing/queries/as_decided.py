"""An assignment as its explanation tells it: who ranked where when it was its turn, and why."""

import logging
from typing import Any, Final

from routing.engine.explain.method import why_matched
from routing.models import RoutingDecision
from routing.queries.replay import replay
from routing.queries.stored_decision import document_of, told
from routing.terms import How

log = logging.getLogger(__name__)

GIVEN_BEFORE: Final = (
    "The agents are listed as they were before the batch, which gave {count} other work"
    " {noun} before this one."
)


def as_decided(decision: RoutingDecision) -> dict[str, Any]:
    """What it tells, made again where that comes to the same: a stored list is of the moment
    before its batch, which may have given much to who stands first in it.

    A best overall match, and what cannot be made again or fails to be, is told as it was stored; a
    few queries.
    """
    found = told(decision)
    if found.get("how") != How.PUSH:
        return found
    if "weights" in found:
        agent = found.get("agent", "")
        return found | {"why": why_matched(agent, found.get("agents_considered", []))}
    try:
        again = _made_again(decision, found)
    except Exception:
        log.exception("replay failed decision=%s version=%s", decision.pk, decision.version)
        again = None
    return again or found | {"why": _given_before(decision)}


def _made_again(decision: RoutingDecision, found: dict[str, Any]) -> dict[str, Any] | None:
    made = replay(decision)
    if not made.is_same:
        return None
    [stage] = made.document["stages"]
    own = {name: found[name] for name in ("numbers", "preferred") if name in found}
    again = {name: made.document[name] for name in ("agents_considered", "compared")}
    return {**found, **stage, **own, **again}


def _given_before(decision: RoutingDecision) -> str:
    count = (document_of(decision).get("read") or {}).get("place", 0)
    noun = "item" if count == 1 else "items"
    return GIVEN_BEFORE.format(count=count, noun=noun) if count else ""
