"""What stands against the workstream of an intake rule."""

from collections.abc import Iterator
from typing import Any

from routing.check_rules.known import Known, finding, look_up
from routing.engine.conditions import Finding


def intake_faults(rule: dict[str, Any], path: str, known: Known) -> Iterator[Finding]:
    workstream = look_up(known.workstreams, rule.get("workstream"))
    if workstream is None:
        sentence = f"There is no record workstream {rule.get('workstream')}."
        yield finding(f"{path}.workstream", sentence)
        return
    name = rule.get("record_type")
    if not name:
        return
    record_type = look_up(known.record_types, name)
    if record_type is None:
        yield finding(f"{path}.record_type", f"There is no record type {name}.")
    elif record_type.pk != workstream.record_type_id:
        sentence = f"{workstream} takes other records ({workstream.record_type})."
        yield finding(f"{path}.record_type", sentence)


def record_type_of(rule: Any, known: Known) -> int | None:
    """Whose intake rule it is: that of the workstream's record type."""
    workstream = look_up(
        known.workstreams, rule.get("workstream") if isinstance(rule, dict) else None
    )
    return workstream.record_type_id if workstream is not None else None
