"""/events: everything that happened, in order, nothing skipped."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router
from pydantic import BaseModel, Field
from typing_extensions import TypedDict

from config.api.auth import SUPERVISORS
from config.live.reader import START, parse, read
from config.models import Event
from config.request import AppRequest

router = Router(auth=SUPERVISORS, tags=["events"])


class EventQuery(BaseModel):
    """From where to read; ``after`` is the ``next`` of the last answer."""

    after: Annotated[str, Field(max_length=60)] = ""
    page_size: Annotated[int, Field(ge=1, le=1000)] = 200


class EventDocument(TypedDict):
    """One fact. State and reason are those of the work item after it."""

    id: int
    at: datetime
    kind: str
    work_item_id: int | None
    workstream_id: int | None
    queue_id: int | None
    agent_id: int | None
    state: str
    reason: str
    data: dict[str, Any]


class EventsDocument(TypedDict):
    """The next events, and where to go on; the same ``next`` again when there is none yet."""

    items: list[EventDocument]
    next: str


@router.get("/events", response=EventsDocument, summary="Read the event feed")
def list_events(request: AppRequest, query: Query[EventQuery]) -> EventsDocument:
    after = parse(query.after) if query.after else START
    events, following = read(after, query.page_size)
    return EventsDocument(items=[_document(event) for event in events], next=str(following))


def _document(event: Event) -> EventDocument:
    return EventDocument(
        id=event.pk,
        at=event.at,
        kind=event.kind,
        work_item_id=event.work_item_id,
        workstream_id=event.workstream_id,
        queue_id=event.queue_id,
        agent_id=event.agent_id,
        state=event.state,
        reason=event.reason,
        data=event.data,
    )
