"""/session-templates: how work opens on the desk."""

from typing import Annotated, Any, Literal

from django.http import Http404
from ninja import Query, Router, Status
from typing_extensions import TypedDict

from config.api.auth import CONFIGURERS, READERS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.named_rows import named
from config.api.schema import Body, Flag, LongName, Name, number, optional, text_of
from config.clock import database_now
from config.request import AppRequest
from workstreams.actions.copy_template import copy_template
from workstreams.actions.create_session_template import create_session_template
from workstreams.actions.delete_template import delete_template
from workstreams.actions.edit_session_template import edit_session_template
from workstreams.api.notification_templates import CopyTemplateIn
from workstreams.models import RecordType, SessionTemplate

router = Router(auth=READERS, tags=["templates"])

Anchor = Literal["customer", "record", "context", "history", "routing"]
PATH = "/session-templates/{int:template_id}"


class SessionTemplateIn(Body):
    """A new session. ``entity`` ones name a record type and have no icon; only ``generic``
    ones can be chosen for a workstream."""

    name: Name
    unique_name: Name
    type: Literal["generic", "entity"] = optional()
    record_type: Name | None = optional()
    title: LongName = optional()
    panel_mode: Literal["docked", "minimized", "hidden"] = optional()
    icon: Name = optional()
    description: Annotated[str, text_of(500)] = optional()
    titles_anchor_tab: Flag = optional()
    anchor_tab: Anchor = optional()
    tabs: list[Anchor] = optional(max_length=5)


class SessionTemplateChanges(SessionTemplateIn):
    """What to change; a field left out stays, and the type always does. With a ``revision``
    the change is refused when somebody else saved meanwhile."""

    name: Name = optional()
    unique_name: Name = optional()
    revision: Annotated[int, number(1, 2**31 - 1)] = optional()


class SessionTemplateDocument(TypedDict):
    """A session template; built-in ones can be copied, not changed."""

    id: int
    name: str
    unique_name: str
    type: str
    record_type: str | None
    title: str
    panel_mode: str
    icon: str
    description: str
    titles_anchor_tab: bool
    anchor_tab: str
    tabs: list[str]
    is_built_in: bool
    revision: int


@router.get(
    "/session-templates",
    response=PageOf[SessionTemplateDocument],
    summary="List session templates",
)
def list_session_templates(
    request: AppRequest, page: Query[PageQuery]
) -> PageOf[SessionTemplateDocument]:
    rows = SessionTemplate.objects.select_related("record_type")
    return page_of(rows, page, lambda found: [_document(row) for row in found])


@router.post(
    "/session-templates",
    auth=CONFIGURERS,
    response={201: SessionTemplateDocument},
    summary="Create a session template",
)
def create_a_session_template(
    request: AppRequest, body: SessionTemplateIn
) -> Status[SessionTemplateDocument]:
    template = create_session_template(by=request.user, now=database_now(), **_settings(body))
    return Status(201, _document(template))


@router.get(PATH, response=SessionTemplateDocument, summary="Show a session template")
def show_session_template(request: AppRequest, template_id: int) -> SessionTemplateDocument:
    return _document(_load(template_id))


@router.patch(
    PATH, auth=CONFIGURERS, response=SessionTemplateDocument, summary="Change a session template"
)
def change_session_template(
    request: AppRequest, template_id: int, body: SessionTemplateChanges
) -> SessionTemplateDocument:
    changed = edit_session_template(
        template=_load(template_id), by=request.user, now=database_now(), **_settings(body)
    )
    return _document(changed)


@router.post(
    f"{PATH}/copy",
    auth=CONFIGURERS,
    response={201: SessionTemplateDocument},
    summary="Copy a session template",
)
def copy_session_template(
    request: AppRequest, template_id: int, body: CopyTemplateIn
) -> Status[SessionTemplateDocument]:
    copy = copy_template(
        template=_load(template_id), by=request.user, now=database_now(), name=body.name
    )
    return Status(201, _document(copy))


@router.delete(
    PATH,
    auth=CONFIGURERS,
    response={204: None},
    summary="Delete a session template that no workstream uses",
)
def delete_session_template(request: AppRequest, template_id: int) -> Status[None]:
    delete_template(template=_load(template_id), by=request.user, now=database_now())
    return Status(204, None)


def _load(template_id: int) -> SessionTemplate:
    rows = SessionTemplate.objects.select_related("record_type")
    template = rows.filter(pk=template_id).first()
    if template is None:
        raise Http404
    return template


def _settings(body: SessionTemplateIn) -> dict[str, Any]:
    settings = body.given()
    if "record_type" in settings:
        settings["record_type"] = named(RecordType, "record_type", settings["record_type"])
    return settings


def _document(template: SessionTemplate) -> SessionTemplateDocument:
    record_type = template.record_type
    return SessionTemplateDocument(
        id=template.pk,
        name=template.name,
        unique_name=template.unique_name,
        type=template.type,
        record_type=record_type.name if record_type else None,
        title=template.title,
        panel_mode=template.panel_mode,
        icon=template.icon,
        description=template.description,
        titles_anchor_tab=template.titles_anchor_tab,
        anchor_tab=template.anchor_tab,
        tabs=template.tabs,
        is_built_in=template.is_built_in,
        revision=template.revision,
    )
