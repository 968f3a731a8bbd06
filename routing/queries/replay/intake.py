"""Which intake rule took a record, asked again."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from routing import configuration
from routing.configuration import Published
from routing.engine.choose_workstream import choose_workstream
from routing.engine.explain import routing_document
from routing.engine.replay_decision import as_read
from routing.models import RoutingDecision
from routing.queries.asked_then import asked_then
from routing.queries.item_fields import FIELD_RELATIONS, item_fields
from routing.queries.replay.answer import NOT_KEPT, TOO_LONG, Made
from routing.queries.stored_decision import document_of
from workstreams.models import WorkItem

UNROUTED: Final = "No intake rule matches: the record would stay unrouted."


def why_not(document: Mapping[str, Any]) -> str:
    """Why it cannot be asked again, as far as it says itself."""
    known = document.get("read")
    if known is None:
        return NOT_KEPT
    return TOO_LONG.format(fields=", ".join(known["cut"])) if known.get("cut") else ""


def then(decision: RoutingDecision, version: Published) -> Made:
    """By the version that made it."""
    return _made(decision, version, {})


def today(decision: RoutingDecision, rules: Published) -> Made:
    """By other rules; what they ask for that was not read then is read now."""
    item = WorkItem.objects.select_related(*FIELD_RELATIONS).get(pk=decision.work_item_id)
    asked = asked_then(decision, configuration.at(decision.version))
    return _made(decision, rules, item_fields(item), asked)


def is_same(decision: RoutingDecision, made: Made) -> bool:
    """Whether the same workstream gets it by the same rules."""
    stored, again = document_of(decision), made.stored
    return all(stored.get(part) == again[part] for part in ("workstream", "stages"))


def _made(
    decision: RoutingDecision,
    rules: Published,
    fields: Mapping[str, Any],
    asked: Collection[str] = (),
) -> Made:
    known = document_of(decision)["read"]
    choice = choose_workstream(
        rules.compiled.intake,
        as_read(fields, known, asked=asked),
        now=decision.at,
        record_type=known["record_type"],
    )
    parts: dict[str, Any] = {"configuration_version": rules.number, "workstream": choice.workstream}
    ids = rules.compiled.workstream_id_by_name
    return Made(
        outcome=ids.get(choice.workstream or ""),
        document=routing_document(**parts, intake=choice, is_whole=True),
        stored=routing_document(**parts, intake=choice, read=known),
        sentence="" if choice.workstream else UNROUTED,
    )
