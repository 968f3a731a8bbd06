"""Write a batch of decided assignments, each guarded by the state it assumes."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection, transaction

from routing import configuration
from routing.dispatcher.lease import holds_epoch
from routing.dispatcher.meanwhile import Lines, Meanwhile, ask_all
from routing.dispatcher.patience import Patience
from routing.dispatcher.rooms import Room, fits, lock_rooms, profile_ids
from routing.engine.configuration import OfferRules
from routing.engine.decisions import BatchDecision, Proposal
from routing.engine.offer_rules import rules_of, scenario_of
from routing.engine.staff import Staff
from routing.sql import array_of, statement
from routing.terms import DecisionStage, How

# The router remembers what it gives; the triggers need not tell it.
OWN_CHANGES: Final = "SELECT set_config('switchyard.own_changes', 'on', true)"
# What is looked at by the end at the latest, a quarter of the server's time: while others work.
ALL_CONSTRAINTS: Final = "SET CONSTRAINTS ALL IMMEDIATE"


class Waiting(NamedTuple):
    """What an offer asks of an item that still waits."""

    workstream_id: int
    is_known_customer: bool


def commit(
    *,
    decision: BatchDecision,
    explain: Callable[[Sequence[Proposal]], Sequence[str]],
    published: configuration.Published,
    staff: Staff,
    epoch: int,
    now: datetime,
    late: timedelta = timedelta(),
    is_remembered: bool = False,
    meanwhile: Meanwhile | None = None,
    patience: Patience | None = None,
) -> list[Proposal]:
    """Write what still holds and return it.

    1. Nothing, once another router has taken over (``epoch``).
    2. Lock the items that still wait in the same queue; others are somebody's work.
    3. Lock the agents' loads by id; drop proposals whose agent has gone, left or is full,
       or is no longer as the rules saw him in the ``staff``.
    4. Insert receipts, raise loads, move items, write events and explanations.

    Countdowns begin so ``late`` after the moment of the decision, ``now``.
    ``explain`` gives the documents; with ``is_remembered`` the router works out itself what the
    batch changes about agents. ``meanwhile`` goes on with other work while the server writes.
    ``patience`` is what is left of it for loads that others hold.
    """
    with transaction.atomic(), connection.cursor() as own:
        cursor: Any = meanwhile.cursor(own) if meanwhile else own
        if epoch and not holds_epoch(cursor, epoch):
            return []
        waiting = _lock_items(cursor, decision.assignments, is_remembered=is_remembered)
        workstreams = {id: each.workstream_id for id, each in waiting.items()}
        free = [each for each in decision.assignments if each.item_id in waiting]
        rooms = lock_rooms(cursor, free, published, staff=staff, patience=patience or Patience())
        kept = [each for each in free if fits(each, rooms, workstreams, published)]
        if kept:
            rules = _rules_of_offers(kept, waiting, published)
            _write(cursor, kept, rules, rooms, published, epoch, now, late)
            version = decision.configuration_version
            lines = _decisions(kept, explain(kept), version, now)
            ask_all(cursor, [(statement("copy_decisions"), lines), (ALL_CONSTRAINTS, None)])
    return kept


def _lock_items(
    cursor: Any, proposals: Iterable[Proposal], *, is_remembered: bool
) -> dict[int, Waiting]:
    """Those that still wait where they were seen, by id."""
    seen = {each.item_id: (each.queue_id, each.requirement_key) for each in proposals}
    lock = statement("lock_waiting_items"), {"item_ids": array_of(sorted(seen))}
    ask_all(cursor, [(OWN_CHANGES, None), lock] if is_remembered else [lock])
    return {
        id: Waiting(workstream_id, is_known_customer)
        for id, queue_id, key, workstream_id, is_known_customer in cursor.fetchall()
        if seen[id] == (queue_id, key)
    }


def _write(
    cursor: Any,
    kept: Sequence[Proposal],
    rules: Sequence[OfferRules],
    rooms: Mapping[int, Room],
    published: configuration.Published,
    epoch: int,
    now: datetime,
    late: timedelta,
) -> None:
    rows = {
        "now": now,
        "epoch": epoch,
        "item_ids": array_of(each.item_id for each in kept),
        "agent_ids": array_of(each.agent_id for each in kept),
        "queue_ids": array_of(each.queue_id for each in kept),
        "units": array_of(each.units for each in kept),
        "profiles": [_as_json(profile_ids(each.profiles, published)) for each in kept],
        "hows": array_of(each.how for each in kept),
        "turns": array_of(each.turn for each in kept),
        "overrides": array_of(
            each.how is not How.PUSH and each.item_id in rooms[each.agent_id].overrides
            for each in kept
        ),
        "deadlines": array_of(_deadlines(rules, now + late)),
        "templates": array_of(each.id for each in rules),
        "may_declines": array_of(each.may_decline for each in rules),
        "auto_assigns": array_of(each.auto_assign for each in rules),
        "auto_accepts": array_of(each.auto_accept for each in rules),
    }
    names = ["insert_offers", "hold_units", "take_turns", "move_offered_items"]
    if any(each.profiles for each in kept):
        names.insert(2, "hold_profiles")
    ask_all(cursor, [(statement(name), rows) for name in names])


def _as_json(ids: Sequence[int]) -> str:
    return json.dumps(ids) if ids else "[]"


def _deadlines(rules: Sequence[OfferRules], now: datetime) -> Iterator[str]:
    """Most offers of a batch run out at the same moment."""
    known: dict[int, str] = {}
    for each in rules:
        if each.seconds not in known:
            known[each.seconds] = (now + timedelta(seconds=each.seconds)).isoformat()
        yield known[each.seconds]


def _decisions(
    kept: Sequence[Proposal], documents: Sequence[str], version: int, now: datetime
) -> Lines:
    """Copied in, because these are most of the bytes of a batch; written as the lines that the
    server reads, which is quicker than row by row. In JSON only a backslash has to be escaped."""
    alike = f"{DecisionStage.ASSIGNMENT.value}\t{version}\t{now.isoformat()}"
    lines = [
        f"{each.item_id}\t{alike}\t{each.queue_id}\t{each.agent_id}\t"
        + document.replace("\\", "\\\\")
        for each, document in zip(kept, documents, strict=True)
    ]
    return Lines("\n".join([*lines, ""]))


def _rules_of_offers(
    kept: Sequence[Proposal], waiting: Mapping[int, Waiting], published: configuration.Published
) -> list[OfferRules]:
    """What each offer's template makes of it, in the version that decided it."""
    compiled = published.compiled
    known: dict[tuple[int, str], OfferRules] = {}
    found = []
    for each in kept:
        item = waiting[each.item_id]
        scenario = scenario_of(each.how, is_known_customer=item.is_known_customer)
        key = item.workstream_id, scenario
        if key not in known:
            known[key] = rules_of(compiled, compiled.workstreams[item.workstream_id], scenario)
        found.append(known[key])
    return found
