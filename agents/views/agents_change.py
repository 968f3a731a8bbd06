"""Change many agents at once: what to change, what would happen, what happened."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.forms.agent_change import AgentChangeForm, StaffingChangeForm
from agents.forms.agent_filter import AgentFilterForm
from agents.models import Agent
from agents.permissions import is_administrator, staffing_required
from agents.queries.agent_filter import matching
from config.clock import database_now
from config.forms import explain_refusal
from config.pages import go_to
from config.refusal import Refusal
from config.request import AppRequest
from config.row_ids import row_id
from workstreams.actions.change_agents import MOST_AGENTS, change_agents, preview_change
from workstreams.agent_changes import AgentPlan

NONE_SELECTED: Final = "Select an agent first."
TOO_MANY: Final = f"At most {MOST_AGENTS} agents are changed at once. Narrow the filter."
FILTER_GONE: Final = "What the agents were filtered by is not there any more. Filter them again."
NAMES_SHOWN: Final = 10
UNPROCESSABLE: Final = 422


@require_http_methods(["GET", "POST"])
@staffing_required
def agents_change(request: AppRequest) -> HttpResponse:
    """GET with ``agent`` for each, or ``all`` with the filters of the list; POST previews, and
    applies what was previewed."""
    is_filtered = request.method == "GET" and "all" in request.GET
    # By what is no filter everybody matches.
    if is_filtered and not AgentFilterForm(request.GET).is_valid():
        return go_to(request, reverse("agents:agent-list"), text=FILTER_GONE, kind="warning")
    ids = _sent(request.POST) if request.method == "POST" else _selected(request.GET)
    if not ids or len(ids) > MOST_AGENTS:
        text = TOO_MANY if ids else NONE_SELECTED
        return go_to(request, _list_url(request.GET), text=text, kind="warning")
    form_class = AgentChangeForm if is_administrator(request.user) else StaffingChangeForm
    form = form_class(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {
        "form": form,
        "list_url": _list_url(request.GET),
        **_chosen(ids),
    }
    if form.is_bound and form.is_valid():
        try:
            context |= _answer(request, form, ids)
        except Refusal as refusal:
            explain_refusal(form, refusal)
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "agents/agent/change.html", context, status=status)


def _answer(request: AppRequest, form: AgentChangeForm, ids: Sequence[int]) -> dict[str, Any]:
    change, previewed = form.change(), request.POST.get("previewed")
    is_applied = request.POST.get("step") == "apply" and previewed == form.fingerprint()
    if is_applied:
        plans = change_agents(agent_ids=ids, change=change, by=request.user, now=database_now())
    else:
        plans = preview_change(agent_ids=ids, change=change)
    return {
        "plans": plans,
        "is_applied": is_applied,
        "is_another": request.POST.get("step") == "apply" and not is_applied,
        "previewed": form.fingerprint(),
        **_counts(plans, len(ids)),
    }


def _counts(plans: Sequence[AgentPlan], asked: int) -> dict[str, int]:
    changing = sum(bool(plan.changes) for plan in plans)
    return {
        "changing": changing,
        "staying": len(plans) - changing,
        "refusing": sum(bool(plan.refused) for plan in plans),
        "gone": asked - len(plans),
    }


def _chosen(ids: Sequence[int]) -> dict[str, Any]:
    """How many, and the first names; one statement."""
    agents = Agent.objects.select_related("user").filter(pk__in=ids)
    first = agents.order_by("user__first_name", "user__username")[:NAMES_SHOWN]
    noun = "agent" if len(ids) == 1 else "agents"
    return {
        "title": f"Change {len(ids)} {noun}",
        "names": [str(agent) for agent in first],
        "more": max(0, len(ids) - NAMES_SHOWN),
        "agents": ",".join(map(str, ids)),
    }


def _list_url(query: QueryDict) -> str:
    """The list with the filters that these were chosen by."""
    kept = query.copy()
    for name in ("agent", "all"):
        kept.pop(name, None)
    return f"{reverse('agents:agent-list')}?{kept.urlencode()}".removesuffix("?")


def _selected(query: QueryDict) -> list[int]:
    """Those that were ticked, or all that match."""
    if "all" not in query:
        return _ids(query.getlist("agent"))
    found = matching(Agent.objects.all(), AgentFilterForm(query).wanted())
    return list(found.order_by("pk").values_list("pk", flat=True)[: MOST_AGENTS + 1])


def _sent(data: QueryDict) -> list[int]:
    return _ids(data.get("agents", "")[: (MOST_AGENTS + 1) * 20].split(","))


def _ids(texts: Sequence[str]) -> list[int]:
    found = (row_id(text) for text in texts)
    return sorted({pk for pk in found if pk is not None})
