"""Pieces become shapes; a malformed rule names its place."""

from datetime import date, time
from typing import Any

import pytest

from agents.terms import BasePresence, CapacityFormat
from routing.engine.conditions import ConditionError
from routing.engine.configuration import Holiday, assemble, compile_piece
from tests.routing.engine.situations import a_configuration, a_workstream
from workstreams.terms import DistributionMode, WrapUpBlock

WORKSTREAM = {
    "name": "Chats",
    "type": "messaging",
    "channel": "live_chat",
    "distribution_mode": "pick",
    "fallback_queue": "Fallback",
    "capacity": {"format": "profile", "profiles": ["Day"]},
    "wrap_up_block": {"mode": "custom", "seconds": 60},
    "allowed_presences": ["available", "busy"],
    "skill_matching": "closest",
    "keep_same_agent": True,
    "agents_may_decline": False,
}


def test_a_workstream_is_compiled_field_by_field():
    workstream = compile_piece("workstream", WORKSTREAM, id=5)

    assert (workstream.id, workstream.name) == (5, "Chats")
    assert workstream.distribution_mode is DistributionMode.PICK
    assert workstream.capacity.format is CapacityFormat.PROFILE
    assert workstream.wrap_up_block.mode is WrapUpBlock.CUSTOM
    assert workstream.allowed_presences == {BasePresence.AVAILABLE, BasePresence.BUSY}
    assert (workstream.keep_same_agent, workstream.agents_may_decline) == (True, False)


def test_a_version_finds_its_pieces_by_id_and_by_name():
    pieces: list[tuple[str, dict[str, Any]]] = [
        ("skill", {"name": "French", "type": "language", "rating_model": "Stars"}),
        ("rating_model", {"name": "Stars", "min": 1, "max": 5}),
        ("capacity_profile", {"name": "Day", "limit": 5, "blocks_assignment": True}),
        ("presence", {"name": "Lunch", "text": "At lunch", "base": "away"}),
        ("template", {"name": "not for routing"}),
    ]

    configuration = a_configuration(*[compile_piece(k, d, id=3) for k, d in pieces])

    assert configuration.number == 7
    assert configuration.queues[configuration.queue_id_by_name["Queue 1"]].name == "Queue 1"
    assert configuration.workstream_id_by_name == {"Workstream 1": 1}
    assert configuration.rating_models[configuration.skills["French"].rating_model or ""].max == 5
    assert configuration.profiles["Day"].blocks_assignment
    assert configuration.presences["Lunch"].base is BasePresence.AWAY


@pytest.mark.parametrize("weekday", [0, "monday", "Monday"])
def test_weekdays_are_numbers_or_names_and_a_day_may_end_at_24(weekday):
    document = {
        "name": "Hours",
        "time_zone": "Europe/Brussels",
        "periods": [{"weekday": weekday, "start": "08:30", "end": "24:00"}],
        "holidays": [{"date": "2025-12-25"}],
    }

    hours = compile_piece("operating_hours", document)

    period = hours.periods[0]
    assert (period.weekday, period.start, period.end) == (0, time(8, 30), time.min)
    assert hours.holidays == (Holiday(first=date(2025, 12, 25), last=date(2025, 12, 25)),)


def test_intake_may_be_a_list_or_hold_one():
    rule = {"name": "all", "workstream": "Cases", "when": None}

    as_list = assemble(1, [compile_piece("intake", [rule])]).intake
    in_piece = assemble(1, [compile_piece("intake", {"name": "intake", "rules": [rule]})]).intake

    assert [each.workstream for each in as_list] == [each.workstream for each in in_piece]


@pytest.mark.parametrize(
    ("piece", "path"),
    [
        ({"classification": [{"name": "A", "rules": [{"name": "r", "when": {"x": 1}}]}]},
         "classification.0.rules.0.when"),
        ({"classification": [{"name": "A", "rules": [{"name": "r", "when": {},
          "then": {"set": {"channel": "sms"}}}]}]}, "classification.0.rules.0.then.set"),
        ({"route_to_queue": [{"name": "r", "when": {"any": 1}, "queues": []}]},
         "route_to_queue.0.when.any"),
    ],
    ids=["condition", "field that cannot be set", "route to queue"],
)  # fmt: skip
def test_a_malformed_rule_is_refused_with_its_path(piece, path):
    with pytest.raises(ConditionError) as refused:
        a_workstream(**piece)

    assert refused.value.path == path


def test_an_unknown_word_is_refused():
    with pytest.raises(ValueError, match="telepathy"):
        a_workstream(type="telepathy")
