"""/configuration: the published document, its versions, and documents from elsewhere."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from ninja import Body as Whole
from ninja import Query, Router
from typing_extensions import TypedDict

from agents.permissions import SUPERVISORS_ONLY, is_supervisor
from config.api.auth import CONFIGURERS, READERS
from config.api.lists import PageOf, PageQuery, page_of
from config.clock import database_now
from config.patience import unhurried
from config.request import AppRequest
from routing import configuration
from routing.models import ConfigurationVersion
from workstreams.models import Workstream

router = Router(auth=READERS, tags=["configuration"])

Document = dict[str, Any]


class VersionDocument(TypedDict):
    """One published version."""

    number: int
    by: str
    at: datetime
    note: str
    is_scheduled: bool
    rolled_back_to: int | None


class FindingsDocument(TypedDict):
    """``{path, message, severity}``; no findings: the document can be published."""

    findings: list[dict[str, str]]


@router.get("/configuration", response=Document, summary="Show the published configuration")
def show_configuration(request: AppRequest, people: bool = False) -> Document:
    """With ``people`` also the agents, as a section of their own, for who may see them."""
    if people and not is_supervisor(request.user):
        raise PermissionDenied(SUPERVISORS_ONLY)
    with unhurried():
        return configuration.document(has_people=people)


@router.get("/configuration/versions", response=PageOf[VersionDocument], summary="List versions")
def list_versions(request: AppRequest, page: Query[PageQuery]) -> PageOf[VersionDocument]:
    return page_of(ConfigurationVersion.objects.all(), page, _versions)


@router.get(
    "/workstreams/{workstream_id}/configuration",
    auth=READERS,
    response=Document,
    summary="Show a workstream and all that it names as a document",
)
def show_workstream_configuration(request: AppRequest, workstream_id: int) -> Document:
    """The format of the whole configuration with fewer sections: another organisation reads it."""
    try:
        with unhurried():
            return configuration.workstream_document(workstream_id)
    except Workstream.DoesNotExist:
        raise Http404 from None


@router.post(
    "/configuration/validate",
    response=FindingsDocument,
    summary="Check a configuration document without publishing it",
)
def validate_configuration(request: AppRequest, body: Whole[Document]) -> FindingsDocument:
    """``mapping`` beside the sections is that of publishing. What could be published is checked
    further: rules that can never match and the like are warnings."""
    document, mapping = _apart(body)
    examination = configuration.examine(document, mapping)
    found = [*examination.findings, *configuration.checks_of_document(examination)]
    return FindingsDocument(findings=found)


@router.post(
    "/configuration",
    auth=CONFIGURERS,
    response=configuration.ImportReport,
    summary="Publish a configuration document",
)
def publish_configuration(request: AppRequest, body: Whole[Document]) -> configuration.ImportReport:
    """Entries are written by their names; what the document does not name stays. ``mapping``
    beside the sections, ``{"queue": {"Support": "Care"}}``, says which names are others here.
    """
    document, mapping = _apart(body)
    return configuration.import_document(
        document, by=request.user, now=database_now(), mapping=mapping
    )


def _apart(body: Document) -> tuple[Document, Any]:
    """The document, and the mapping that came with it."""
    document = dict(body)
    mapping = document.pop("mapping", None)
    return document, mapping


def _versions(versions: Sequence[ConfigurationVersion]) -> list[VersionDocument]:
    return [_version(version) for version in versions]


def _version(version: ConfigurationVersion) -> VersionDocument:
    return VersionDocument(
        number=version.number,
        by=version.by,
        at=version.at,
        note=version.note,
        is_scheduled=version.schedule_id is not None,
        rolled_back_to=version.rolled_back_to,
    )
