"""One decision, made again: every rule with its result, then and today."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from agents.permissions import supervisor_required
from config.request import AppRequest
from routing.models import RoutingDecision
from routing.queries.replay import replay_today
from routing.terms import DecisionStage
from workstreams.models import WorkItem

TITLES: Final = {
    DecisionStage.INTAKE: "The intake rules",
    DecisionStage.ROUTING: "Rule by rule",
    DecisionStage.OVERFLOW: "The overflow while waiting",
    DecisionStage.ASSIGNMENT: "The assignment",
}


@require_GET
@supervisor_required
def decision_page(request: AppRequest, work_item_id: int, decision_id: int) -> HttpResponse:
    """Supervisors see what the rules said and would say; nothing is written."""
    item = get_object_or_404(WorkItem, pk=work_item_id)
    decision = get_object_or_404(RoutingDecision, pk=decision_id, work_item_id=item.pk)
    context = {
        "title": TITLES[DecisionStage(decision.stage)],
        "item": item,
        "decision": decision,
        "replay": replay_today(decision),
    }
    return render(request, "routing/explanation/decision.html", context)
