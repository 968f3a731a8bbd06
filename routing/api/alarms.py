"""/alarms: failures of routing itself, and that a supervisor has seen them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django.http import Http404
from ninja import Query, Router
from typing_extensions import TypedDict

from config.api.auth import SUPERVISORS
from config.api.lists import PageOf, PageQuery, page_of
from config.request import AppRequest
from routing import service
from routing.models import Alarm
from routing.queries.alarms import sentence_of

router = Router(auth=SUPERVISORS, tags=["alarms"])


class AlarmQuery(PageQuery):
    """Open alarms, or every one that is still kept."""

    state: Literal["open", "all"] = "open"


class AlarmDocument(TypedDict):
    """One failure; ``detail`` is the sort of error and its place in the program."""

    id: int
    kind: str
    sentence: str
    detail: str
    at: datetime
    workstream: str | None
    queue: str | None
    work_item_id: int | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None


@router.get("/alarms", response=PageOf[AlarmDocument], summary="List alarms")
def list_alarms(request: AppRequest, query: Query[AlarmQuery]) -> PageOf[AlarmDocument]:
    rows = Alarm.objects.all()
    if query.state == "open":
        rows = rows.filter(acknowledged_at=None)
    return page_of(rows, query, _documents)


@router.post(
    "/alarms/{int:alarm_id}/acknowledge",
    response=AlarmDocument,
    summary="Acknowledge an alarm and the earlier ones of its sort",
)
def acknowledge_alarm(request: AppRequest, alarm_id: int) -> AlarmDocument:
    alarm = Alarm.objects.filter(pk=alarm_id).first()
    if alarm is None:
        raise Http404
    service.acknowledge(alarm=alarm, by=request.user)
    alarm.refresh_from_db()
    return _document(alarm)


def _documents(rows: Sequence[Alarm]) -> list[AlarmDocument]:
    return [_document(row) for row in rows]


def _document(row: Alarm) -> AlarmDocument:
    return AlarmDocument(
        id=row.pk,
        kind=row.kind,
        sentence=sentence_of(row),
        detail=row.detail,
        at=row.at,
        workstream=row.workstream_name or None,
        queue=row.queue_name or None,
        work_item_id=row.work_item_id,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by or None,
    )
