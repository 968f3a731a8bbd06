"""Write a batch of decided assignments, each guarded by the state it assumes."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from routing import configuration
from routing.dispatcher.explanations import documents_of
from routing.dispatcher.lease import holds_epoch
from routing.dispatcher.load import Situation
from routing.dispatcher.rooms import fits, lock_rooms, profile_ids
from routing.engine.configuration import OfferRules
from routing.engine.decisions import BatchDecision, Proposal
from routing.engine.offer_rules import rules_of, scenario_of
from routing.sql import statement
from routing.terms import DecisionStage, How


def commit(
    *,
    decision: BatchDecision,
    situation: Situation,
    published: configuration.Published,
    epoch: int,
    now: datetime,
) -> int:
    """Write what still holds and return how many assignments that were.

    1. Nothing, once another router has taken over (``epoch``).
    2. Lock the items that still wait in the same queue; others are somebody's work.
    3. Lock the agents' loads by id; drop proposals whose agent has gone, left or is full.
    4. Insert receipts, raise loads, move items, write events and explanations.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if epoch and not holds_epoch(cursor, epoch):
            return 0
        waiting = _lock_items(cursor, decision.assignments)
        candidates = [
            each for each in decision.assignments if waiting.get(each.item_id) is not None
        ]
        rooms = lock_rooms(cursor, candidates, published)
        kept = [each for each in candidates if fits(each, rooms, waiting, published)]
        if kept:
            _write(cursor, kept, decision, situation, published, epoch, now)
    return len(kept)


def _lock_items(cursor: Any, proposals: Iterable[Proposal]) -> dict[int, int]:
    """Workstream by item, of those that still wait where they were seen."""
    proposals = list(proposals)
    cursor.execute(
        statement("lock_waiting_items"),
        {
            "item_ids": [each.item_id for each in proposals],
            "queue_ids": [each.queue_id for each in proposals],
            "requirement_keys": [each.requirement_key for each in proposals],
        },
    )
    return dict(cursor.fetchall())


def _write(
    cursor: Any,
    kept: Sequence[Proposal],
    decision: BatchDecision,
    situation: Situation,
    published: configuration.Published,
    epoch: int,
    now: datetime,
) -> None:
    rules = _rules_of_offers(kept, situation, published)
    rows = {
        "now": now,
        "epoch": epoch,
        "item_ids": [each.item_id for each in kept],
        "agent_ids": [each.agent_id for each in kept],
        "queue_ids": [each.queue_id for each in kept],
        "units": [each.units for each in kept],
        "profiles": [json.dumps(profile_ids(each, published)) for each in kept],
        "hows": [each.how.value for each in kept],
        "overrides": [each.how in (How.AFFINITY, How.PREFERRED) for each in kept],
        "deadlines": [now + timedelta(seconds=each.seconds) for each in rules],
        "templates": [each.id for each in rules],
        "may_declines": [each.may_decline for each in rules],
        "auto_assigns": [each.auto_assign for each in rules],
        "auto_accepts": [each.auto_accept for each in rules],
    }
    cursor.execute(statement("insert_offers"), rows)
    cursor.execute(statement("hold_units"), rows)
    if any(each.profiles for each in kept):
        cursor.execute(statement("hold_profiles"), rows)
    cursor.execute(statement("take_turns"), rows)
    cursor.execute(statement("move_offered_items"), rows)
    documents = documents_of(kept, decision, situation, published, now)
    _store_decisions(cursor, kept, documents, decision.configuration_version, now)


def _store_decisions(
    cursor: Any, kept: Sequence[Proposal], documents: Sequence[str], version: int, now: datetime
) -> None:
    """Copied in, because these are most of the bytes of a batch."""
    with cursor.cursor.copy(statement("copy_decisions")) as copy:
        for each, document in zip(kept, documents, strict=True):
            copy.write_row(
                (
                    each.item_id,
                    DecisionStage.ASSIGNMENT.value,
                    version,
                    now,
                    each.queue_id,
                    each.agent_id,
                    document,
                )
            )


def _rules_of_offers(
    kept: Sequence[Proposal], situation: Situation, published: configuration.Published
) -> list[OfferRules]:
    """What each offer's template makes of it, in the version that decided it."""
    items, compiled = {item.id: item for item in situation.items}, published.compiled
    found = []
    for each in kept:
        item = items[each.item_id]
        scenario = scenario_of(each.how, is_known_customer=item.is_known_customer)
        found.append(rules_of(compiled, compiled.workstreams[item.workstream_id], scenario))
    return found
