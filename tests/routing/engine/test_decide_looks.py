"""How often a batch looks at agents, counted rather than timed."""

from collections import Counter
from typing import Any
from unittest.mock import Mock

import pytest

from agents.terms import BasePresence
from routing.engine.assign import decide
from routing.engine.assign.batch import Batch
from routing.engine.configuration import compile_piece
from routing.engine.facts import Membership
from routing.engine.staff import Staff
from tests.routing.engine.methods import NAME, a_method, a_rule, row
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_queue,
    a_workstream,
    an_agent,
    an_item,
    required,
)


def test_a_group_nobody_can_take_costs_one_look_however_long_it_is(monkeypatch):
    looks = Mock(side_effect=Batch.bench)
    monkeypatch.setattr(Batch, "bench", lambda batch, item: looks(batch, item))
    blocked = [an_item(id, skills=required("Latin")) for id in range(1, 2001)]

    decision = decide(a_configuration(), blocked, [an_agent()], now=NOW)

    assert decision.unmatched[0].waiting == 2000
    assert looks.call_count == 1


class Counted(dict[Any, Any]):
    """What an agent has, which counts how often anybody asks about it."""

    def __init__(self, looks: Counter[str], has: Any = ()) -> None:
        super().__init__(has)
        self.looks = looks

    def __contains__(self, name: object) -> bool:
        self.looks["asked"] += 1
        return super().__contains__(name)

    def __bool__(self) -> bool:
        self.looks["asked"] += 1
        return len(self) > 0


def looks_at(items: Any, *pieces: Any, members: int = 60, **agent: Any) -> int:
    """How often members are looked at for a batch of these items."""
    looks = Counter[str]()
    agents = watched(looks, members, **agent)
    decide(a_configuration(*pieces), items, agents, now=NOW, counts=False)
    return looks["asked"]


def watched(looks: Counter[str], members: int = 60, **agent: Any) -> Staff:
    return Staff(
        an_agent(
            id,
            memberships=Counted(looks, {1: Membership(position=id)}),
            profiles=Counted(looks),
            **agent,
        )
        for id in range(1, members + 1)
    )


# Far fewer than there are members.
FEW = 5
LATIN = a_rule("Latin", row("agent.skills", "contains", "Latin"))
OURS = a_queue(assignment_method=NAME)
BY_LANGUAGE = a_rule("Language", row("agent.locale", "equals", item="context.language"))
BEST = compile_piece("assignment_method", {"name": NAME, "kind": "best_match"}, id=1)
METHODS = {
    "built in": [],
    "closest": [a_workstream(skill_matching="closest")],
    "by rules": [OURS, a_method()],
    "by rules that read the item": [OURS, a_method(BY_LANGUAGE, a_rule())],
    "best match": [OURS, BEST],
}
SPARED: dict[str, dict[str, Any]] = {
    "declined once": {"declined": {1: 1}},
    "declined too often": {"declined": {1: 3}},
    "just back": {"cooling_down": frozenset({1})},
}
FULL, OFFLINE = {"units_used": 1}, {"base_presence": None}


@pytest.mark.parametrize("pieces", METHODS.values(), ids=METHODS)
@pytest.mark.parametrize("spared", SPARED.values(), ids=SPARED)
@pytest.mark.parametrize("agent", [FULL, OFFLINE], ids=["full", "offline"])
def test_where_nobody_is_free_declined_work_costs_no_look_at_everybody(pieces, spared, agent):
    items = [an_item(id, **spared) for id in range(1, 51)]

    one = looks_at(items[:1], *pieces, **agent)
    fifty = looks_at(items, *pieces, **agent)

    assert fifty < one + len(items) * FEW


@pytest.mark.parametrize("name", ["built in", "closest", "by rules"])
@pytest.mark.parametrize("spared", SPARED.values(), ids=SPARED)
def test_where_many_are_free_declined_work_costs_no_look_at_all_of_them(name, spared):
    items = [an_item(id, skills=required("Latin"), **spared) for id in range(1, 51)]
    knows = {"Latin": 1.0}

    one = looks_at(items[:1], *METHODS[name], skills=knows)
    fifty = looks_at(items, *METHODS[name], skills=knows)

    assert fifty < one + len(items) * FEW


@pytest.mark.parametrize("pieces", [[], [OURS, a_method(LATIN)]], ids=["built in", "by rules"])
def test_who_could_ever_have_declined_work_is_asked_once(pieces):
    items = [an_item(id, skills=required("Latin"), declined={1: 3}) for id in range(1, 51)]

    one = looks_at(items[:1], *pieces)
    fifty = looks_at(items, *pieces)

    assert fifty < one + len(items) * FEW


@pytest.mark.parametrize(("most", "anew"), [(60 * 50, 0), (60 * 40, 11)], ids=["fit", "too many"])
def test_of_fifty_sorts_of_need_a_batch_judges_anew_only_those_that_could_not_be_kept(
    monkeypatch, most, anew
):
    monkeypatch.setattr("routing.engine.staff.MOST_JUDGED", most)
    configuration = a_configuration(OURS, a_method())
    items = [an_item(id, skills=required(f"Skill {id}")) for id in range(1, 51)]
    looks = Counter[str]()
    staff = watched(looks, **FULL)
    decide(configuration, items, staff, now=NOW, counts=False)
    looks.clear()

    decide(configuration, items, staff, now=NOW, counts=False)

    each = 60 * 2
    assert looks["asked"] <= each * anew


def test_where_work_lets_agents_in_what_needs_the_same_costs_one_look_at_everybody():
    items = [an_item(id, requirement_key=f"own {id}") for id in range(1, 51)]
    admits = a_workstream(allowed_presences=["busy"])
    busy: dict[str, Any] = {"base_presence": BasePresence.BUSY, **FULL}

    one = looks_at(items[:1], admits, **busy)
    fifty = looks_at(items, admits, **busy)

    assert fifty < one + len(items) * FEW
