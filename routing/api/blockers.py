"""/blockers: what work waits for although nobody works on it, and that somebody does."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from ninja import Query, Router
from pydantic import Field
from typing_extensions import TypedDict

from config.api.auth import SUPERVISORS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.schema import Body
from config.clock import database_now
from config.request import AppRequest
from routing import service
from routing.models import Blocker
from routing.queries.blockers import sentence_of

router = Router(auth=SUPERVISORS, tags=["blockers"])
DAY_IN_MINUTES = 24 * 60


class BlockerQuery(PageQuery):
    """Those nobody works on, or every one."""

    state: Literal["open", "all"] = "open"


class BlockerDocument(TypedDict):
    """One cause in one queue; ``detail`` names what nobody has, or why a method finds nobody. Where
    ``is_at_least``, more may wait for it than were looked at."""

    id: int
    cause: str
    queue: str
    detail: str
    sentence: str
    number_of_items: int
    is_at_least: bool
    first_work_item_id: int
    oldest_since: datetime
    noted_at: datetime
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    acknowledged_until: datetime | None


class AcknowledgeIn(Body):
    """For how many minutes somebody works on it, at most a day."""

    minutes: Annotated[int, Field(ge=1, le=DAY_IN_MINUTES)] = 60


@router.get("/blockers", response=PageOf[BlockerDocument], summary="List what blocks work")
def list_blockers(request: AppRequest, query: Query[BlockerQuery]) -> PageOf[BlockerDocument]:
    rows = Blocker.objects.select_related("queue")
    if query.state == "open":
        rows = rows.alarming(database_now())
    return page_of(rows, query, _documents)


@router.post(
    "/blockers/{int:blocker_id}/acknowledge",
    response=BlockerDocument,
    summary="Say that you work on it",
)
def acknowledge_blocker(
    request: AppRequest, blocker_id: int, body: AcknowledgeIn
) -> BlockerDocument:
    row = service.work_on_blocker(blocker_id=blocker_id, minutes=body.minutes, by=request.user)
    return _document(row)


def _documents(rows: Sequence[Blocker]) -> list[BlockerDocument]:
    return [_document(row) for row in rows]


def _document(row: Blocker) -> BlockerDocument:
    return BlockerDocument(
        id=row.pk,
        cause=row.cause,
        queue=row.queue.name,
        detail=row.detail,
        sentence=sentence_of(row),
        number_of_items=row.number_of_items,
        is_at_least=row.is_at_least,
        first_work_item_id=row.first_item_id,
        oldest_since=row.oldest_since,
        noted_at=row.noted_at,
        acknowledged_by=row.acknowledged_by or None,
        acknowledged_at=row.acknowledged_at,
        acknowledged_until=row.acknowledged_until,
    )
