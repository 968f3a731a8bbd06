"""The router gives nobody more work items than one may have open at once (A 12)."""

from typing import Any

import pytest

from routing.engine.assign import decide
from routing.engine.decisions import BatchDecision
from tests.routing.engine.situations import NOW, a_configuration, a_workstream, an_agent, an_item

AT_WORK = ["available", "busy"]


def decided(many: int, agent: dict[str, Any], *, units: int = 1, **piece: Any) -> BatchDecision:
    items = [an_item(id, capacity_units=units) for id in range(1, many + 1)]
    facts: dict[str, Any] = {"units_limit": 50, "presence_follows": True} | agent
    workstream = a_workstream(**({"allowed_presences": AT_WORK} | piece))
    return decide(a_configuration(workstream), items, [an_agent(**facts)], now=NOW)


GETS: dict[str, tuple[dict[str, Any], dict[str, Any], int]] = {
    "ten": ({}, {}, 10),
    "ten of no weight": ({"units_limit": 0}, {"units": 0}, 10),
    "one beside nine": ({"items_held": 9}, {}, 1),
    "none beside ten": ({"items_held": 10}, {}, 0),
    "all where he chose his presence": ({"presence_follows": False}, {}, 40),
    "all where people not to be disturbed may have them": (
        {}, {"allowed_presences": [*AT_WORK, "busy_dnd"]}, 40,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("agent", "more", "expected"), GETS.values(), ids=list(GETS))
def test_of_forty_an_agent_gets(agent: dict[str, Any], more: Any, expected: int) -> None:
    if agent.get("items_held") == 10:
        agent = agent | {"base_presence": "busy_dnd"}

    assert len(decided(40, agent, **more).assignments) == expected


def test_what_goes_on_waiting_is_kept_by_his_presence() -> None:
    [group] = decided(12, {}).unmatched

    assert (group.waiting, dict(group.counts)) == (2, {"presence_is_allowed": 1})
