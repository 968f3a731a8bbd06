"""The first of many agents, by the numbers that ranked them.

Of more agents than a decision keeps it lists the first ten who could take the item, with all
that their method compared. Mostly whoever is given work comes later by it: so as long as one of
the ten was given none, nobody behind them can have come first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from routing.engine.explain.method import why_first
from routing.engine.explain.words import ELIGIBLE
from routing.engine.given import Given, in_turn, lost_of
from routing.engine.order_of_many import LAST, ManyOrder
from routing.engine.seats import in_text, microseconds, microseconds_in

BY_WHATEVER: Final = frozenset({"room", LAST, "position"})
# What is said of the method, as it was stored.
HEAD: Final = ("method", "criterion", "ruleset", "rule", "members", "counts")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """Who comes first of those who are listed, and how that is told; nobody is None."""

    agent: str | None
    stage: dict[str, Any]
    considered: Sequence[Mapping[str, Any]]


def tells_of_the_first(document: Mapping[str, Any]) -> bool:
    """Whether a stored decision lists agents with what ranked them. A best match ranks each for
    one item alone."""
    listed = document.get("agents_considered") or ()
    return bool(listed) and all(
        each["eligible"] and each["numbers"].keys() >= BY_WHATEVER for each in listed
    )


def names_of_the_first(document: Mapping[str, Any]) -> list[str]:
    """Their usernames, the first one first."""
    return [each["agent"] for each in document["agents_considered"]]


def first_again(
    document: Mapping[str, Any],
    order: ManyOrder,
    *,
    ids: Mapping[str, int],
    queue_id: int,
    kept: Sequence[Given],
    at: datetime,
) -> Ranked | None:
    """Who comes first once the batch has given what it gave before; None where that cannot be
    told of those who are listed."""
    listed = {ids[each["agent"]]: each for each in document["agents_considered"]}
    given = list(in_turn(kept, lost_of(document["read"])))
    if given and not _can_be_told(document, order, listed, given):
        return None
    turn = microseconds(at)
    numbers = {agent_id: dict(each["numbers"]) for agent_id, each in listed.items()}
    for each in given:
        turn += 1
        if each.agent_id in numbers:
            mine = numbers[each.agent_id]
            if each.queue_id == queue_id:
                turn = max(turn, microseconds_in(mine[LAST]) + 1)
            moment = in_text(turn) if each.queue_id == queue_id else mine[LAST]
            need = each.units or len(each.profiles[:1])
            numbers[each.agent_id] = order.after_one_more(mine, need=need, at=moment)
    able = [(order.key(said), listed[id]["agent"], said) for id, said in numbers.items()]
    able = sorted(each for each in able if order.has_room(each[-1]))
    full = [(listed[id]["agent"], said) for id, said in numbers.items() if not order.has_room(said)]
    considered = [_eligible(name, said, rank) for rank, (_, name, said) in enumerate(able, start=1)]
    considered += [_full(name, said) for name, said in sorted(full, key=lambda each: each[0])]
    return _ranked(document, order, considered)


def _can_be_told(
    document: Mapping[str, Any],
    order: ManyOrder,
    listed: Mapping[int, Any],
    given: Sequence[Given],
) -> bool:
    """Whether nobody who is not listed can have come first, and it is known what those who are
    had become by what the batch had given them."""
    touched = [each for each in given if each.agent_id in listed]
    need = bool(document["units"]), tuple(document["capacity_profiles"])
    are_alike = all((bool(each.units), each.profiles) == need for each in touched)
    are_all_listed = document["counts"][ELIGIBLE] <= len(listed) and "rule" not in document
    is_one_left = len({each.agent_id for each in touched}) < len(listed)
    is_known = all(listed[each.agent_id]["numbers"]["room"] is not None for each in touched)
    return order.only_loses and is_known and are_alike and (are_all_listed or is_one_left)


def _ranked(
    document: Mapping[str, Any], order: ManyOrder, considered: Sequence[Mapping[str, Any]]
) -> Ranked:
    first = next((each for each in considered if each["eligible"]), None)
    stage = {
        "stage": "assignment",
        "rulesets": [],
        **{name: document[name] for name in HEAD if name in document},
        "agent": first["agent"] if first else None,
        "numbers": dict(first["numbers"]) if first else {},
        "why": why_first([dict(each) for each in considered], order.columns),
        "sentence": "" if first else "Nobody gets it.",
    }
    return Ranked(agent=stage["agent"], stage=stage, considered=considered)


def _eligible(name: str, said: Mapping[str, Any], rank: int) -> dict[str, Any]:
    return {"agent": name, "eligible": True, "failed_test": None, "numbers": said, "rank": rank}


def _full(name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "agent": name,
        "eligible": False,
        "failed_test": "has_room",
        "numbers": said,
        "rank": None,
    }
