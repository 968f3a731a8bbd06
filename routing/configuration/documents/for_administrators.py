"""What an import may change only for administrators, as on the pages of these kinds."""

from collections.abc import Iterator
from typing import Final

from agents.models import User
from routing.configuration.documents.landscape import entries
from routing.configuration.documents.plan import AGENT, Plan
from routing.configuration.documents.schema import SECTIONS, key_of
from routing.configuration.documents.validate import Examination
from routing.configuration.documents.validate_shape import PEOPLE, Finding, finding

KINDS: Final = (
    "rating_model",
    "skill",
    "agent_attribute",
    "capacity_profile",
    "learned_model",
    "assignment_method",
    "presence",
    "operating_hours",
    "record_type",
)
SENTENCE: Final = "Only administrators may create or change this."


def beyond_leave(examination: Examination, planned: Plan, by: User | None) -> list[Finding]:
    """A finding for each entry that the person may not write; commands may write all."""
    return [] if by is None or by.is_administrator else list(_findings(examination, planned))


def _findings(examination: Examination, planned: Plan) -> Iterator[Finding]:
    steps = {(step.kind, step.key) for step in (*planned.created, *planned.changed)}
    for kind in KINDS:
        for index, entry in entries(examination.document, kind):
            if (kind, key_of(kind, entry)) in steps:
                yield finding(f"{SECTIONS[kind]}.{index}", SENTENCE)
    for key, index in examination.people.places.items():
        if (AGENT, key) in steps:
            yield finding(f"{PEOPLE}.{index}", SENTENCE)
