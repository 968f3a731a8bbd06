"""/quick-replies: texts for all agents; /agents/me/quick-replies: one's own."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from ninja import Query, Router, Status
from pydantic import Field
from typing_extensions import TypedDict

from agents.models import Agent
from agents.permissions import get_own_agent
from config.api.auth import EVERYONE, READERS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.named_rows import named_list
from config.api.schema import Body, LongName, Name, number, optional, text_of
from config.clock import database_now
from config.request import AppRequest
from workstreams.actions.delete_quick_reply import delete_quick_reply
from workstreams.actions.save_quick_reply import MESSAGE_LENGTH, MOST_TAGS, save_quick_reply
from workstreams.actions.tag_quick_replies import MOST_REPLIES, tag_quick_replies
from workstreams.models import QuickReply, Workstream
from workstreams.queries.quick_replies import are_personal_replies_on

router = Router(auth=READERS, tags=["replies"])
Id = Annotated[int, number(1, 2**63 - 1)]
Revision = Annotated[int, number(1, 2**31 - 1)]
Locale = Annotated[str, text_of(10, least=1)]
Message = Annotated[str, text_of(MESSAGE_LENGTH, least=1)]
Tag = Annotated[str, text_of(60)]
SWITCHED_OFF = "Personal quick replies are switched off in the service configuration."


class OwnReplyChanges(Body):
    """What to change; a field left out stays. ``tags`` replaces all tags."""

    title: Name = optional()
    locale: Locale = optional()
    message: Message = optional()
    tags: list[Tag] = optional(max_length=MOST_TAGS)
    revision: Revision = optional()


class ReplyChanges(OwnReplyChanges):
    """``workstreams`` are names; none means all."""

    workstreams: list[LongName] = optional(max_length=500)


class OwnReplyIn(Body):
    """A new reply of one's own."""

    title: Name
    message: Message
    locale: Locale = optional()
    tags: list[Tag] = optional(max_length=MOST_TAGS)


class ReplyIn(OwnReplyIn):
    """A new reply for all agents."""

    workstreams: list[LongName] = optional(max_length=500)


class TagsIn(Body):
    """A tag for several replies, added or removed."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=MOST_REPLIES)]
    tag: Tag
    action: Literal["add", "remove"] = optional()


class ReplyDocument(TypedDict):
    """A quick reply; no ``workstreams`` means all."""

    id: int
    title: str
    locale: str
    message: str
    tags: list[str]
    workstreams: list[str]
    revision: int


class TaggedDocument(TypedDict):
    """How many replies changed, and the tag as it is kept."""

    changed: int
    tag: str


@router.get("/quick-replies", response=PageOf[ReplyDocument], summary="List quick replies")
def list_quick_replies(request: AppRequest, page: Query[PageQuery]) -> PageOf[ReplyDocument]:
    return page_of(_rows(None), page, _documents)


@router.post("/quick-replies", response={201: ReplyDocument}, summary="Create a quick reply")
def create_a_quick_reply(request: AppRequest, body: ReplyIn) -> Status[ReplyDocument]:
    reply = save_quick_reply(by=request.user, now=database_now(), **_settings(body))
    return Status(201, _shown(None, reply.pk))


@router.post("/quick-replies/tags", response=TaggedDocument, summary="Tag several replies")
def tag_several(request: AppRequest, body: TagsIn) -> TaggedDocument:
    changed, tag = tag_quick_replies(
        ids=body.ids,
        tag=body.tag,
        add=body.action != "remove",
        by=request.user,
        now=database_now(),
    )
    return TaggedDocument(changed=changed, tag=tag)


@router.get("/quick-replies/{int:reply_id}", response=ReplyDocument, summary="Show a quick reply")
def show_quick_reply(request: AppRequest, reply_id: int) -> ReplyDocument:
    return _shown(None, reply_id)


@router.patch(
    "/quick-replies/{int:reply_id}", response=ReplyDocument, summary="Change a quick reply"
)
def change_quick_reply(request: AppRequest, reply_id: int, body: ReplyChanges) -> ReplyDocument:
    reply = _load(None, reply_id)
    save_quick_reply(reply=reply, by=request.user, now=database_now(), **_settings(body))
    return _shown(None, reply_id)


@router.delete(
    "/quick-replies/{int:reply_id}", response={204: None}, summary="Delete a quick reply"
)
def delete_a_quick_reply(request: AppRequest, reply_id: int) -> Status[None]:
    delete_quick_reply(reply=_load(None, reply_id), by=request.user, now=database_now())
    return Status(204, None)


@router.get(
    "/agents/me/quick-replies",
    auth=EVERYONE,
    response=PageOf[ReplyDocument],
    summary="List my own quick replies",
)
def list_own_replies(request: AppRequest, page: Query[PageQuery]) -> PageOf[ReplyDocument]:
    return page_of(_rows(_own_agent(request)), page, _documents)


@router.post(
    "/agents/me/quick-replies",
    auth=EVERYONE,
    response={201: ReplyDocument},
    summary="Create a quick reply of my own",
)
def create_own_reply(request: AppRequest, body: OwnReplyIn) -> Status[ReplyDocument]:
    owner = _own_agent(request)
    reply = save_quick_reply(owner=owner, by=request.user, now=database_now(), **_settings(body))
    return Status(201, _shown(owner, reply.pk))


@router.patch(
    "/agents/me/quick-replies/{int:reply_id}",
    auth=EVERYONE,
    response=ReplyDocument,
    summary="Change a quick reply of my own",
)
def change_own_reply(request: AppRequest, reply_id: int, body: OwnReplyChanges) -> ReplyDocument:
    owner = _own_agent(request)
    reply = _load(owner, reply_id)
    save_quick_reply(reply=reply, by=request.user, now=database_now(), **_settings(body))
    return _shown(owner, reply_id)


@router.delete(
    "/agents/me/quick-replies/{int:reply_id}",
    auth=EVERYONE,
    response={204: None},
    summary="Delete a quick reply of my own",
)
def delete_own_reply(request: AppRequest, reply_id: int) -> Status[None]:
    reply = _load(_own_agent(request), reply_id)
    delete_quick_reply(reply=reply, by=request.user, now=database_now())
    return Status(204, None)


def _own_agent(request: AppRequest) -> Agent:
    agent = get_own_agent(request.user)
    if not are_personal_replies_on():
        raise PermissionDenied(SWITCHED_OFF)
    return agent


def _settings(body: Body) -> dict[str, Any]:
    settings = body.given()
    if "workstreams" in settings:
        names = settings["workstreams"]
        settings["workstreams"] = named_list(Workstream.objects.all(), "workstreams", names)
    return settings


def _rows(owner: Agent | None) -> "QuerySet[QuickReply]":
    return QuickReply.objects.filter(owner=owner).prefetch_related("workstreams")


def _load(owner: Agent | None, reply_id: int) -> QuickReply:
    reply = _rows(owner).filter(pk=reply_id).first()
    if reply is None:
        raise Http404
    return reply


def _shown(owner: Agent | None, reply_id: int) -> ReplyDocument:
    return _documents([_load(owner, reply_id)])[0]


def _documents(replies: Sequence[QuickReply]) -> list[ReplyDocument]:
    return [
        ReplyDocument(
            id=reply.pk,
            title=reply.title,
            locale=reply.locale,
            message=reply.message,
            tags=list(reply.tags),
            workstreams=sorted(each.name for each in reply.workstreams.all()),
            revision=reply.revision,
        )
        for reply in replies
    ]
