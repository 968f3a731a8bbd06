"""Records, and what they need to be routed."""

from itertools import count
from typing import Any

from routing.models import Rule
from tests.factories.workstreams import make_intake
from workstreams.models import Record, RecordType, Workstream

NUMBERS = count(1)
VIP = {"field": "record.tier", "op": "equals", "value": "vip"}


def make_record(title: str = "", *, record_type: str = "case", **fields: Any) -> Record:
    """An active case."""
    found = RecordType.objects.get(name=record_type)
    return Record.objects.create(
        record_type=found, title=title or f"Record {next(NUMBERS)}", **fields
    )


def make_intake_rule(workstream: Workstream, *, name: str = "All", when: Any = None) -> Rule:
    """A rule at the end of the record type's list; always matches unless told when."""
    assert workstream.record_type is not None
    ruleset = workstream.record_type.rulesets.first() or make_intake(
        record_type=workstream.record_type.name
    )
    return Rule.objects.create(
        ruleset=ruleset,
        name=name,
        when=when or {},
        workstream=workstream,
        position=ruleset.rules.count() + 1,
    )
