"""What became of work items before, as far as it decides who may have them next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from routing import configuration
from routing.engine.facts import TakenThatDay
from routing.sql import statement


class Refusal(NamedTuple):
    """An agent declined or missed an item, or ``put_back`` what he had; he may have taken it up
    since then."""

    agent_id: int
    at: datetime
    put_back: bool
    took_it_since: bool


class History(NamedTuple):
    """By item who refused it, and by agent what he took of it on days that go on."""

    refusals: Sequence[Refusal]
    taken: Mapping[int, tuple[TakenThatDay, ...]]


NONE = History((), {})


def histories_of(
    item_ids: Sequence[int], published: configuration.Published
) -> Mapping[int, History]:
    """Of each item that has one; 1 query at most."""
    refusals: defaultdict[int, list[Refusal]] = defaultdict(list)
    taken: defaultdict[int, dict[int, tuple[TakenThatDay, ...]]] = defaultdict(dict)
    for item_id, agent_id, at, put_back, took_it_since, profiles in _rows(item_ids):
        if profiles is None:
            refusals[item_id].append(Refusal(agent_id, at, put_back, took_it_since))
        else:
            names = tuple(published.profile_names.get(each, "") for each in profiles)
            receipt = TakenThatDay(profiles=names, until=at)
            taken[item_id][agent_id] = (*taken[item_id].get(agent_id, ()), receipt)
    return {id: History(refusals.get(id, ()), taken.get(id, {})) for id in {*refusals, *taken}}


def _rows(item_ids: Sequence[int]) -> list[tuple[Any, ...]]:
    if not item_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement("histories_of_items"), {"item_ids": list(item_ids)})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
