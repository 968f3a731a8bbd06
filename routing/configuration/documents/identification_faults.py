"""Rules of a document that would find customers by what cannot be compared (B 10.3)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workstreams.actions.save_identification_rule import (
    MOST_RULES,
    RECORDS_NEED_NONE,
    TOO_MANY,
    keys_fault,
)

Fault = tuple[str, str]


def faults_of_identification(
    rules: Sequence[Mapping[str, Any]], path: str, *, is_of_records: bool = False
) -> Iterator[Fault]:
    """What the page of a rule refuses, too: a key that is not known would be left out, and the
    customer found by less than the rule says."""
    if rules and is_of_records:
        yield path, RECORDS_NEED_NONE
    if len(rules) > MOST_RULES:
        yield path, TOO_MANY
    for index, rule in enumerate(rules):
        if fault := keys_fault(rule["entity"], rule["keys"]):
            yield f"{path}.{index}.keys", fault
