"""What is done to records: routed one by one or many at once, ended, given to an agent."""

from datetime import datetime
from typing import Annotated, Literal

from django.db import transaction
from django.http import Http404
from ninja import Query, Router, Status
from pydantic import Field
from typing_extensions import TypedDict

from agents.models import Agent
from agents.queries.agent_names import agent_called
from config.api.auth import SUPERVISORS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.problems import Invalid
from config.api.schema import Body, Flag, Username, number
from config.clock import database_now
from config.request import AppRequest
from routing import service
from routing.models import RecordBatch, RecordBatchRow
from routing.queries.record_batches import batch_progress, batch_rows
from workstreams.actions.end_record import end_record, reactivate_record
from workstreams.api.customers import RecordDocument, RecordIn, record_document
from workstreams.api.customers import create_record as create_one
from workstreams.models import Record, WorkItem
from workstreams.queries.customers import records
from workstreams.terms import RecordEnd

router = Router(auth=SUPERVISORS, tags=["records"])
MOST_NAMED = 5000
MOST_CREATED = 200
Id = Annotated[int, number(1, 2**63 - 1)]


class RouteIn(Body):
    """``takes_back``: also from an agent who works on it."""

    takes_back: Flag = False


class EndIn(Body):
    """How it ends."""

    how: Literal["resolved", "cancelled", "deactivated"]


class AgentIn(Body):
    """Who works on it; null puts it back into its queue."""

    agent: Username | None


class Filter(Body):
    """Active records as the list finds them."""

    q: Annotated[str, Field(max_length=200)] = ""
    record_type: Annotated[str, Field(max_length=100)] = ""
    unrouted: Flag = False


class BatchIn(Body):
    """Records by id, or all that fit a filter: one of both."""

    records: Annotated[list[Id], Field(min_length=1, max_length=MOST_NAMED)] | None = None
    filter: Filter | None = None


class RecordsIn(Body):
    """Several new records, each with its own ``route``; all or none."""

    records: Annotated[list[RecordIn], Field(min_length=1, max_length=MOST_CREATED)]


class RoutedDocument(TypedDict):
    """What became of routing: ``routed``, ``no_match`` or ``failed``."""

    result: str
    sentence: str
    work_item: int | None


class WorkDocument(TypedDict):
    """The work item of a record, and who has it."""

    work_item: int
    state: str
    agent: str | None


class BatchDocument(TypedDict):
    """How far a batch is."""

    id: int
    total: int
    done: int
    routed: int
    unrouted: int
    refused: int
    created_at: datetime
    finished_at: datetime | None


class BatchRowDocument(TypedDict):
    """A record of a batch: ``waiting``, ``routed``, ``unrouted`` or ``refused``."""

    record: int | None
    title: str
    result: str
    sentence: str


@router.post("/records/import", response={201: list[RecordDocument]}, summary="Create records")
def create_records(request: AppRequest, body: RecordsIn) -> Status[list[RecordDocument]]:
    """Each is routed as it is created, unless its ``route`` is false."""
    with transaction.atomic():
        made = [create_one(request, each).value for each in body.records]
    return Status(201, made)


@router.post("/records/route", response={202: BatchDocument}, summary="Route many records")
def route_records(request: AppRequest, body: BatchIn) -> Status[BatchDocument]:
    """A worker does them; the answer names the batch to ask for."""
    if (body.records is None) == (body.filter is None):
        raise Invalid("records", "Name the records, or a filter: one of both.")
    if body.records is not None:
        rows = Record.objects.filter(pk__in=body.records).order_by("pk")
    else:
        assert body.filter is not None
        q, sort = (text.replace("\x00", "") for text in (body.filter.q, body.filter.record_type))
        rows = records(q, sort, is_unrouted=body.filter.unrouted).filter(is_active=True)
    return Status(202, _batch(service.route_records(records=rows, by=request.user)))


@router.get("/record-batches/{int:batch_id}", response=BatchDocument, summary="Show a batch")
def show_record_batch(request: AppRequest, batch_id: int) -> BatchDocument:
    return _batch(_load_batch(batch_id))


@router.get(
    "/record-batches/{int:batch_id}/rows",
    response=PageOf[BatchRowDocument],
    summary="List the results of a batch",
)
def list_record_batch_rows(
    request: AppRequest, batch_id: int, page: Query[PageQuery]
) -> PageOf[BatchRowDocument]:
    rows = batch_rows(_load_batch(batch_id))
    return page_of(rows, page, lambda found: [_row(row) for row in found])


@router.post("/records/{int:record_id}/route", response=RoutedDocument, summary="Route a record")
def route_one(request: AppRequest, record_id: int, body: RouteIn) -> RoutedDocument:
    """By its intake rules, or again. 409 ``record-in-work`` while an agent works on it; taking it
    back is to transfer it, and 403 where supervisors do not."""
    done = service.route_record(record_id=record_id, by=request.user, takes_back=body.takes_back)
    return RoutedDocument(
        result=done.result.value,
        sentence=done.sentence,
        work_item=done.item.pk if done.item else None,
    )


@router.put("/records/{int:record_id}/agent", response=WorkDocument, summary="Say who works on it")
def put_agent(request: AppRequest, record_id: int, body: AgentIn) -> WorkDocument:
    """Capacity moves with it, past a limit too. 403 where supervisors do not assign what waits, or
    transfer what an agent has."""
    agent = _agent(body.agent) if body.agent is not None else None
    item = service.assign_record(record_id=record_id, agent=agent, by=request.user)
    return _work(item)


@router.post("/records/{int:record_id}/end", response=RecordDocument, summary="End a record")
def end_one(request: AppRequest, record_id: int, body: EndIn) -> RecordDocument:
    """Its open work item closes with it."""
    end_record(record_id=record_id, how=RecordEnd(body.how), by=request.user, now=database_now())
    return _record(record_id)


@router.post(
    "/records/{int:record_id}/reactivate", response=RecordDocument, summary="Reactivate a record"
)
def reactivate_one(request: AppRequest, record_id: int) -> RecordDocument:
    """Routing it again makes a new work item."""
    reactivate_record(record_id=record_id, by=request.user, now=database_now())
    return _record(record_id)


def _record(record_id: int) -> RecordDocument:
    return record_document(records().get(pk=record_id))


def _agent(username: str) -> Agent:
    found = agent_called(username)
    if found is None:
        raise Invalid("agent", f"There is no agent {username}.")
    return found


def _work(item: WorkItem) -> WorkDocument:
    agent = item.agent.username if item.agent else None
    return WorkDocument(work_item=item.pk, state=item.state, agent=agent)


def _load_batch(batch_id: int) -> RecordBatch:
    batch = RecordBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise Http404
    return batch


def _batch(batch: RecordBatch) -> BatchDocument:
    progress = batch_progress(batch)
    return BatchDocument(
        id=batch.pk,
        total=batch.total,
        done=progress.done,
        routed=progress.routed,
        unrouted=progress.unrouted,
        refused=progress.refused,
        created_at=batch.created_at,
        finished_at=batch.finished_at,
    )


def _row(row: RecordBatchRow) -> BatchRowDocument:
    return BatchRowDocument(
        record=row.record.pk if row.record else None,
        title=row.title,
        result=row.result,
        sentence=row.sentence,
    )
