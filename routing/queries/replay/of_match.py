"""Assignments by a best overall match, made again along with all that it gave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from routing.configuration import Published
from routing.engine.configuration import CompiledConfiguration
from routing.engine.replay_match import Pair, match_again
from routing.engine.what_was_seen import Seen
from routing.models import RoutingDecision
from routing.queries.given_before import given_before
from routing.queries.stored_decision import document_of
from routing.terms import DecisionStage, How
from workstreams.terms import MethodKind

# Explanations of more items are not read for one of them.
MOST: Final = 300
# Scores have four digits.
ROUNDED: Final = 0.001

MATCHED: Final = (
    "{count} items of {where} were matched at once, and are again; here the agents are compared"
    " for this item alone."
)
AS_GOOD: Final = (
    "{count} items of {where} were matched at once; matched again, another match is as good as that"
    " one. Here the agents are compared for this item alone."
)
ALONE: Final = (
    "A best overall match weighs all items of {where} at once; here the agents are compared for"
    " this item alone, because {why}."
)
LOST: Final = "some of what was matched along with it went elsewhere, because people were quicker"
TOO_MANY: Final = f"more than {MOST} were matched along with it"
NOT_KEPT: Final = "of what was matched along with it not all is kept"
OTHER: Final = (
    "what was matched and came to nothing at last, or went on waiting, is not kept, and would"
    " change it"
)
DECLINES: Final = "declines weigh more in it than they did when this was decided"


@dataclass(frozen=True, kw_only=True)
class OfBatch:
    """Whether the match comes out the same, or one that is as good; else ``sentence`` says why that
    is not known, and ``was_tried`` whether it was made at all."""

    sentence: str
    is_same: bool = False
    was_tried: bool = False


def made_of_batch(decision: RoutingDecision, version: Published) -> OfBatch:
    """The match that the decision was part of, by the rules of then; a few queries."""
    where = _where(document_of(decision))
    if _kind(version.compiled, decision.queue_id) is not MethodKind.BEST_MATCH:
        return _not(where, NOT_KEPT)
    rows = _matched_along(decision)
    if len(rows) > MOST:
        return _not(where, TOO_MANY)
    documents = [document_of(each) for each in rows]
    if any(each["read"].get("lost") for each in documents):
        return _not(where, LOST)
    if not rows or not all(map(_is_whole, documents)):
        return _not(where, NOT_KEPT)
    before = given_before(rows[0], documents[0]["read"]["place"], version.profile_names)
    if before is None:
        return _not(where, NOT_KEPT)
    pairs = [_pair(each) for each in rows]
    said = {"count": len(rows), "where": where}
    queues = documents[0].get("matched", {}).get("queues", ())
    again = partial(
        match_again, configuration=version.compiled, queues=queues, before=before, now=decision.at
    )
    matched = again(pairs)
    if matched.agents.get(decision.work_item_id) == decision.agent_id:
        return OfBatch(sentence=MATCHED.format(**said), is_same=True)
    kept = [_kept(each) if each.seen.item.id == decision.work_item_id else each for each in pairs]
    other = again(kept)
    is_as_good = len(other.agents) == len(pairs) and other.score >= matched.score - ROUNDED
    if is_as_good and other.declines <= matched.declines:
        return OfBatch(sentence=AS_GOOD.format(**said), is_same=True)
    return replace(_not(where, DECLINES if is_as_good else OTHER), was_tried=True)


def _where(document: Mapping[str, Any]) -> str:
    count = document.get("matched", {}).get("count", 1)
    return f"{count} queues" if count > 1 else "the queue"


def _kept(pair: Pair) -> Pair:
    """As if all others had declined it: a match that gives it to who got it."""
    others = {agent.id: 99 for agent in pair.seen.agents if agent.id != pair.agent_id}
    item = replace(pair.seen.item, declined={**pair.seen.item.declined, **others})
    return replace(pair, seen=replace(pair.seen, item=item))


def _not(where: str, why: str) -> OfBatch:
    return OfBatch(sentence=ALONE.format(where=where, why=why))


def _kind(compiled: CompiledConfiguration, queue_id: int | None) -> MethodKind | None:
    method = compiled.method_of(queue_id)
    return method.kind if method else None


def _matched_along(decision: RoutingDecision) -> Sequence[RoutingDecision]:
    """Those of its batch and queue, or of the queues matched at once, in turn; one more than are
    looked at."""
    matched = decision.document.get("matched")
    is_of_several = matched is not None and matched["count"] > 1
    alike = RoutingDecision.objects.filter(
        at=decision.at,
        stage=DecisionStage.ASSIGNMENT,
        document__how=How.PUSH.value,
        **({"document__matched": matched} if is_of_several else {"queue_id": decision.queue_id}),
    )
    before = alike.filter(pk__lt=decision.pk).order_by("-pk")[: MOST + 1]
    after = alike.filter(pk__gt=decision.pk).order_by("pk")[: MOST + 1]
    return [
        *reversed(_in_a_row([decision, *before], -1)),
        *_in_a_row([decision, *after], 1)[1:],
    ]


def _in_a_row(rows: Any, step: int) -> list[RoutingDecision]:
    """As long as each has the next place of its batch."""
    found: list[RoutingDecision] = []
    for row in rows:
        if found and _place(row) != _place(found[-1]) + step:
            break
        found.append(row)
    return found


def _place(decision: RoutingDecision) -> int:
    place: int = document_of(decision)["read"]["place"]
    return place


def _is_whole(document: Mapping[str, Any]) -> bool:
    own = document["read"]
    is_scored = {"score", "waiting"} <= document["numbers"].keys()
    return bool(document.get("seen")) and not own.get("cut") and is_scored


def _pair(decision: RoutingDecision) -> Pair:
    document = document_of(decision)
    queue_id = decision.queue_id or 0
    seen = Seen.of(document, item_id=decision.work_item_id, queue_id=queue_id, at=decision.at)
    numbers = document["numbers"]
    return Pair(
        seen=seen,
        waited=numbers["waiting"],
        agent_id=decision.agent_id or 0,
        score=numbers["score"],
    )
