"""/bots: who talks to customers before people do, and what bots themselves send."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404
from ninja import Query, Router, Status
from ninja.errors import AuthenticationError
from typing_extensions import TypedDict

from config.api.auth import CONFIGURERS, READERS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.named_rows import named, named_list
from config.api.problems import Invalid
from config.api.schema import Body, Flag, Name, Object, number, optional, text_of
from config.clock import database_now
from config.request import AppRequest
from config.secret_store import reveal
from workstreams.actions.choose_bots import choose_assist_bots, choose_bot
from workstreams.actions.delete_bot import delete_bot
from workstreams.actions.save_bot import save_bot
from workstreams.actions.take_bot_answer import take_bot_answer
from workstreams.bots.answer import BadAnswer, read_answer, signed_for
from workstreams.bots.signature import SIGNATURE, TIMESTAMP, is_signed
from workstreams.exceptions import ConversationOver
from workstreams.models import Bot, BotConversation, Workstream

router = Router(auth=READERS, tags=["bots"])

Kind = Literal["scripted", "webhook"]
Purpose = Literal["conversation", "assist"]
Endpoint = Annotated[str, text_of(500)]
Secret = Annotated[str, text_of(200, least=16)]
Revision = Annotated[int, number(1, 2**31 - 1)]


class BotChanges(Body):
    """What to change; a field left out stays. ``secret`` is never shown again."""

    name: Name = optional()
    kind: Kind = optional()
    purpose: Purpose = optional()
    endpoint: Endpoint = optional()
    secret: Secret = optional()
    script: Object = optional()
    is_enabled: Flag = optional()
    revision: Revision = optional()


class BotIn(Body):
    """A new bot: a webhook has an endpoint, a scripted bot a script."""

    name: Name
    kind: Kind
    purpose: Purpose = optional()
    endpoint: Endpoint = optional()
    secret: Secret = optional()
    script: Object = optional()
    is_enabled: Flag = optional()


class BotDocument(TypedDict):
    """A bot; of its secret only whether there is one."""

    id: int
    name: str
    kind: str
    purpose: str
    endpoint: str
    has_secret: bool
    script: dict[str, Any]
    is_enabled: bool
    revision: int


class WorkstreamBot(Body):
    """The bot that gets incoming conversations first, by name; null for none."""

    bot: Name | None
    revision: Revision = optional()


class WorkstreamAssistBots(Body):
    """All smart assist bots of a workstream, by name."""

    bots: list[Name]
    revision: Revision = optional()


class WorkstreamBotsDocument(TypedDict):
    """The bots of a workstream, by name."""

    bot: str | None
    assist_bots: list[str]
    revision: int


class Taken(TypedDict):
    """Whether the answer came in time to be said."""

    taken: bool


@router.get("/bots", response=PageOf[BotDocument], summary="List bots")
def list_bots(request: AppRequest, page: Query[PageQuery]) -> PageOf[BotDocument]:
    return page_of(Bot.objects.order_by("pk"), page, _documents)


@router.post("/bots", auth=CONFIGURERS, response={201: BotDocument}, summary="Register a bot")
def create_bot(request: AppRequest, body: BotIn) -> Status[BotDocument]:
    bot = save_bot(by=request.user, now=database_now(), **body.given())
    return Status(201, _document(bot))


@router.get("/bots/{int:bot_id}", response=BotDocument, summary="Show a bot")
def show_bot(request: AppRequest, bot_id: int) -> BotDocument:
    return _document(_load(bot_id))


@router.patch("/bots/{int:bot_id}", auth=CONFIGURERS, response=BotDocument, summary="Change a bot")
def change_bot(request: AppRequest, bot_id: int, body: BotChanges) -> BotDocument:
    bot = save_bot(bot=_load(bot_id), by=request.user, now=database_now(), **body.given())
    return _document(bot)


@router.delete("/bots/{int:bot_id}", auth=CONFIGURERS, response={204: None}, summary="Delete a bot")
def delete_a_bot(request: AppRequest, bot_id: int) -> Status[None]:
    """Refused while a workstream uses it or it talks."""
    delete_bot(bot=_load(bot_id), by=request.user, now=database_now())
    return Status(204, None)


@router.get(
    "/workstreams/{int:workstream_id}/bots",
    response=WorkstreamBotsDocument,
    summary="Show the bots of a workstream",
)
def show_workstream_bots(request: AppRequest, workstream_id: int) -> WorkstreamBotsDocument:
    return _of_workstream(_workstream(workstream_id))


@router.put(
    "/workstreams/{int:workstream_id}/bot",
    auth=CONFIGURERS,
    response=WorkstreamBotsDocument,
    summary="Add, change or remove the bot of a workstream",
)
def change_workstream_bot(
    request: AppRequest, workstream_id: int, body: WorkstreamBot
) -> WorkstreamBotsDocument:
    saved = choose_bot(
        workstream=_workstream(workstream_id),
        bot=named(Bot, "bot", body.bot),
        revision=body.revision,
        by=request.user,
        now=database_now(),
    )
    return _of_workstream(saved)


@router.put(
    "/workstreams/{int:workstream_id}/assist-bots",
    auth=CONFIGURERS,
    response=WorkstreamBotsDocument,
    summary="Choose the smart assist bots of a workstream",
)
def change_assist_bots(
    request: AppRequest, workstream_id: int, body: WorkstreamAssistBots
) -> WorkstreamBotsDocument:
    saved = choose_assist_bots(
        workstream=_workstream(workstream_id),
        bots=named_list(Bot.objects.all(), "bots", body.bots),
        revision=body.revision,
        by=request.user,
        now=database_now(),
    )
    return _of_workstream(saved)


@router.post(
    "/bots/conversations/{uuid:key}/answer",
    auth=None,
    response=Taken,
    summary="Answer as a bot",
)
def answer_as_bot(request: AppRequest, key: UUID) -> Taken:
    """For bots that answer later than they are asked: ``{messages, action, context, summary}``.

    Signed like what is sent to them: ``Switchyard-Timestamp``, and ``Switchyard-Signature``
    with ``v1=`` and the HMAC-SHA256 of timestamp, dot and body. The same ``Idempotency-Key``,
    or without one the same signature, says nothing twice. 409 once people have it.

    The signature covers neither the address nor that header. With ``{"signed_for":
    {"conversation": id, "key": "..."}}`` in the body an answer is said in no other conversation,
    and not again by whoever got hold of it: that key counts in place of the header.
    """
    conversation = BotConversation.objects.select_related("bot").filter(key=key).first()
    now = database_now()
    signature = request.headers.get(SIGNATURE, "")
    secret = reveal(conversation.bot.secret) if conversation else ""
    is_known = is_signed(
        secret=secret,
        timestamp=request.headers.get(TIMESTAMP, ""),
        signature=signature,
        body=request.body,
        at=int(now.timestamp()),
    )
    if conversation is None or not is_known:
        raise AuthenticationError
    try:
        answer = read_answer(request.body)
        named, signed_key = signed_for(request.body)
    except BadAnswer as fault:
        raise Invalid("", str(fault)) from fault
    if named not in ("", str(key)):
        raise Invalid("signed_for", "This answer is signed for another conversation.")
    repeated = signed_key or request.headers.get("Idempotency-Key", "")[:200] or signature
    is_taken = take_bot_answer(
        conversation_id=conversation.pk, answer=answer, key=f"later {repeated}", now=now
    )
    if not is_taken:
        raise ConversationOver
    return Taken(taken=is_taken)


def _load(bot_id: int) -> Bot:
    bot = Bot.objects.filter(pk=bot_id).first()
    if bot is None:
        raise Http404
    return bot


def _workstream(workstream_id: int) -> Workstream:
    workstream = Workstream.objects.filter(pk=workstream_id).first()
    if workstream is None:
        raise Http404
    return workstream


def _documents(bots: Sequence[Bot]) -> list[BotDocument]:
    return [_document(bot) for bot in bots]


def _document(bot: Bot) -> BotDocument:
    return BotDocument(
        id=bot.pk,
        name=bot.name,
        kind=bot.kind,
        purpose=bot.purpose,
        endpoint=bot.endpoint,
        has_secret=bool(bot.secret),
        script=bot.script,
        is_enabled=bot.is_enabled,
        revision=bot.revision,
    )


def _of_workstream(workstream: Workstream) -> WorkstreamBotsDocument:
    assist = workstream.assist_bots.order_by("name").values_list("name", flat=True)
    return WorkstreamBotsDocument(
        bot=workstream.bot.name if workstream.bot else None,
        assist_bots=list(assist),
        revision=workstream.revision,
    )
