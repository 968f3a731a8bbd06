"""What agents and supervisors do with a work item."""

from collections.abc import Callable
from typing import Annotated, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404
from ninja import Router
from typing_extensions import TypedDict

from agents.models import Agent
from agents.permissions import agent_of, get_own_agent
from config.api.auth import SUPERVISORS
from config.api.named_rows import named
from config.api.problems import Invalid
from config.api.schema import Body, Flag, LongName, Username, number, optional
from config.request import AppRequest
from config.row_ids import LARGEST_ID
from routing import service
from routing.api.item_document import WorkItemDocument, get_item_for, shown_item
from routing.exceptions import NoDestination
from routing.permissions import knows_of, visible_item
from routing.queries.excess import excess_of_last
from routing.queries.has_had import has_had
from workstreams.models import Queue
from workstreams.terms import ItemState

router = Router(tags=["work items"])
SUPERVISORS_FORCE: Final = "Only supervisors and administrators may close by force."


class TransferIn(Body):
    """To one queue, by name, or to one agent, by username."""

    queue: LongName = optional()
    agent: Username = optional()


class ReadIn(Body):
    """``read_until`` is the ``id`` of the last message that the agent has read, 0 for none. When
    the customer has written since, nothing is done, and the answer is ``customer-wrote-since``.

    Without it, what the desk showed counts as read, and what was answered. A caller whose agent
    never had the conversation on the desk is believed: nobody here knows what another program has
    shown, and to have fetched a message is not to have read it. So name it wherever a customer may
    write in the very moment.
    """

    read_until: Annotated[int, number(0, LARGEST_ID)] = optional()


class CloseIn(ReadIn):
    """``read_until`` as where a conversation is ended. With ``force``, which is for supervisors,
    the work item is closed for good, whoever has it and whatever its state, also in the caller's
    own hands; then ``read_until`` is not asked for, and there is no way back.
    """

    force: Flag = False


class ExcessDocument(TypedDict):
    """A limit of the agent that the work item passes: ``Units``, or a profile by its name."""

    capacity: str
    limit: int
    before: int
    after: int
    over: int
    sentence: str


class AssignedDocument(WorkItemDocument):
    """The work item, and the limits its agent is over with it."""

    excess: list[ExcessDocument]


class AssignIn(Body):
    """To whom; ``override`` passes presence and capacity, and is named in the record."""

    agent: Username
    override: Flag = False


@router.post(
    "/work-items/{int:item_id}/pick", response=AssignedDocument, summary="Pick an open work item"
)
def pick_work_item(request: AppRequest, item_id: int) -> AssignedDocument:
    return _assigned(_done(request, item_id, lambda agent: service.pick(item_id=item_id, by=agent)))


@router.post(
    "/work-items/{int:item_id}/accept", response=WorkItemDocument, summary="Accept an offer"
)
def accept_work_item(request: AppRequest, item_id: int) -> WorkItemDocument:
    return _done(request, item_id, lambda agent: service.accept(item_id=item_id, by=agent))


@router.post(
    "/work-items/{int:item_id}/decline", response=WorkItemDocument, summary="Decline an offer"
)
def decline_work_item(request: AppRequest, item_id: int) -> WorkItemDocument:
    return _done(request, item_id, lambda agent: service.decline(item_id=item_id, by=agent))


@router.post(
    "/work-items/{int:item_id}/release",
    response=WorkItemDocument,
    summary="Put a work item back into its queue",
)
def release_work_item(request: AppRequest, item_id: int) -> WorkItemDocument:
    return _done(request, item_id, lambda agent: service.release(item_id=item_id, by=agent))


@router.post(
    "/work-items/{int:item_id}/end",
    response=WorkItemDocument,
    summary="End the conversation; wrap-up begins",
)
def end_work_item(
    request: AppRequest, item_id: int, body: ReadIn | None = None
) -> WorkItemDocument:
    """With ``read_until`` nothing is passed over that the customer writes in the same moment."""
    read_until = body.read_until if body else None
    return _done(
        request,
        item_id,
        lambda agent: service.end(item_id=item_id, by=agent, read_until=read_until),
    )


@router.post(
    "/work-items/{int:item_id}/close", response=WorkItemDocument, summary="Close a work item"
)
def close_work_item(
    request: AppRequest, item_id: int, body: CloseIn | None = None
) -> WorkItemDocument:
    """The agent who has it closes it after wrap-up, or lets an asynchronous conversation wait for
    its customer; before its end a live one, or a record, goes back into its queue. Closing twice
    changes nothing.

    A supervisor closes for good any unfinished item that was never his own, or only offered to him,
    and with ``force`` any other, too. What he himself had before, as an agent, he closes by force
    alone: else a request whose answer was lost, and is repeated, would end what somebody else has
    taken up since."""
    user, agent = request.user, agent_of(request.user)
    item = visible_item(user, agent, item_id)
    if item is None:
        raise Http404
    body = body or CloseIn()
    if body.force and not user.is_supervisor:
        raise PermissionDenied(SUPERVISORS_FORCE)
    is_over = item.state == ItemState.CLOSED
    if user.is_supervisor and (body.force or is_over or not has_had(agent, item)):
        service.force_close(item_id=item_id, by=user)
    else:
        assert agent is not None
        service.close(item_id=item_id, by=agent, read_until=body.read_until)
    return shown_item(item_id)


@router.post(
    "/work-items/{int:item_id}/customer-left",
    auth=SUPERVISORS,
    response=WorkItemDocument,
    summary="Say that the customer ended the conversation",
)
def leave_work_item(request: AppRequest, item_id: int) -> WorkItemDocument:
    """By an integration, whose calls and channels end elsewhere: a caller hung up. Before an agent
    accepted, and while it waits for its customer, the conversation is closed; after that wrap-up
    begins. What is over stays as it is. The customer does that: it is no closing by force, and
    goes on where supervisors may not."""
    item = get_item_for(request.user, item_id)
    service.leave(item_id=item.pk)
    return shown_item(item.pk)


@router.post(
    "/work-items/{int:item_id}/reopen-session",
    response=AssignedDocument,
    summary="Take a resting conversation up again",
)
def reopen_work_item(request: AppRequest, item_id: int) -> AssignedDocument:
    get_item_for(request.user, item_id)
    return _assigned(
        _done(request, item_id, lambda agent: service.reopen(item_id=item_id, by=agent))
    )


@router.post(
    "/work-items/{int:item_id}/transfer",
    response=AssignedDocument,
    summary="Transfer to a queue or an agent",
)
def transfer_work_item(request: AppRequest, item_id: int, body: TransferIn) -> AssignedDocument:
    item = get_item_for(request.user, item_id)
    given = body.given()
    if len(given) != 1:
        raise NoDestination
    queue = named(Queue, "queue", given.get("queue"))
    agent = _agent(given["agent"]) if "agent" in given else None
    service.transfer(item_id=item.pk, by=request.user, queue=queue, agent=agent)
    return _assigned(shown_item(item.pk))


@router.post(
    "/work-items/{int:item_id}/assign",
    auth=SUPERVISORS,
    response=AssignedDocument,
    summary="Assign an open work item to an agent",
)
def assign_work_item(request: AppRequest, item_id: int, body: AssignIn) -> AssignedDocument:
    agent = _agent(body.agent)
    service.assign(item_id=item_id, agent=agent, by=request.user, override=body.override)
    return _assigned(shown_item(item_id))


def _done(request: AppRequest, item_id: int, verb: Callable[[Agent], object]) -> WorkItemDocument:
    agent = get_own_agent(request.user)
    if not knows_of(agent, item_id):
        raise Http404
    verb(agent)
    return shown_item(item_id)


def _assigned(item: WorkItemDocument) -> AssignedDocument:
    """What nobody has passes nobody's limit, whatever its last agent was over."""
    passed = excess_of_last(item["id"]) if item["agent"] else ()
    excess = [ExcessDocument(**each.document) for each in passed]  # type: ignore[typeddict-item]  # the keys are those of Excess
    return AssignedDocument(**item, excess=excess)


def _agent(username: str) -> Agent:
    rows = Agent.objects.select_related("user", "presence")
    agent = rows.filter(user__username=username).first()
    if agent is None:
        raise Invalid("agent", f"There is no agent {username!r}.")
    return agent
