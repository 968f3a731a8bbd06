"""What an agent does with a work item: every view a call of the routing service."""

from typing import Final

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from agents.permissions import get_own_agent
from config.pages import client_event, go_to, redirect_or_event, wants_fragment
from config.request import AppRequest
from config.row_ids import row_id
from routing import service
from routing.queries.excess import excess_of_last
from workstreams.terms import ItemState

DESK_CHANGED = "desk-changed"
LEFT_IN: Final = {
    ItemState.OPEN: "Back in its queue.",
    ItemState.WAITING: "The conversation waits for the customer.",
    ItemState.CLOSED: "Closed.",
}

DECLINED: Final = "Declined. It is back in its queue."
OVERFLOWED: Final = "Declined. It had waited too long, so it has left its queue."


@require_POST
def accept(request: AppRequest, item_id: int) -> HttpResponse:
    """Take an offered item, and open it; with ``stay`` the page, on which something is typed that
    was not sent, is left as it is."""
    service.accept(item_id=item_id, by=get_own_agent(request.user))
    if "stay" in request.POST and wants_fragment(request):
        return _stay(request, "Yours now. It is on your desk.")
    return go_to(request, _item_url(item_id))


@require_POST
def decline(request: AppRequest, item_id: int) -> HttpResponse:
    """Refuse an offered item."""
    is_back = service.decline(item_id=item_id, by=get_own_agent(request.user))
    return _stay(request, DECLINED if is_back else OVERFLOWED)


@require_POST
def pick(request: AppRequest, item_id: int) -> HttpResponse:
    """Take an open item, and open it."""
    service.pick(item_id=item_id, by=get_own_agent(request.user))
    return _open(request, item_id)


@require_POST
def end(request: AppRequest, item_id: int) -> HttpResponse:
    """End the conversation; after-work begins."""
    agent = get_own_agent(request.user)
    service.end(item_id=item_id, by=agent, read_until=_shown_until(request))
    response = redirect_or_event(request, _item_url(item_id), event=DESK_CHANGED)
    if wants_fragment(request):
        client_event(response, f"item-{item_id}-changed")
    return response


@require_POST
def close(request: AppRequest, item_id: int) -> HttpResponse:
    """After-work is done; or, before the end, step away from a live conversation."""
    agent = get_own_agent(request.user)
    return _leave(request, service.close(item_id=item_id, by=agent))


@require_POST
def rest(request: AppRequest, item_id: int) -> HttpResponse:
    """Step away from a conversation until its customer writes again."""
    agent = get_own_agent(request.user)
    read_until = _shown_until(request)
    return _leave(request, service.close(item_id=item_id, by=agent, read_until=read_until))


@require_POST
def reopen(request: AppRequest, item_id: int) -> HttpResponse:
    """Take a resting conversation up again, and open it."""
    service.reopen(item_id=item_id, by=get_own_agent(request.user))
    return _open(request, item_id)


@require_POST
def release(request: AppRequest, item_id: int) -> HttpResponse:
    """Put the item back into its queue."""
    service.release(item_id=item_id, by=get_own_agent(request.user))
    return go_to(request, reverse("agents:desk"), text=LEFT_IN[ItemState.OPEN])


def _leave(request: AppRequest, state: ItemState) -> HttpResponse:
    return go_to(request, reverse("agents:desk"), text=LEFT_IN[state])


def _shown_until(request: AppRequest) -> int | None:
    """The last message that the page showed when it was fetched, or shows by now."""
    numbers = [row_id(request.POST.get(name, "")) for name in ("until", "after")]
    return max((each for each in numbers if each is not None), default=None)


def _open(request: AppRequest, item_id: int) -> HttpResponse:
    """Go to what the agent took, and say which limits it passes."""
    over = " ".join(f"{each.sentence}." for each in excess_of_last(item_id))
    return go_to(request, _item_url(item_id), text=over, kind="warning")


def _item_url(item_id: int) -> str:
    return reverse("agents:desk-item", args=[item_id])


def _stay(request: AppRequest, text: str) -> HttpResponse:
    return redirect_or_event(request, reverse("agents:desk"), event=DESK_CHANGED, text=text)
