"""/message-templates: texts that the organisation sends first, by language."""

from collections.abc import Sequence
from typing import Annotated

from django.http import Http404
from ninja import Query, Router, Status
from typing_extensions import TypedDict

from config.api.auth import CONFIGURERS, READERS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.schema import Body, Name, number, optional, text_of
from config.clock import database_now
from config.request import AppRequest
from workstreams.actions.delete_message_template import delete_message_template
from workstreams.actions.save_message_template import TEXT_LENGTH, save_message_template
from workstreams.models import MessageTemplate

router = Router(auth=READERS, tags=["replies"])
Locale = Annotated[str, text_of(10, least=1)]
Text = Annotated[str, text_of(TEXT_LENGTH, least=1)]
ChannelName = Annotated[str, text_of(20, least=1)]
Revision = Annotated[int, number(1, 2**31 - 1)]


class TemplateChanges(Body):
    """What to change; a field left out stays. ``texts`` is ``{locale: text}``, all of them."""

    name: Name = optional()
    channel: ChannelName = optional()
    default_locale: Locale = optional()
    texts: dict[Locale, Text] = optional(max_length=50)
    revision: Revision = optional()


class TemplateIn(Body):
    """A new template."""

    name: Name
    texts: Annotated[dict[Locale, Text], "by language"]
    channel: ChannelName = optional()
    default_locale: Locale = optional()


class TemplateDocument(TypedDict):
    """A message template."""

    id: int
    name: str
    channel: str
    default_locale: str
    texts: dict[str, str]
    revision: int


@router.get(
    "/message-templates", response=PageOf[TemplateDocument], summary="List message templates"
)
def list_message_templates(request: AppRequest, page: Query[PageQuery]) -> PageOf[TemplateDocument]:
    return page_of(MessageTemplate.objects.all(), page, _documents)


@router.post(
    "/message-templates",
    auth=CONFIGURERS,
    response={201: TemplateDocument},
    summary="Create a message template",
)
def create_a_message_template(request: AppRequest, body: TemplateIn) -> Status[TemplateDocument]:
    template = save_message_template(by=request.user, now=database_now(), **body.given())
    return Status(201, _document(template))


@router.get(
    "/message-templates/{int:template_id}",
    response=TemplateDocument,
    summary="Show a message template",
)
def show_message_template(request: AppRequest, template_id: int) -> TemplateDocument:
    return _document(_load(template_id))


@router.patch(
    "/message-templates/{int:template_id}",
    auth=CONFIGURERS,
    response=TemplateDocument,
    summary="Change a message template",
)
def change_message_template(
    request: AppRequest, template_id: int, body: TemplateChanges
) -> TemplateDocument:
    template = save_message_template(
        template=_load(template_id), by=request.user, now=database_now(), **body.given()
    )
    return _document(template)


@router.delete(
    "/message-templates/{int:template_id}",
    auth=CONFIGURERS,
    response={204: None},
    summary="Delete a message template",
)
def delete_a_message_template(request: AppRequest, template_id: int) -> Status[None]:
    delete_message_template(template=_load(template_id), by=request.user, now=database_now())
    return Status(204, None)


def _load(template_id: int) -> MessageTemplate:
    template = MessageTemplate.objects.filter(pk=template_id).first()
    if template is None:
        raise Http404
    return template


def _documents(templates: Sequence[MessageTemplate]) -> list[TemplateDocument]:
    return [_document(template) for template in templates]


def _document(template: MessageTemplate) -> TemplateDocument:
    return TemplateDocument(
        id=template.pk,
        name=template.name,
        channel=template.channel,
        default_locale=template.default_locale,
        texts=dict(template.texts),
        revision=template.revision,
    )
