"""/models: what machines learn from closed work; load, train, publish, try."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from ninja import Query, Router, Status

from agents.actions.lock_chosen import lock_to_change
from agents.models import Skill
from config.api.auth import ADMINISTRATORS, SUPERVISORS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.named_rows import named_list
from config.clock import database_now
from config.request import AppRequest
from routing.actions.ask_for_records import ask_for_records, cancel_loading
from routing.actions.delete_model import delete_model
from routing.actions.publish_model import publish_model
from routing.actions.save_model import save_model
from routing.actions.train_model import ask_for_training, cancel_training
from routing.api.model_bodies import (
    LoadDocument,
    ModelChanges,
    ModelDocument,
    ModelIn,
    Text,
    TriedDocument,
    VersionDocument,
    load_document,
    model_document,
    version_document,
)
from routing.models import LearnedModel, ModelVersion
from routing.queries.dry_run import Tried, try_feeling, try_model
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import Workstream

router = Router(auth=SUPERVISORS, tags=["models"])

ONE = "/models/{int:model_id}"


@router.get("/models", response=PageOf[ModelDocument], summary="List models")
def list_models(request: AppRequest, page: Query[PageQuery]) -> PageOf[ModelDocument]:
    return page_of(_rows(), page, _documents)


@router.post(
    "/models", auth=ADMINISTRATORS, response={201: ModelDocument}, summary="Create a model"
)
def create_model(request: AppRequest, body: ModelIn) -> Status[ModelDocument]:
    model = _saved(request, LearnedModel(), body.given())
    return Status(201, model_document(_load(model.pk)))


@router.post(
    "/models/sentiment/try",
    auth=ADMINISTRATORS,
    response=TriedDocument,
    summary="Try the built-in words of feeling",
)
def try_built_in_sentiment(request: AppRequest, body: Text) -> TriedDocument:
    return _tried(try_feeling(body.text))


@router.get(ONE, response=ModelDocument, summary="Show a model")
def show_model(request: AppRequest, model_id: int) -> ModelDocument:
    return model_document(_load(model_id))


@router.patch(ONE, auth=ADMINISTRATORS, response=ModelDocument, summary="Change a model")
def change_model(request: AppRequest, model_id: int, body: ModelChanges) -> ModelDocument:
    with transaction.atomic():
        lock_to_change(_load(model_id))
        _saved(request, _load(model_id), body.given())
    return model_document(_load(model_id))


@router.delete(ONE, auth=ADMINISTRATORS, response={204: None}, summary="Delete a model")
def delete_a_model(request: AppRequest, model_id: int) -> Status[None]:
    delete_model(model=_load(model_id), by=request.user, now=database_now())
    return Status(204, None)


@router.post(
    f"{ONE}/load", auth=ADMINISTRATORS, response={202: LoadDocument}, summary="Load closed work"
)
def load_closed_work(request: AppRequest, model_id: int) -> Status[LoadDocument]:
    load = ask_for_records(model=_load(model_id), by=request.user, now=database_now())
    return Status(202, load_document(load))


@router.get(f"{ONE}/load", response=LoadDocument, summary="Show the last loading")
def show_loading(request: AppRequest, model_id: int) -> LoadDocument:
    load = _load(model_id).loads.first()
    if load is None:
        raise Http404
    return load_document(load)


@router.post(
    f"{ONE}/load/cancel", auth=ADMINISTRATORS, response=LoadDocument, summary="Stop loading"
)
def stop_loading(request: AppRequest, model_id: int) -> LoadDocument:
    return load_document(cancel_loading(model=_load(model_id), now=database_now()))


@router.post(
    f"{ONE}/train", auth=ADMINISTRATORS, response={202: VersionDocument}, summary="Train a version"
)
def train_a_version(request: AppRequest, model_id: int) -> Status[VersionDocument]:
    model = _load(model_id)
    version = ask_for_training(model=model, by=request.user, now=database_now())
    return Status(202, version_document(model, version, {}))


@router.post(
    f"{ONE}/train/cancel",
    auth=ADMINISTRATORS,
    response=VersionDocument,
    summary="Give a training up",
)
def give_training_up(request: AppRequest, model_id: int) -> VersionDocument:
    model = _load(model_id)
    return version_document(model, cancel_training(model=model, now=database_now()), {})


@router.get(f"{ONE}/versions", response=list[VersionDocument], summary="List the newest versions")
def list_model_versions(request: AppRequest, model_id: int) -> list[VersionDocument]:
    model, names = _load(model_id), _skill_names()
    newest = model.versions.order_by("-number")[:100]
    return [version_document(model, each, names) for each in newest]


@router.get(f"{ONE}/versions/{{int:number}}", response=VersionDocument, summary="Show a version")
def show_model_version(request: AppRequest, model_id: int, number: int) -> VersionDocument:
    model = _load(model_id)
    return version_document(model, _version(model, number), _skill_names())


@router.post(
    f"{ONE}/versions/{{int:number}}/publish",
    auth=ADMINISTRATORS,
    response=ModelDocument,
    summary="Publish a version; an older one is the way back",
)
def publish_model_version(request: AppRequest, model_id: int, number: int) -> ModelDocument:
    version = _version(_load(model_id), number)
    publish_model(version=version, by=request.user, now=database_now())
    return model_document(_load(model_id))


@router.post(f"{ONE}/try", auth=ADMINISTRATORS, response=TriedDocument, summary="Try a text")
def try_text(request: AppRequest, model_id: int, body: Text) -> TriedDocument:
    return _tried(try_model(_load(model_id), body.text, _skill_names()))


def _rows() -> "QuerySet[LearnedModel]":
    return LearnedModel.objects.select_related("published").prefetch_related("workstreams")


def _documents(models: Sequence[LearnedModel]) -> list[ModelDocument]:
    return [model_document(each) for each in models]


def _load(model_id: int) -> LearnedModel:
    model = _rows().filter(pk=model_id).first()
    if model is None:
        raise Http404
    return model


def _version(model: LearnedModel, number: int) -> ModelVersion:
    version = model.versions.filter(number=number).first()
    if version is None:
        raise Http404
    return version


@transaction.atomic
def _saved(request: AppRequest, model: LearnedModel, values: dict[str, Any]) -> LearnedModel:
    shown = values.pop("revision", None)
    locked = LearnedModel.objects.select_for_update(no_key=True).filter(pk=model.pk).first()
    if locked is not None and shown not in (None, locked.revision):
        raise SavedMeanwhile
    names, workstreams = values.pop("workstreams", None), None
    if names is not None:
        workstreams = named_list(Workstream.objects.all(), "workstreams", names)
    for field, value in values.items():
        setattr(model, field, value)
    model.clean_fields(exclude=["name"])
    # A name that is taken is refused at its field when it is saved.
    model.validate_constraints(exclude={"name"})
    return save_model(row=model, workstreams=workstreams, by=request.user, now=database_now())


def _skill_names() -> dict[int, str]:
    return dict(Skill.objects.values_list("pk", "name"))


def _tried(tried: Tried) -> TriedDocument:
    return TriedDocument(
        by=tried.by,
        lines=[
            {"label": each.label, "percent": each.percent, "sure": each.is_sure}
            for each in tried.lines
        ],
        keywords=list(tried.keywords),
        note=tried.note,
    )
