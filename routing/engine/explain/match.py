"""Who was looked at by a best overall match, ranked by what each is worth to one item alone."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from routing.engine.assign.solve import DIGITS, fairness
from routing.engine.assign.sorts import asked_skills, skill_fit
from routing.engine.capacity import room
from routing.engine.decisions import Numbers
from routing.engine.eligible import (
    Rules,
    first_failed_test,
    has_not_declined_too_often,
    name_of_failed_test,
)
from routing.engine.explain.left import undeclined
from routing.engine.explain.looked import DECLINED, Failed, Looked
from routing.engine.explain.pack import table_of
from routing.engine.facts import ItemFacts
from routing.engine.methods.shapes import CustomMethod
from routing.engine.seats import Place, in_text
from routing.engine.skills import Scale


@dataclass(frozen=True, kw_only=True, slots=True)
class Fitting:
    """Who may take what needs the same, by id, whoever declined which of it: how well each fits
    (0 to 1); the others with the first test that each fails."""

    able: dict[int, Place]
    fits: dict[int, float]
    failed: Collection[tuple[Place, str]]


def fitting_for(
    item: ItemFacts, places: Collection[Place], rules: Rules, scales: dict[str, Scale]
) -> Fitting:
    """For all that needs the same as the item."""
    needed, asked = undeclined(item), asked_skills(item, rules)
    able: dict[int, Place] = {}
    failed: list[tuple[Place, str]] = []
    for place in places:
        name = name_of_failed_test(needed, place.seat, rules)
        if name is None:
            able[place.seat.id] = place
        else:
            failed.append((place, name))
    fits = {id: skill_fit(place, asked, scales) for id, place in able.items()}
    return Fitting(able=able, fits=fits, failed=failed)


def looked_at_by_match(
    method: CustomMethod,
    item: ItemFacts,
    fitting: Fitting,
    rules: Rules,
    *,
    most_shown: int | None,
) -> Looked:
    """The batch may have decided otherwise. With ``most_shown`` the first so many are named, and
    nobody who failed."""
    barred = _barred(item, fitting, rules)
    places = fitting.able
    if barred:
        places = {id: place for id, place in places.items() if id not in barred}
    ranked = _ranked(method, item, places, fitting)
    shown = sorted(ranked) if most_shown is None else nsmallest(most_shown, ranked)
    counts = Counter(name for _, name in fitting.failed)
    if barred:
        counts[DECLINED] += len(barred)
    weights = method.weights
    return Looked(
        eligible=[name for _, _, _, name, _ in shown],
        numbers=table_of([_numbers(each, item, fitting) for each in shown]),
        eligible_count=len(places),
        failed=() if most_shown is not None else _failed(item, fitting, rules),
        counts=counts,
        head={
            "weights": {
                "skills": weights.skills,
                "waiting": weights.waiting,
                "fairness": weights.fairness,
            }
        },
    )


# Declines, score and turn, the latter two negated; name and id.
Rank = tuple[int, float, float, str, int]


def _barred(item: ItemFacts, fitting: Fitting, rules: Rules) -> set[int]:
    able = (fitting.able.get(id) for id in {*item.declined, *item.cooling_down})
    return {
        place.seat.id
        for place in able
        if place is not None and not has_not_declined_too_often(item, place.seat, rules)
    }


def _ranked(
    method: CustomMethod, item: ItemFacts, places: dict[int, Place], fitting: Fitting
) -> Iterator[Rank]:
    fair, fits, declined = fairness([*places.values()]), fitting.fits, item.declined
    skills, turns = method.weights.skills, method.weights.fairness
    for id, place in places.items():
        score = round(skills * fits[id] + turns * fair[id], DIGITS)
        yield declined.get(id, 0), -score, -round(fair[id], DIGITS), place.seat.username, id


def _numbers(rank: Rank, item: ItemFacts, fitting: Fitting) -> Numbers:
    declines, score, turn, _, agent_id = rank
    place = fitting.able[agent_id]
    said: dict[str, Any] = {"declines": declines} if item.declined else {}
    return {
        **said,
        "score": -score,
        "skill_fit": round(fitting.fits[agent_id], DIGITS),
        "fairness": -turn,
        "room": room(place.seat, item),
        "last_assigned_at": in_text(place.last_assigned),
    }


def _failed(item: ItemFacts, fitting: Fitting, rules: Rules) -> Failed:
    places = [*(place for place, _ in fitting.failed), *fitting.able.values()]
    found = [(place.seat.username, first_failed_test(item, place.seat, rules)) for place in places]
    return [(name, failure) for name, failure in found if failure is not None]
