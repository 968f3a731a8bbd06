"""/workstreams: the bundles of settings that enrich, route and assign work."""

from typing import Any

from django.db import transaction
from django.http import Http404
from ninja import Query, Router, Status

from config.api.auth import CONFIGURERS, READERS
from config.api.lists import PageOf, PageQuery, page_of
from config.clock import database_now
from config.request import AppRequest
from workstreams.actions.copy_workstream import copy_workstream
from workstreams.actions.create_workstream import create_workstream
from workstreams.actions.delete_workstream import delete_workstream
from workstreams.actions.edit_workstream import edit_workstream
from workstreams.actions.set_fallback_queue import set_fallback_queue
from workstreams.api.workstream_bodies import (
    CopyIn,
    FallbackQueueIn,
    WorkstreamChanges,
    WorkstreamIn,
    settings_of,
)
from workstreams.api.workstream_document import (
    CopyDocument,
    WorkstreamDocument,
    workstream_document,
    workstream_documents,
    workstream_rows,
)
from workstreams.models import Workstream
from workstreams.queries.left_out import left_out_of_copy

router = Router(auth=READERS, tags=["workstreams"])

AT_CREATION = ("name", "type", "distribution_mode", "channel", "record_type", "persistent_chat")


@router.get("/workstreams", response=PageOf[WorkstreamDocument], summary="List workstreams")
def list_workstreams(request: AppRequest, page: Query[PageQuery]) -> PageOf[WorkstreamDocument]:
    return page_of(workstream_rows(), page, workstream_documents)


@router.post(
    "/workstreams",
    auth=CONFIGURERS,
    response={201: WorkstreamDocument},
    summary="Create a workstream",
)
def create_a_workstream(request: AppRequest, body: WorkstreamIn) -> Status[WorkstreamDocument]:
    body.check_channel()
    settings = settings_of(body.given())
    now = database_now()
    with transaction.atomic():
        existing, new = body.fallback_queue.chosen()
        workstream = create_workstream(
            fallback_queue=existing,
            new_queue=new,
            by=request.user,
            now=now,
            **{name: settings.pop(name) for name in AT_CREATION if name in settings},
        )
        if settings:
            edit_workstream(workstream=workstream, by=request.user, now=now, **settings)
    return Status(201, _shown(workstream.pk))


@router.get("/workstreams/{int:workstream_id}", response=WorkstreamDocument, summary="Show one")
def show_workstream(request: AppRequest, workstream_id: int) -> WorkstreamDocument:
    return _shown(workstream_id)


@router.patch(
    "/workstreams/{int:workstream_id}",
    auth=CONFIGURERS,
    response=WorkstreamDocument,
    summary="Change a workstream",
)
def change_workstream(
    request: AppRequest, workstream_id: int, body: WorkstreamChanges
) -> WorkstreamDocument:
    workstream = _load(workstream_id)
    settings: dict[str, Any] = settings_of(body.given())
    if settings:
        edit_workstream(workstream=workstream, by=request.user, now=database_now(), **settings)
    return _shown(workstream_id)


@router.delete(
    "/workstreams/{int:workstream_id}",
    auth=CONFIGURERS,
    response={204: None},
    summary="Delete a workstream that nothing depends on",
)
def delete_a_workstream(request: AppRequest, workstream_id: int) -> Status[None]:
    workstream = _load(workstream_id)
    delete_workstream(workstream=workstream, by=request.user, now=database_now())
    return Status(204, None)


@router.post(
    "/workstreams/{int:workstream_id}/copy",
    auth=CONFIGURERS,
    response={201: CopyDocument},
    summary="Copy a workstream with all but what exists once",
)
def copy_a_workstream(
    request: AppRequest, workstream_id: int, body: CopyIn | None = None
) -> Status[CopyDocument]:
    workstream = _load(workstream_id)
    name = body.name if body else ""
    copy = copy_workstream(workstream=workstream, name=name, by=request.user, now=database_now())
    document = CopyDocument(**_shown(copy.pk), left_out=left_out_of_copy(workstream))
    return Status(201, document)


@router.put(
    "/workstreams/{int:workstream_id}/fallback-queue",
    auth=CONFIGURERS,
    response=WorkstreamDocument,
    summary="Choose the fallback queue",
)
def put_fallback_queue(
    request: AppRequest, workstream_id: int, body: FallbackQueueIn
) -> WorkstreamDocument:
    workstream = _load(workstream_id)
    existing, new = body.chosen()
    set_fallback_queue(
        workstream=workstream, queue=existing, new_queue=new, by=request.user, now=database_now()
    )
    return _shown(workstream_id)


def _load(workstream_id: int) -> Workstream:
    workstream = Workstream.objects.filter(pk=workstream_id).first()
    if workstream is None:
        raise Http404
    return workstream


def _shown(workstream_id: int) -> WorkstreamDocument:
    workstream = workstream_rows().filter(pk=workstream_id).first()
    if workstream is None:
        raise Http404
    return workstream_document(workstream)
