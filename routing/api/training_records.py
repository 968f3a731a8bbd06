"""/models/{model_id}/records: what a model is to learn from, reviewed by people."""

from typing import Any

from django.db import transaction
from django.http import Http404
from ninja import Query, Router, Status

from agents.actions.lock_chosen import lock_to_change
from agents.models import Skill
from config.api.auth import ADMINISTRATORS, SUPERVISORS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.named_rows import named_list
from config.api.problems import Invalid
from config.clock import database_now
from config.request import AppRequest
from routing.actions.import_records import import_records
from routing.actions.review_records import approve_records, delete_records, edit_record
from routing.api.model_bodies import (
    Files,
    RecordChanges,
    RecordDocument,
    Review,
    ReviewedDocument,
    record_documents,
)
from routing.exceptions import InvalidFiles
from routing.models import LearnedModel, TrainingRecord
from routing.models.learning import FEELINGS
from routing.queries.training_records import chosen_records

router = Router(auth=SUPERVISORS, tags=["models"])

RECORDS = "/models/{int:model_id}/records"


class RecordQuery(PageQuery):
    """A search in names and texts, and whether they are reviewed."""

    search: str = ""
    state: str = ""


@router.get(RECORDS, response=PageOf[RecordDocument], summary="List records to learn from")
def list_training_records(
    request: AppRequest, model_id: int, query: Query[RecordQuery]
) -> PageOf[RecordDocument]:
    search = query.search.replace("\0", "").strip()
    records = chosen_records(_model(model_id), search=search, state=query.state)
    return page_of(records, query, record_documents)


@router.post(
    f"{RECORDS}/review",
    auth=ADMINISTRATORS,
    response=ReviewedDocument,
    summary="Approve, take back or delete records",
)
def review_training_records(request: AppRequest, model_id: int, body: Review) -> ReviewedDocument:
    model = _model(model_id)
    records = chosen_records(model, search=body.search.replace("\0", ""), state=body.state)
    if not body.all:
        records = records.filter(pk__in=body.ids or [])
    if body.action == "delete":
        return ReviewedDocument(changed=delete_records(model=model, records=records))
    is_approved = body.action == "approve"
    return ReviewedDocument(changed=approve_records(records=records, is_approved=is_approved))


@router.get(f"{RECORDS}/{{int:training_record_id}}", response=RecordDocument, summary="Show one")
def show_training_record(
    request: AppRequest, model_id: int, training_record_id: int
) -> RecordDocument:
    return record_documents([_record(model_id, training_record_id)])[0]


@router.patch(
    f"{RECORDS}/{{int:training_record_id}}",
    auth=ADMINISTRATORS,
    response=RecordDocument,
    summary="Put the tags of a record right",
)
def change_training_record(
    request: AppRequest, model_id: int, training_record_id: int, body: RecordChanges
) -> RecordDocument:
    given = body.given()
    with transaction.atomic():
        lock_to_change(_record(model_id, training_record_id))
        record = _record(model_id, training_record_id)
        edit_record(
            record=record,
            skills=_skills(record, given),
            sentiment=_sentiment(record, given),
            minutes=given.get("minutes", record.minutes),
            is_approved=given.get("approved", True),
        )
    return record_documents([_record(model_id, training_record_id)])[0]


@router.post(
    "/training-records/import",
    auth=ADMINISTRATORS,
    response={201: ReviewedDocument},
    summary="Import records from two CSV files",
)
def import_training_records(request: AppRequest, body: Files) -> Status[ReviewedDocument]:
    try:
        count = import_records(records=body.records, mappings=body.mappings, now=database_now())
    except InvalidFiles as refusal:
        raise Invalid("records", " ".join(refusal.faults)) from refusal
    return Status(201, ReviewedDocument(changed=count))


def _skills(record: TrainingRecord, given: dict[str, Any]) -> list[Skill]:
    if "skills" in given:
        return named_list(Skill.objects.all(), "skills", given["skills"])
    return list(Skill.objects.filter(pk__in=record.skill_ids))


def _sentiment(record: TrainingRecord, given: dict[str, Any]) -> str:
    chosen = str(given.get("sentiment", record.sentiment))
    if chosen and chosen not in dict(FEELINGS):
        raise Invalid("sentiment", f"Choose one of {', '.join(dict(FEELINGS))}.")
    return chosen


def _model(model_id: int) -> LearnedModel:
    model = LearnedModel.objects.filter(pk=model_id).first()
    if model is None:
        raise Http404
    return model


def _record(model_id: int, training_record_id: int) -> TrainingRecord:
    records = TrainingRecord.objects.select_related("model")
    record = records.filter(pk=training_record_id, model=model_id).first()
    if record is None:
        raise Http404
    return record
