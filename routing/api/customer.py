"""/work-items/{id}/customer: whom a work item is from, and what it is about."""

from typing import Annotated

from ninja import Router

from agents.permissions import agent_of
from config.api.schema import Body, number, optional
from config.clock import database_now
from config.request import AppRequest
from routing.api.item_document import WorkItemDocument, get_item_for, shown_item
from workstreams.actions.change_customer import change_customer

router = Router(tags=["work items"])
Id = Annotated[int, number(1, 2**63 - 1)]


class CustomerIn(Body):
    """Ids of active rows; null takes a link away, and what is left out stays.

    Another contact brings its account and its only active case, unless these are named too; who is
    taken away takes his case along. What was filled into ``customer`` leaves it, and name, e-mail
    and phone of who is linked now fill what the customer left out.
    """

    contact: Id | None = optional()
    account: Id | None = optional()
    case: Id | None = optional()


@router.patch(
    "/work-items/{int:item_id}/customer",
    response=WorkItemDocument,
    summary="Link a work item to another customer or case",
)
def change_customer_of_item(
    request: AppRequest, item_id: int, body: CustomerIn
) -> WorkItemDocument:
    """For the agent who has it, and for supervisors."""
    get_item_for(request.user, item_id)
    change_customer(
        item_id=item_id,
        links=body.given(),
        agent=None if request.user.is_supervisor else agent_of(request.user),
        by=request.user,
        now=database_now(),
    )
    return shown_item(item_id)
