"""/configuration: the published document, its versions, and documents from elsewhere."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ninja import Body as Whole
from ninja import Query, Router
from typing_extensions import TypedDict

from config.api.auth import ADMINISTRATORS, SUPERVISORS
from config.api.lists import PageOf, PageQuery, page_of
from config.clock import database_now
from config.request import AppRequest
from routing import configuration
from routing.models import ConfigurationVersion

router = Router(auth=SUPERVISORS, tags=["configuration"])

Document = dict[str, Any]


class VersionDocument(TypedDict):
    """One published version."""

    number: int
    by: str
    at: datetime
    note: str


class FindingsDocument(TypedDict):
    """``{path, message, severity}``; no findings: the document can be published."""

    findings: list[dict[str, str]]


@router.get("/configuration", response=Document, summary="Show the published configuration")
def show_configuration(request: AppRequest) -> Document:
    return configuration.document()


@router.get("/configuration/versions", response=PageOf[VersionDocument], summary="List versions")
def list_versions(request: AppRequest, page: Query[PageQuery]) -> PageOf[VersionDocument]:
    return page_of(ConfigurationVersion.objects.all(), page, _versions)


@router.post(
    "/configuration/validate",
    response=FindingsDocument,
    summary="Check a configuration document without publishing it",
)
def validate_configuration(request: AppRequest, body: Whole[Document]) -> FindingsDocument:
    return FindingsDocument(findings=configuration.validate(body))


@router.post(
    "/configuration",
    auth=ADMINISTRATORS,
    response=configuration.ImportReport,
    summary="Publish a configuration document",
)
def publish_configuration(request: AppRequest, body: Whole[Document]) -> configuration.ImportReport:
    """Entries are written by their names; what the document does not name stays."""
    return configuration.import_document(body, by=request.user, now=database_now())


def _versions(versions: Sequence[ConfigurationVersion]) -> list[VersionDocument]:
    return [_version(version) for version in versions]


def _version(version: ConfigurationVersion) -> VersionDocument:
    return VersionDocument(number=version.number, by=version.by, at=version.at, note=version.note)
