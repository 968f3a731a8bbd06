"""What the rules behind a stored decision asked for."""

from routing.configuration import Published
from routing.engine.what_was_read import asked_of_item, asked_of_record
from routing.models import RoutingDecision
from routing.queries.stored_decision import document_of
from routing.terms import DecisionStage


def asked_then(decision: RoutingDecision, version: Published) -> tuple[str, ...]:
    """All fields that the rules of the decision's own version ask for, so that what it kept no
    value of was empty. KeyError where they lack what the decision names."""
    document, compiled = document_of(decision), version.compiled
    if decision.stage == DecisionStage.INTAKE:
        return asked_of_record(compiled.intake, document["read"]["record_type"])
    workstream_id = compiled.workstream_id_by_name[document["workstream"]]
    return asked_of_item(compiled.workstreams[workstream_id])
