"""Rules: intake, and each workstream's classification and route-to-queue rules."""

from typing import Any

from django.http import Http404
from ninja import Body as Whole
from ninja import Router

from config.api.auth import CONFIGURERS, READERS
from config.clock import database_now
from config.request import AppRequest
from routing.actions.save_ruleset import save_intake_rules, save_rulesets
from routing.api.rule_bodies import (
    ClassificationRuleset,
    IntakeRule,
    IntakeRules,
    RouteRule,
    RouteRules,
    Rulesets,
)
from routing.queries.rule_lists import all_intake_rules, rule_list
from routing.terms import RulesetKind
from workstreams.models import RecordType, Workstream

router = Router(auth=READERS, tags=["rules"])

CLASSIFICATION = "/workstreams/{int:workstream_id}/classification-rulesets"
ROUTE_TO_QUEUE = "/workstreams/{int:workstream_id}/route-to-queue-rules"
OF_TYPE = "/record-types/{slug:record_type}/intake-rules"


@router.get(CLASSIFICATION, response=list[ClassificationRuleset], summary="List rulesets")
def list_classification_rulesets(request: AppRequest, workstream_id: int) -> list[Any]:
    return rule_list(RulesetKind.CLASSIFICATION, _load(workstream_id)).rulesets


@router.put(
    CLASSIFICATION,
    auth=CONFIGURERS,
    response=list[ClassificationRuleset],
    summary="Replace all classification rulesets",
)
def put_classification_rulesets(
    request: AppRequest, workstream_id: int, body: Whole[Rulesets]
) -> list[Any]:
    _save(request, workstream_id, RulesetKind.CLASSIFICATION, body)
    return list_classification_rulesets(request, workstream_id)


@router.get(ROUTE_TO_QUEUE, response=list[RouteRule], summary="List route-to-queue rules")
def list_route_to_queue_rules(request: AppRequest, workstream_id: int) -> list[Any]:
    return _rules(RulesetKind.ROUTE_TO_QUEUE, _load(workstream_id))


@router.put(
    ROUTE_TO_QUEUE,
    auth=CONFIGURERS,
    response=list[RouteRule],
    summary="Replace all route-to-queue rules",
)
def put_route_to_queue_rules(
    request: AppRequest, workstream_id: int, body: Whole[RouteRules]
) -> list[Any]:
    _save(request, workstream_id, RulesetKind.ROUTE_TO_QUEUE, body)
    return list_route_to_queue_rules(request, workstream_id)


@router.get("/intake-rules", response=list[IntakeRule], summary="List intake rules")
def list_intake_rules(request: AppRequest) -> list[Any]:
    """Of all record types, one after the other; the order counts within a record type."""
    return all_intake_rules()


@router.put(
    "/intake-rules",
    auth=CONFIGURERS,
    response=list[IntakeRule],
    summary="Replace all intake rules",
)
def put_intake_rules(request: AppRequest, body: Whole[IntakeRules]) -> list[Any]:
    """Those of a record type that none of the rules is for are removed."""
    save_intake_rules(rules=_documents(body), by=request.user, now=database_now())
    return list_intake_rules(request)


@router.get(OF_TYPE, response=list[IntakeRule], summary="List the intake rules of a record type")
def list_intake_rules_of_type(request: AppRequest, record_type: str) -> list[Any]:
    return _rules(RulesetKind.INTAKE, None, _load_type(record_type))


@router.put(
    OF_TYPE,
    auth=CONFIGURERS,
    response=list[IntakeRule],
    summary="Replace the intake rules of a record type",
)
def put_intake_rules_of_type(
    request: AppRequest, record_type: str, body: Whole[IntakeRules]
) -> list[Any]:
    save_intake_rules(
        rules=_documents(body),
        record_type=_load_type(record_type),
        by=request.user,
        now=database_now(),
    )
    return list_intake_rules_of_type(request, record_type)


def _rules(
    kind: RulesetKind, workstream: Workstream | None, record_type: RecordType | None = None
) -> list[Any]:
    """Of kinds that have one ruleset."""
    rulesets = rule_list(kind, workstream, record_type).rulesets
    return [rule for ruleset in rulesets for rule in ruleset["rules"]]


def _save(request: AppRequest, workstream_id: int, kind: RulesetKind, rules: Any) -> None:
    save_rulesets(
        workstream=_load(workstream_id),
        kind=kind,
        rulesets=_documents(rules),
        by=request.user,
        now=database_now(),
    )


def _documents(rules: Any) -> list[dict[str, Any]]:
    """Of classification outputs only what was given, so that nothing is written as nothing."""
    documents = [rule.model_dump() for rule in rules]
    for document, rule in zip(documents, rules, strict=True):
        if isinstance(rule, ClassificationRuleset):
            for inside, one in zip(document["rules"], rule.rules, strict=True):
                inside["then"] = one.then.model_dump(exclude_unset=True)
    return documents


def _load(workstream_id: int) -> Workstream:
    workstream = Workstream.objects.filter(pk=workstream_id).first()
    if workstream is None:
        raise Http404
    return workstream


def _load_type(name: str) -> RecordType:
    record_type = RecordType.objects.filter(name__iexact=name).first()
    if record_type is None:
        raise Http404
    return record_type
