"""What supervisors do with one work item: assign, transfer, force close.

A refusal is shown on the form, beside what was chosen and where the item is by now.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agents.permissions import supervisor_required
from config.clock import shown_now
from config.pages import page_or_fragment, redirect_or_event
from config.refusal import Refusal
from config.request import AppRequest
from config.row_ids import row_id
from routing import service
from routing.actions.check_seen import seen_of
from routing.actions.needed_capacity import take_need
from routing.exceptions import MovedMeanwhile
from routing.forms.floor import AssignForm, SeenForm, TransferForm
from routing.queries.closing import closing_of
from routing.queries.excess import excess_of_last
from routing.queries.floor_candidates import choices_for
from routing.queries.in_force import offered_until
from routing.terms import How
from workstreams.models import WorkItem

ASSIGN, TRANSFER = "assign", "transfer"


@require_http_methods(["GET", "HEAD", "POST"])
@supervisor_required
def assign(request: AppRequest, work_item_id: int) -> HttpResponse:
    """Offer an open item to an agent."""
    item = _get(work_item_id)
    sent = request.POST if request.method == "POST" else None
    form = AssignForm(sent, initial={"seen": seen_of(item)})
    if form.is_valid():
        agent = form.cleaned_data["agent"]
        try:
            service.assign(item_id=item.pk, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.explain(refusal)
            item = _get(work_item_id)
        else:
            return _done(request, f"“{item.title}” is offered to {agent}.{_over(item)}")
    context = {"title": "Assign to an agent", "submit_label": "Assign", "form": form}
    return _dialog(request, item, ASSIGN, context)


@require_http_methods(["GET", "HEAD", "POST"])
@supervisor_required
def transfer(request: AppRequest, work_item_id: int) -> HttpResponse:
    """Send an item to another queue or agent."""
    item = _get(work_item_id)
    form = TransferForm(
        request.POST if request.method == "POST" else None,
        initial={"seen": seen_of(item)},
        queue_type=item.workstream.type,
        current_queue_id=item.queue_id,
    )
    if form.is_valid():
        queue, agent = form.cleaned_data["queue"], form.cleaned_data["agent"]
        to = {"queue": queue, "agent": agent, "seen": form.cleaned_data["seen"]}
        try:
            service.transfer(item_id=item.pk, by=request.user, **to)
        except Refusal as refusal:
            form.explain(refusal)
            item = _get(work_item_id)
        else:
            over = _over(item) if agent else ""
            return _done(request, f"“{item.title}” was transferred to {queue or agent}.{over}")
    context = {"title": "Transfer", "submit_label": "Transfer", "form": form}
    return _dialog(request, item, TRANSFER, context)


@require_http_methods(["GET", "HEAD", "POST"])
@supervisor_required
def force_close(request: AppRequest, work_item_id: int) -> HttpResponse:
    """Close an unfinished item for good."""
    item = _get(work_item_id)
    sent = request.POST if request.method == "POST" else None
    form = SeenForm(sent, initial={"seen": seen_of(item)})
    if form.is_valid():
        try:
            service.force_close(item_id=item.pk, by=request.user, **form.cleaned_data)
        except MovedMeanwhile as refusal:
            form.explain(refusal)
            item = _get(work_item_id)
        else:
            return _done(request, f"“{item.title}” is closed.")
    context = {
        "title": "Force close",
        "submit_label": "Force close",
        "look": "danger",
        "form": form,
    }
    return _dialog(request, item, "close", context)


@require_safe
@supervisor_required
def candidates(request: AppRequest, work_item_id: int) -> HttpResponse:
    """The agents to choose from, searched by ``q``; a part of the dialogs."""
    context = _choices(request, _get(work_item_id), request.GET.get("for", ASSIGN))
    return render(request, "routing/work_items/_candidates.html", context)


def _get(work_item_id: int) -> WorkItem:
    items = WorkItem.objects.select_related("workstream", "queue", "agent__user")
    return get_object_or_404(items, pk=work_item_id)


def _choices(request: AppRequest, item: WorkItem, verb: str) -> dict[str, Any]:
    search = (request.GET.get("q") or request.POST.get("q") or "").strip()
    how = How.TRANSFER if verb == TRANSFER else How.SUPERVISOR
    chosen = request.POST.get("agent") or request.GET.get("agent") or ""
    # As the verb itself will.
    take_need(item)
    choices = choices_for(
        item,
        search=search,
        only_allowed=verb == TRANSFER,
        chosen=row_id(chosen),
        taken_at=offered_until(item, how, shown_now()),
    )
    return {
        "choices": choices,
        "finds_nobody": not any(each.is_found for each in choices),
        "search": search,
        "verb": verb,
        "item": item,
        "chosen": chosen,
    }


def _dialog(
    request: AppRequest, item: WorkItem, verb: str, context: dict[str, Any]
) -> HttpResponse:
    if verb in (ASSIGN, TRANSFER):
        shown = _choices(request, item, verb)
    else:
        shown = {"item": item, "closing": closing_of(item)}
    full = {
        **shown,
        "action": reverse(f"routing:work-item-{verb}", args=[item.pk]),
        "fields_template": f"routing/work_items/_{verb}_fields.html",
        **context,
    }
    form = context.get("form")
    return page_or_fragment(
        request,
        "routing/work_items/dialog.html",
        "_components/form_dialog.html",
        full,
        status=422 if form is not None and form.errors else 200,
    )


def _over(item: WorkItem) -> str:
    """Which limits the agent is over now, said with what was done."""
    return "".join(f" {each.sentence}." for each in excess_of_last(item.pk))


def _done(request: AppRequest, text: str) -> HttpResponse:
    """The floor hears of it from the stream too; the page at hand need not wait for that."""
    return redirect_or_event(request, reverse("routing:floor"), event="work-item-moved", text=text)
