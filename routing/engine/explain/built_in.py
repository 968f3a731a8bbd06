"""Who was looked at by a built-in method: who passes the tests, in its order."""

from collections.abc import Mapping

from routing.engine.capacity import room
from routing.engine.decisions import Failure, Numbers
from routing.engine.eligible import (
    TESTS,
    Rules,
    has_every_skill,
    has_not_declined_too_often,
)
from routing.engine.explain.left import left_for
from routing.engine.explain.looked import DECLINED, Looked
from routing.engine.explain.pack import table_of
from routing.engine.facts import ItemFacts
from routing.engine.rank import numbers, says_the_same_of_all
from routing.engine.seats import Place
from routing.engine.skills import Scale
from routing.engine.standings import Standings


def looked_at_by_built_in(
    item: ItemFacts,
    standings: Standings,
    rules: Rules,
    scales: Mapping[str, Scale],
    *,
    most_shown: int | None,
) -> Looked:
    """With ``most_shown`` the first so many are named, and nobody who failed. ``standings`` are
    those of all that needs the same room, whoever declined which of it."""
    left, skilled = left_for(item, standings, rules), standings.with_skills(item, rules)
    counts = {name: count for name, count in standings.counts.items() if count}
    if lacking := len(standings.passed) - len(skilled):
        counts["has_every_skill"] = lacking
    if declined := left.barred_among(skilled):
        counts[DECLINED] = declined
    places: list[Place] = [entry[-1] for entry in left.first_of(skilled, most_shown)]
    if says_the_same_of_all(item, rules):
        rows = [each.said or _numbers_of_all(each, item, rules, scales) for each in places]
    else:
        rows = [_numbers(each, item, rules, scales) for each in places]
    return Looked(
        eligible=[each.seat.username for each in places],
        numbers=table_of(rows),
        eligible_count=len(skilled) - declined,
        failed=() if most_shown is not None else _failed_ones(standings, item, rules),
        counts=counts,
        head={},
    )


def _numbers(place: Place, item: ItemFacts, rules: Rules, scales: Mapping[str, Scale]) -> Numbers:
    return numbers(place, room(place.seat, item), item, rules, scales)


def _numbers_of_all(
    place: Place, item: ItemFacts, rules: Rules, scales: Mapping[str, Scale]
) -> Numbers:
    """The same where they are those of any other item, too: kept from batch to batch."""
    said = place.said = _numbers(place, item, rules, scales)
    return said


def _failed_ones(standings: Standings, item: ItemFacts, rules: Rules) -> list[tuple[str, Failure]]:
    """Those who fail a test; of who passed the tests for all, the one the item adds."""
    failed = [*standings.failed.values()]
    for *_, place in standings.passed:
        if not has_every_skill(item, place.seat, rules):
            failed.append((place, "has_every_skill"))
        elif not has_not_declined_too_often(item, place.seat, rules):
            failed.append((place, DECLINED))
    return [(place.seat.username, _failure(name, item, place, rules)) for place, name in failed]


def _failure(name: str, item: ItemFacts, place: Place, rules: Rules) -> Failure:
    return Failure(test=name, numbers=TESTS[name][1](item, place.seat, rules))
