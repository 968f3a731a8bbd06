"""Intake rules."""

import pytest

from routing.engine.choose_workstream import choose_workstream
from routing.engine.configuration import compile_piece
from tests.routing.engine.situations import NOW

REFUND = {"field": "record.kind", "op": "equals", "value": "refund"}
RULES = compile_piece(
    "intake",
    {
        "name": "intake",
        "rules": [
            {"name": "refunds", "record_type": "case", "when": REFUND, "workstream": "Refunds"},
            {"name": "cases", "record_type": "case", "when": {}, "workstream": "Cases"},
            {"name": "vip", "record_type": None, "when": REFUND, "workstream": "Other refunds"},
        ],
    },
)

CASES = [
    ("first match", "case", "refund", "Refunds", ["applied", "not_processed", "not_processed"]),
    ("next match", "case", "fault", "Cases", ["processed", "applied", "not_processed"]),
    ("any type", "email", "refund", "Other refunds", ["processed", "processed", "applied"]),
    ("unrouted", "email", "fault", None, ["processed", "processed", "processed"]),
]


@pytest.mark.parametrize(
    ("record_type", "kind", "workstream", "results"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_the_first_intake_rule_of_the_type_picks_the_workstream(
    record_type, kind, workstream, results
):
    fields = {"record": {"kind": kind}}

    choice = choose_workstream(RULES, fields, now=NOW, record_type=record_type)

    assert choice.workstream == workstream
    assert [rule.result.value for rule in choice.stages[0].rules] == results
