"""/notification-templates: how work is offered."""

from typing import Annotated, Literal

from django.http import Http404
from ninja import Query, Router, Status
from typing_extensions import TypedDict

from config.api.auth import CONFIGURERS, READERS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.schema import Body, Flag, LongName, Name, number, optional, text_of
from config.clock import database_now
from config.request import AppRequest
from workstreams.actions.copy_template import copy_template
from workstreams.actions.create_notification_template import create_notification_template
from workstreams.actions.delete_template import delete_template
from workstreams.actions.edit_notification_template import edit_notification_template
from workstreams.models import NotificationTemplate

router = Router(auth=READERS, tags=["templates"])

Label = Annotated[str, text_of(40, least=1)]
Seconds = Annotated[int, number(5, 3600)]
When = Literal["never", "background", "always"]
Revision = Annotated[int, number(1, 2**31 - 1)]
PATH = "/notification-templates/{int:template_id}"


class FieldIn(Body):
    """A line of the offer; the value may hold slugs."""

    header: Name
    value: LongName


class NotificationTemplateIn(Body):
    """A new template. With ``auto_assign`` nobody may decline, and the accept label is Open;
    ``auto_accept`` needs it, and shows the countdown."""

    name: Name
    title: LongName = optional()
    icon: Name = optional()
    fields: list[FieldIn] = optional(max_length=4)
    shows_countdown: Flag = optional()
    countdown_seconds: Seconds = optional()
    auto_assign: Flag = optional()
    auto_accept: Flag = optional()
    accept_label: Label = optional()
    agents_may_decline: Flag = optional()
    decline_label: Label = optional()
    desktop_notification: When = optional()


class NotificationTemplateChanges(NotificationTemplateIn):
    """What to change; a field left out stays. With a ``revision`` the change is refused when
    somebody else saved meanwhile."""

    name: Name = optional()
    revision: Revision = optional()


class CopyTemplateIn(Body):
    """The name of the copy; "Copy of ..." unless given."""

    name: Annotated[str, text_of(100)] = ""


class FieldDocument(TypedDict):
    header: str
    value: str


class NotificationTemplateDocument(TypedDict):
    """A template; built-in ones can be copied, not changed."""

    id: int
    name: str
    title: str
    icon: str
    fields: list[FieldDocument]
    shows_countdown: bool
    countdown_seconds: int
    auto_assign: bool
    auto_accept: bool
    accept_label: str
    agents_may_decline: bool
    decline_label: str
    desktop_notification: str
    is_built_in: bool
    revision: int


@router.get(
    "/notification-templates",
    response=PageOf[NotificationTemplateDocument],
    summary="List notification templates",
)
def list_notification_templates(
    request: AppRequest, page: Query[PageQuery]
) -> PageOf[NotificationTemplateDocument]:
    rows = NotificationTemplate.objects.all()
    return page_of(rows, page, lambda found: [_document(row) for row in found])


@router.post(
    "/notification-templates",
    auth=CONFIGURERS,
    response={201: NotificationTemplateDocument},
    summary="Create a notification template",
)
def create_a_notification_template(
    request: AppRequest, body: NotificationTemplateIn
) -> Status[NotificationTemplateDocument]:
    template = create_notification_template(
        by=request.user, now=database_now(), **body.model_dump(exclude_unset=True)
    )
    return Status(201, _document(template))


@router.get(PATH, response=NotificationTemplateDocument, summary="Show a notification template")
def show_notification_template(
    request: AppRequest, template_id: int
) -> NotificationTemplateDocument:
    return _document(_load(template_id))


@router.patch(
    PATH,
    auth=CONFIGURERS,
    response=NotificationTemplateDocument,
    summary="Change a notification template",
)
def change_notification_template(
    request: AppRequest, template_id: int, body: NotificationTemplateChanges
) -> NotificationTemplateDocument:
    changed = edit_notification_template(
        template=_load(template_id),
        by=request.user,
        now=database_now(),
        **body.model_dump(exclude_unset=True),
    )
    return _document(changed)


@router.post(
    f"{PATH}/copy",
    auth=CONFIGURERS,
    response={201: NotificationTemplateDocument},
    summary="Copy a notification template",
)
def copy_notification_template(
    request: AppRequest, template_id: int, body: CopyTemplateIn
) -> Status[NotificationTemplateDocument]:
    copy = copy_template(
        template=_load(template_id), by=request.user, now=database_now(), name=body.name
    )
    return Status(201, _document(copy))


@router.delete(
    PATH,
    auth=CONFIGURERS,
    response={204: None},
    summary="Delete a notification template that no workstream uses",
)
def delete_notification_template(request: AppRequest, template_id: int) -> Status[None]:
    delete_template(template=_load(template_id), by=request.user, now=database_now())
    return Status(204, None)


def _load(template_id: int) -> NotificationTemplate:
    template = NotificationTemplate.objects.filter(pk=template_id).first()
    if template is None:
        raise Http404
    return template


def _document(template: NotificationTemplate) -> NotificationTemplateDocument:
    return NotificationTemplateDocument(
        id=template.pk,
        name=template.name,
        title=template.title,
        icon=template.icon,
        fields=template.fields,
        shows_countdown=template.shows_countdown,
        countdown_seconds=template.countdown_seconds,
        auto_assign=template.auto_assign,
        auto_accept=template.auto_accept,
        accept_label=template.accept_label,
        agents_may_decline=template.agents_may_decline,
        decline_label=template.decline_label,
        desktop_notification=template.desktop_notification,
        is_built_in=template.is_built_in,
        revision=template.revision,
    )
