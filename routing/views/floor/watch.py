"""A supervisor watches a conversation, and joins it; both are written down."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from agents.permissions import agent_of, supervisor_required
from config.pages import go_to
from config.request import AppRequest
from routing import service
from workstreams.models import WorkItem

NO_AGENT = "Only supervisors who are agents can join a conversation."


@require_POST
@supervisor_required
def monitor(request: AppRequest, work_item_id: int) -> HttpResponse:
    """Note who watches, and show the conversation."""
    service.monitor(item_id=work_item_id, by=request.user)
    page = reverse("routing:work-item-explanation", args=[work_item_id])
    return go_to(request, f"{page}#conversation", text="It is noted that you watch.")


@require_POST
@supervisor_required
def join(request: AppRequest, work_item_id: int) -> HttpResponse:
    """Talk to the customer too; agent and customer are told."""
    get_object_or_404(WorkItem, pk=work_item_id)
    agent = agent_of(request.user)
    if agent is None:
        raise PermissionDenied(NO_AGENT)
    service.join(item_id=work_item_id, by=agent)
    desk = reverse("agents:desk-item", args=[work_item_id])
    return go_to(request, desk, text="You joined the conversation.")
