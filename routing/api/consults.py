"""/work-items/{id}/consults: asking for advice, giving it, and its side talk."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from ninja import Query, Router, Status
from typing_extensions import TypedDict

from agents.models import Agent
from agents.permissions import agent_of, get_own_agent
from config.api.auth import SUPERVISORS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.named_rows import named
from config.api.problems import Invalid
from config.api.schema import Body, LongName, MessageText, Username, optional, text_of
from config.request import AppRequest
from routing import service
from routing.api.item_document import WorkItemDocument, get_item_for, shown_item
from workstreams.models import QUESTION_LENGTH, Consult, ConsultNote, Queue

router = Router(tags=["consults"])

NO_AGENT = "Only supervisors who are agents can join a conversation."


class ConsultIn(Body):
    """One agent, by username, or one queue, by name; and the question."""

    agent: Username = optional()
    queue: LongName = optional()
    question: Annotated[str, text_of(QUESTION_LENGTH)] = optional()


class NoteIn(Body):
    """The same ``client_key`` twice is one note."""

    text: MessageText
    client_key: UUID = optional()


class NoteDocument(TypedDict):
    """One line of the side talk."""

    id: int
    agent: str
    text: str
    created_at: datetime


class ConsultDocument(TypedDict):
    """Who asks whom, and how far it is: asked, advising, joined, declined, missed or ended.

    ``agent`` is null as long as nobody of the ``queue`` came.
    """

    id: int
    work_item: int
    asked_by: str
    agent: str | None
    queue: str | None
    question: str
    state: str
    by_supervisor: bool
    asked_at: datetime
    deadline_at: datetime
    ended_at: datetime | None


@router.get(
    "/work-items/{int:item_id}/consults",
    response=PageOf[ConsultDocument],
    summary="List the consults of a work item",
)
def list_consults(
    request: AppRequest, item_id: int, query: Query[PageQuery]
) -> PageOf[ConsultDocument]:
    """Supervisors see all, agents those they asked for or were asked, also as members of a queue
    that nobody has answered for yet."""
    item = get_item_for(request.user, item_id)
    rows = _rows().filter(item=item)
    if not request.user.is_supervisor:
        agent = get_own_agent(request.user)
        of_queues = Consult.objects.asked_of_queues(agent.pk)
        rows = rows.filter(Q(asked_by=agent) | Q(agent=agent) | Q(pk__in=of_queues))
    return page_of(rows, query, _documents)


@router.post(
    "/work-items/{int:item_id}/consults",
    response={201: ConsultDocument},
    summary="Ask for advice",
)
def create_consult(request: AppRequest, item_id: int, body: ConsultIn) -> Status[ConsultDocument]:
    item = get_item_for(request.user, item_id)
    given = body.given()
    asked = service.consult(
        item_id=item.pk,
        by=get_own_agent(request.user),
        agent=_agent(given["agent"]) if "agent" in given else None,
        queue=named(Queue, "queue", given.get("queue")),
        question=given.get("question", ""),
    )
    return Status(201, _shown(asked.pk))


@router.post(
    "/consults/{int:consult_id}/accept", response=ConsultDocument, summary="Advise on a work item"
)
def accept_consult(request: AppRequest, consult_id: int) -> ConsultDocument:
    return _done(
        request,
        consult_id,
        lambda agent: service.accept_consult(consult_id=consult_id, by=agent),
    )


@router.post(
    "/consults/{int:consult_id}/decline", response=ConsultDocument, summary="Decline to advise"
)
def decline_consult(request: AppRequest, consult_id: int) -> ConsultDocument:
    return _done(
        request,
        consult_id,
        lambda agent: service.decline_consult(consult_id=consult_id, by=agent),
    )


@router.post(
    "/consults/{int:consult_id}/join",
    response=ConsultDocument,
    summary="Add the adviser to the conversation",
)
def join_consult(request: AppRequest, consult_id: int) -> ConsultDocument:
    return _done(
        request,
        consult_id,
        lambda agent: service.add_consultant(consult_id=consult_id, by=agent),
    )


@router.post("/consults/{int:consult_id}/end", response=ConsultDocument, summary="End advice")
def end_consult(request: AppRequest, consult_id: int) -> ConsultDocument:
    """By the one who asked, the adviser, or a supervisor."""
    service.end_consult(consult_id=consult_id, by=request.user)
    return _shown(consult_id)


@router.get(
    "/consults/{int:consult_id}/notes",
    response=PageOf[NoteDocument],
    summary="List the notes of a side talk",
)
def list_notes(
    request: AppRequest, consult_id: int, query: Query[PageQuery]
) -> PageOf[NoteDocument]:
    """For the two who talk, and for supervisors; never for the customer."""
    consult = _get(consult_id)
    agent = agent_of(request.user)
    is_one = agent is not None and agent.pk in (consult.asked_by_id, consult.agent_id)
    if not (is_one or request.user.is_supervisor):
        raise Http404
    rows = ConsultNote.objects.filter(consult=consult).select_related("agent__user")
    return page_of(rows, query, lambda notes: [_note(each) for each in notes])


@router.post(
    "/consults/{int:consult_id}/notes",
    response={201: NoteDocument},
    summary="Write a note into a side talk",
)
def create_note(request: AppRequest, consult_id: int, body: NoteIn) -> Status[NoteDocument]:
    note = service.write_note(
        consult_id=consult_id,
        by=get_own_agent(request.user),
        text=body.text,
        client_key=body.given().get("client_key") or uuid4(),
    )
    return Status(201, _note(note))


@router.post(
    "/work-items/{int:item_id}/monitor",
    auth=SUPERVISORS,
    response=WorkItemDocument,
    summary="Watch a conversation; who does is written down",
)
def monitor_work_item(request: AppRequest, item_id: int) -> WorkItemDocument:
    service.monitor(item_id=item_id, by=request.user)
    return shown_item(item_id)


@router.post(
    "/work-items/{int:item_id}/join",
    auth=SUPERVISORS,
    response={201: ConsultDocument},
    summary="Join a conversation as a supervisor",
)
def join_work_item(request: AppRequest, item_id: int) -> Status[ConsultDocument]:
    """For supervisors who are agents too: they write under their own name."""
    agent = agent_of(request.user)
    if agent is None:
        raise PermissionDenied(NO_AGENT)
    return Status(201, _shown(service.join(item_id=item_id, by=agent).pk))


def _done(request: AppRequest, consult_id: int, verb: Callable[[Agent], object]) -> ConsultDocument:
    verb(get_own_agent(request.user))
    return _shown(consult_id)


def _rows() -> "QuerySet[Consult]":
    return Consult.objects.select_related("agent__user", "asked_by__user", "queue")


def _get(consult_id: int) -> Consult:
    consult = _rows().filter(pk=consult_id).first()
    if consult is None:
        raise Http404
    return consult


def _shown(consult_id: int) -> ConsultDocument:
    return _document(_get(consult_id))


def _documents(consults: Sequence[Consult]) -> list[ConsultDocument]:
    return [_document(each) for each in consults]


def _document(consult: Consult) -> ConsultDocument:
    return ConsultDocument(
        id=consult.pk,
        work_item=consult.item_id,
        asked_by=consult.asked_by.username,
        agent=consult.agent.username if consult.agent else None,
        queue=consult.queue.name if consult.queue else None,
        question=consult.question,
        state=consult.state,
        by_supervisor=consult.by_supervisor,
        asked_at=consult.asked_at,
        deadline_at=consult.deadline_at,
        ended_at=consult.ended_at,
    )


def _note(note: ConsultNote) -> NoteDocument:
    return NoteDocument(
        id=note.pk, agent=note.agent.username, text=note.text, created_at=note.created_at
    )


def _agent(username: str) -> Agent:
    agent = Agent.objects.select_related("user").filter(user__username=username).first()
    if agent is None:
        raise Invalid("agent", f"There is no agent {username!r}.")
    return agent
