"""/identification-rules: how customers are recognised."""

from typing import Annotated

from django.db.models import QuerySet
from django.http import Http404
from ninja import Router, Status
from pydantic import Field
from typing_extensions import TypedDict

from config.api.auth import CONFIGURERS, READERS
from config.api.named_rows import named
from config.api.schema import Body, Flag, Move, Name, number, optional
from config.clock import database_now
from config.request import AppRequest
from workstreams.actions.arrange_identification import (
    delete_identification_rule,
    move_identification_rule,
)
from workstreams.actions.save_identification_rule import save_identification_rule
from workstreams.models import IdentificationRule, Workstream
from workstreams.terms import IdentifiedEntity

router = Router(auth=READERS, tags=["customers"])

Keys = Annotated[dict[str, str], Field(max_length=20)]


class RuleIn(Body):
    """A new identification rule; without a workstream it is the organisation's."""

    name: Name
    entity: IdentifiedEntity
    keys: Keys
    is_enabled: Flag = True
    workstream: Name | None = None


class RuleChanges(Body):
    """What to change; a field left out stays.

    With a ``revision`` the change is refused when somebody else saved meanwhile.
    """

    name: Name = optional()
    entity: IdentifiedEntity = optional()
    keys: Keys = optional()
    is_enabled: Flag = optional()
    revision: Annotated[int, number(1, 2**31 - 1)] = optional()


class RuleDocument(TypedDict):
    """``keys`` are questions or variables by the field that they are compared with."""

    id: int
    workstream: str | None
    name: str
    entity: str
    keys: dict[str, str]
    is_enabled: bool
    revision: int


@router.get(
    "/identification-rules", response=list[RuleDocument], summary="List identification rules"
)
def list_rules(request: AppRequest) -> list[RuleDocument]:
    """The organisation's first, then those of workstreams, each in their order."""
    rows = _rules().order_by("workstream__name", "position", "id")
    return sorted(map(_rule, rows), key=lambda rule: rule["workstream"] or "")


@router.post(
    "/identification-rules",
    auth=CONFIGURERS,
    response={201: RuleDocument},
    summary="Add an identification rule",
)
def create_rule(request: AppRequest, body: RuleIn) -> Status[RuleDocument]:
    values = body.model_dump()
    values["workstream"] = named(Workstream, "workstream", body.workstream)
    row = save_identification_rule(by=request.user, now=database_now(), **values)
    return Status(201, _rule(row))


@router.patch(
    "/identification-rules/{int:identification_rule_id}",
    auth=CONFIGURERS,
    response=RuleDocument,
    summary="Change an identification rule",
)
def change_rule(
    request: AppRequest, identification_rule_id: int, body: RuleChanges
) -> RuleDocument:
    row = _load(identification_rule_id)
    saved = save_identification_rule(
        workstream=row.workstream,
        rule=row,
        by=request.user,
        now=database_now(),
        **body.given(),
    )
    return _rule(saved)


@router.post(
    "/identification-rules/{int:identification_rule_id}/move",
    auth=CONFIGURERS,
    response=list[RuleDocument],
    summary="Try an identification rule sooner or later",
)
def move_rule(request: AppRequest, identification_rule_id: int, body: Move) -> list[RuleDocument]:
    """Among the rules of its workstream, or of the organisation. Answers all rules."""
    row = _load(identification_rule_id)
    move_identification_rule(rule=row, up=body.up, by=request.user, now=database_now())
    return list_rules(request)


@router.delete(
    "/identification-rules/{int:identification_rule_id}",
    auth=CONFIGURERS,
    response={204: None},
    summary="Delete an identification rule",
)
def delete_rule(request: AppRequest, identification_rule_id: int) -> Status[None]:
    delete_identification_rule(
        rule=_load(identification_rule_id), by=request.user, now=database_now()
    )
    return Status(204, None)


def _load(identification_rule_id: int) -> IdentificationRule:
    found = _rules().filter(pk=identification_rule_id).first()
    if found is None:
        raise Http404
    return found


def _rules() -> "QuerySet[IdentificationRule]":
    return IdentificationRule.objects.select_related("workstream")


def _rule(row: IdentificationRule) -> RuleDocument:
    return RuleDocument(
        id=row.pk,
        workstream=row.workstream.name if row.workstream else None,
        name=row.name,
        entity=row.entity,
        keys=row.keys,
        is_enabled=row.is_enabled,
        revision=row.revision,
    )
