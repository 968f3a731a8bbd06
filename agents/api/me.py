"""/agents/me: what the caller's own desk shows."""

from ninja import Router
from typing_extensions import TypedDict

from agents.api.agent_document import LoadDocument, agent_rows, load_document
from agents.permissions import get_own_agent
from agents.terms import BasePresence
from config.request import AppRequest
from routing.queries.desk import DeskItem, my_items, open_items
from routing.queries.desk_consults import (
    AdvisedItem,
    ConsultRequest,
    advised_items,
    consult_requests,
)
from routing.queries.desk_offers import Offer, my_offers

router = Router(tags=["agents"])


class DeskDocument(TypedDict):
    """Load, offers, own items, and open items of the caller's queues, longest waiting first.

    ``requests`` are those for advice, of the caller or of one of his queues, and ``advised`` the
    items of others that he advises on.
    """

    username: str
    name: str
    presence: str
    base_presence: str
    load: LoadDocument
    offers: list[Offer]
    requests: list[ConsultRequest]
    advised: list[AdvisedItem]
    items: list[DeskItem]
    open_items: list[DeskItem]
    number_of_open_items: int


@router.get("/agents/me", response=DeskDocument, summary="Show my desk")
def show_my_desk(request: AppRequest) -> DeskDocument:
    agent = agent_rows().get(pk=get_own_agent(request.user).pk)
    current = getattr(agent, "presence", None)
    waiting, number_of_open_items = open_items(agent)
    return DeskDocument(
        username=agent.username,
        name=agent.user.display_name,
        presence=current.presence.name if current else BasePresence.OFFLINE.value,
        base_presence=current.base if current else BasePresence.OFFLINE.value,
        load=load_document(agent),
        offers=my_offers(agent),
        requests=consult_requests(agent),
        advised=advised_items(agent),
        items=my_items(agent),
        open_items=waiting,
        number_of_open_items=number_of_open_items,
    )
