"""/try: what rules would do, published and edited ones beside each other; nothing is created."""

from typing import Annotated, Any

from django.http import Http404
from ninja import Router
from typing_extensions import TypedDict

from config.api.auth import READERS
from config.api.problems import Invalid
from config.api.schema import Name, Object, number, text_of
from config.clock import database_now
from config.request import AppRequest
from routing.permissions import visible_items
from routing.queries.as_it_arrived import as_it_arrived
from routing.queries.try_rules import (
    TestRecord,
    Trial,
    try_item,
    try_record,
)
from workstreams.api.test_items import TestItemIn, test_of
from workstreams.models import RecordType, Workstream

router = Router(auth=READERS, tags=["workstreams"])

ONE: str = "Say one of workstream, record_type and work_item."


class TryIn(TestItemIn):
    """A workstream with what would arrive, a type of record with its fields, or a past item."""

    workstream: Name | None = None
    record_type: Name | None = None
    work_item: Annotated[int, number(1, 2**63 - 1)] | None = None
    record: Object = {}
    title: Annotated[str, text_of(300)] = ""


class SideDocument(TypedDict):
    """One set of rules: ``explained`` as of a test item, or why there is nothing."""

    rules: str
    explained: dict[str, Any] | None
    sentence: str


class TrialDocument(TypedDict):
    """The published rules, and the draft where one waits."""

    differs: bool
    sides: list[SideDocument]


@router.post("/try", response=TrialDocument, summary="Try published and edited rules")
def try_rules(request: AppRequest, body: TryIn) -> TrialDocument:
    named = [body.workstream, body.record_type, body.work_item]
    if sum(each is not None for each in named) != 1:
        raise Invalid("workstream", ONE)
    trial = _trial(request, body)
    return TrialDocument(
        differs=trial.differs,
        sides=[
            SideDocument(rules=side.rules, explained=side.explained, sentence=side.sentence)
            for side in trial.sides
        ],
    )


def _trial(request: AppRequest, body: TryIn) -> Trial:
    now = database_now()
    if body.work_item is not None:
        item = visible_items(request.user).filter(pk=body.work_item).first()
        if item is None:
            raise Http404
        return try_item(as_it_arrived(item), now=now)
    if body.record_type is not None:
        record_type = RecordType.objects.filter(name=body.record_type).first()
        if record_type is None:
            raise Invalid("record_type", f"There is no record type {body.record_type}.")
        test = TestRecord(record_type=record_type, title=body.title, record=body.record)
        return try_record(test, now=now)
    rows = Workstream.objects.select_related("fallback_queue", "record_type", "bot")
    workstream = rows.filter(name__iexact=body.workstream).first()
    if workstream is None:
        raise Invalid("workstream", f"There is no workstream {body.workstream}.")
    return try_item(test_of(workstream, body), now=now)
