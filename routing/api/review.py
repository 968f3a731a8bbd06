"""/configuration/draft, schedules, versions compared and rolled back, checks."""

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404
from ninja import Query, Router
from ninja import Schema as QuerySchema
from pydantic import AwareDatetime, Field
from typing_extensions import TypedDict

from config.api.auth import CONFIGURERS, READERS
from config.api.schema import Body, number, text_of
from config.clock import database_now
from config.request import AppRequest
from routing import configuration
from routing.configuration import Difference, Draft, DraftEntry
from routing.models import ConfigurationVersion, ScheduledPublication
from routing.queries.finding_lines import FindingLine, finding_lines
from routing.terms import ScheduleState

router = Router(auth=READERS, tags=["configuration"])

Number = Annotated[int, number(0, 2**31 - 1)]


class DifferenceDocument(TypedDict):
    """One field of an object; one that came or went has no field."""

    kind: str
    name: str
    field: str
    before: str
    after: str
    sentence: str


class DraftDifference(DifferenceDocument):
    """The same of a draft: one that ``acts_already`` waits for nothing."""

    acts_already: bool


class DraftObject(TypedDict):
    """One object of the draft; ``object`` names it for discarding."""

    object: str
    kind: str
    name: str
    by: str
    at: datetime | None
    acts_already: bool
    differences: list[DraftDifference]


class CheckDocument(TypedDict):
    """One finding: ``severity`` is error or warning; ``url`` is the page to mend it."""

    check: str
    severity: str
    what: str
    sentence: str
    url: str


class ScheduleDocument(TypedDict):
    """A publication that was scheduled."""

    id: int
    by: str
    at: datetime
    due_at: datetime
    note: str
    state: str
    reason: str
    version: int | None


class DraftDocument(TypedDict):
    """What waits. Whoever acts on it sends back ``base`` and ``state``."""

    base: int
    state: str
    objects: list[DraftObject]
    checks: list[CheckDocument]
    scheduled: ScheduleDocument | None


class LookedAt(Body):
    """The version and the state of the draft that were looked at; 409 if they changed."""

    base: Number
    state: Annotated[str, text_of(64)]


class Publication(LookedAt):
    """With ``publish_at`` later."""

    note: Annotated[str, text_of(500)] = ""
    publish_at: AwareDatetime | None = None


class Discard(LookedAt):
    """All of the draft, or the named objects of it."""

    objects: Annotated[
        list[Annotated[str, Field(pattern=r"^[a-z_]{1,30}:[0-9]{1,18}$")]], Field(max_length=1000)
    ] = []


class RollBackBody(LookedAt):
    """With ``check`` nothing is done, and the answer says what could not be put back."""

    note: Annotated[str, text_of(500)] = ""
    check: bool = False


class Published(TypedDict):
    """The new version, or the publication that waits."""

    version: int | None
    scheduled: ScheduleDocument | None


class PutBack(TypedDict):
    """The new version, and what could not be put back."""

    version: int | None
    notes: list[str]


class OtherVersion(QuerySchema):
    """The version to compare with; 0 is before the first."""

    to: Annotated[int, Field(ge=0, le=2**31 - 1)]


class Rules(QuerySchema):
    """Which rules to check."""

    rules: Annotated[str, Field(pattern="^(draft|published)$")] = "draft"


@router.get("/configuration/draft", response=DraftDocument, summary="Show the draft")
def show_draft(request: AppRequest) -> DraftDocument:
    """Edits that wait while review before publishing is on, with what the checks say of them."""
    return _draft(configuration.draft())


@router.post(
    "/configuration/draft/publish",
    auth=CONFIGURERS,
    response=Published,
    summary="Publish the draft, now or later",
)
def publish_draft(request: AppRequest, body: Publication) -> Published:
    values: dict[str, Any] = {
        "by": request.user,
        "now": database_now(),
        "base": body.base,
        "state": body.state,
        "note": body.note,
    }
    if body.publish_at is not None:
        publication = configuration.schedule_publication(due_at=body.publish_at, **values)
        return Published(version=None, scheduled=_schedule(publication))
    return Published(version=configuration.publish_draft(**values).number, scheduled=None)


@router.post(
    "/configuration/draft/discard",
    auth=CONFIGURERS,
    response=PutBack,
    summary="Take the draft back, or some of its objects",
)
def discard_draft(request: AppRequest, body: Discard) -> PutBack:
    keys = [(kind, int(id_)) for kind, _, id_ in (one.partition(":") for one in body.objects)]
    notes = configuration.discard_draft(
        by=request.user, now=database_now(), base=body.base, state=body.state, keys=keys or None
    )
    return PutBack(version=None, notes=notes)


@router.get(
    "/configuration/schedules", response=list[ScheduleDocument], summary="List publications"
)
def list_schedules(request: AppRequest) -> list[ScheduleDocument]:
    """The newest fifty, also those that were cancelled."""
    return [_schedule(each) for each in ScheduledPublication.objects.select_related("version")[:50]]


@router.post(
    "/configuration/schedules/{int:publication_id}/cancel",
    auth=CONFIGURERS,
    response=ScheduleDocument,
    summary="Cancel a publication that waits",
)
def cancel_schedule(request: AppRequest, publication_id: int) -> ScheduleDocument:
    if not ScheduledPublication.objects.filter(pk=publication_id).exists():
        raise Http404
    return _schedule(
        configuration.cancel_publication(
            publication_id=publication_id, by=request.user, now=database_now()
        )
    )


@router.get(
    "/configuration/versions/{int:number}/difference",
    response=list[DifferenceDocument],
    summary="Compare two versions",
)
def compare_versions(
    request: AppRequest, number: int, other: Query[OtherVersion]
) -> list[DifferenceDocument]:
    for each in {number, other.to} - {0}:
        _find(each)
    return [_difference(each) for each in configuration.diff(number, other.to)]


@router.post(
    "/configuration/versions/{int:number}/roll-back",
    auth=CONFIGURERS,
    response=PutBack,
    summary="Bring a version back as a new one",
)
def roll_back(request: AppRequest, number: int, body: RollBackBody) -> PutBack:
    _find(number)
    done = configuration.roll_back(
        to=number, by=request.user, now=database_now(), **body.model_dump()
    )
    return PutBack(version=done.version, notes=done.notes)


@router.get("/configuration/checks", response=list[CheckDocument], summary="Run the checks")
def run_checks(request: AppRequest, which: Query[Rules]) -> list[CheckDocument]:
    """Of the configuration as it is edited now, or of what is published."""
    is_draft = which.rules == "draft"
    rules = configuration.drafted() if is_draft else configuration.current()
    return [_check(each) for each in finding_lines(configuration.checks_of(rules.compiled))]


def _find(number: int) -> None:
    if not ConfigurationVersion.objects.filter(pk=number).exists():
        raise Http404


def _draft(draft: Draft) -> DraftDocument:
    findings = configuration.checks_of(configuration.drafted().compiled)
    waiting = ScheduledPublication.objects.filter(state=ScheduleState.WAITING).first()
    return DraftDocument(
        base=draft.base,
        state=draft.state,
        objects=[_object(entry) for entry in draft.entries],
        checks=[_check(each) for each in finding_lines(findings)],
        scheduled=_schedule(waiting) if waiting else None,
    )


def _object(entry: DraftEntry) -> DraftObject:
    return DraftObject(
        object=entry.key,
        kind=entry.kind,
        name=entry.name,
        by=entry.by,
        at=entry.at,
        acts_already=entry.acts_already,
        differences=[
            DraftDifference(acts_already=acts, **_difference(each)) for each, acts in entry.lines
        ],
    )


def _difference(difference: Difference) -> DifferenceDocument:
    return DifferenceDocument(
        kind=difference.kind,
        name=difference.name,
        field=difference.field,
        before=difference.before,
        after=difference.after,
        sentence=difference.sentence,
    )


def _check(line: FindingLine) -> CheckDocument:
    return CheckDocument(
        check=line.check,
        severity=line.severity,
        what=line.what,
        sentence=line.sentence,
        url=line.url,
    )


def _schedule(publication: ScheduledPublication) -> ScheduleDocument:
    version: Any = getattr(publication, "version", None)
    return ScheduleDocument(
        id=publication.pk,
        by=publication.by,
        at=publication.at,
        due_at=publication.due_at,
        note=publication.note,
        state=publication.state,
        reason=publication.reason,
        version=version.number if version else None,
    )
