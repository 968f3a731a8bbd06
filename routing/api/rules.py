"""Rules: intake, and each workstream's classification and route-to-queue rules."""

from typing import Any, Final

from django.db import transaction
from django.http import Http404, HttpResponse
from ninja import Body as Whole
from ninja import Query, Router

from config.api.answers import response_of
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
    SaveQuery,
)
from routing.queries.rule_lists import RuleList, all_intake_rules, rule_list
from routing.terms import RulesetKind
from workstreams.models import RecordType, Workstream

router = Router(auth=READERS, tags=["rules"])

REVISION_HEADER: Final = "Revision"
CLASSIFICATION = "/workstreams/{int:workstream_id}/classification-rulesets"
ROUTE_TO_QUEUE = "/workstreams/{int:workstream_id}/route-to-queue-rules"
OF_TYPE = "/record-types/{slug:record_type}/intake-rules"


@router.get(CLASSIFICATION, response=list[ClassificationRuleset], summary="List rulesets")
def list_classification_rulesets(request: AppRequest, workstream_id: int) -> HttpResponse:
    """The header ``Revision`` tells which save of the list this is, 0 while there was none."""
    return _answer(rule_list(RulesetKind.CLASSIFICATION, _load(workstream_id)))


@router.put(
    CLASSIFICATION,
    auth=CONFIGURERS,
    response=list[ClassificationRuleset],
    summary="Replace all classification rulesets",
)
def put_classification_rulesets(
    request: AppRequest, workstream_id: int, body: Whole[Rulesets], query: Query[SaveQuery]
) -> HttpResponse:
    """With the ``revision`` that the list was read at, a save over somebody else's is refused."""
    kind = RulesetKind.CLASSIFICATION
    return _save(request, _load(workstream_id), kind, rules=body, revision=query.revision)


@router.get(ROUTE_TO_QUEUE, response=list[RouteRule], summary="List route-to-queue rules")
def list_route_to_queue_rules(request: AppRequest, workstream_id: int) -> HttpResponse:
    """The header ``Revision`` tells which save of the list this is, 0 while there was none."""
    return _answer(rule_list(RulesetKind.ROUTE_TO_QUEUE, _load(workstream_id)))


@router.put(
    ROUTE_TO_QUEUE,
    auth=CONFIGURERS,
    response=list[RouteRule],
    summary="Replace all route-to-queue rules",
)
def put_route_to_queue_rules(
    request: AppRequest, workstream_id: int, body: Whole[RouteRules], query: Query[SaveQuery]
) -> HttpResponse:
    """With the ``revision`` that the list was read at, a save over somebody else's is refused."""
    kind = RulesetKind.ROUTE_TO_QUEUE
    return _save(request, _load(workstream_id), kind, rules=body, revision=query.revision)


@router.get("/intake-rules", response=list[IntakeRule], summary="List intake rules")
def list_intake_rules(request: AppRequest) -> list[Any]:
    """Of all record types, one after the other; the order counts within a record type. Each type
    has a revision of its own, which the list of the type tells."""
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
def list_intake_rules_of_type(request: AppRequest, record_type: str) -> HttpResponse:
    """The header ``Revision`` tells which save of the list this is, 0 while there was none."""
    return _answer(rule_list(RulesetKind.INTAKE, None, _load_type(record_type)))


@router.put(
    OF_TYPE,
    auth=CONFIGURERS,
    response=list[IntakeRule],
    summary="Replace the intake rules of a record type",
)
def put_intake_rules_of_type(
    request: AppRequest, record_type: str, body: Whole[IntakeRules], query: Query[SaveQuery]
) -> HttpResponse:
    """With the ``revision`` that the list was read at, a save over somebody else's is refused."""
    known = _load_type(record_type)
    with transaction.atomic():
        save_intake_rules(
            rules=_documents(body),
            record_type=known,
            revision=query.revision,
            by=request.user,
            now=database_now(),
        )
        return _answer(rule_list(RulesetKind.INTAKE, None, known))


def _answer(found: RuleList) -> HttpResponse:
    """The rules alone where a kind has one ruleset."""
    is_whole = found.kind == RulesetKind.CLASSIFICATION
    rules = [rule for ruleset in found.rulesets for rule in ruleset["rules"]]
    response = response_of(found.rulesets if is_whole else rules)
    response[REVISION_HEADER] = str(found.revision)
    return response


def _save(
    request: AppRequest,
    workstream: Workstream,
    kind: RulesetKind,
    *,
    rules: Any,
    revision: int | None,
) -> HttpResponse:
    """The answer is read before anybody else can save."""
    with transaction.atomic():
        save_rulesets(
            workstream=workstream,
            kind=kind,
            rulesets=_documents(rules),
            revision=revision,
            by=request.user,
            now=database_now(),
        )
        return _answer(rule_list(kind, workstream))


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
