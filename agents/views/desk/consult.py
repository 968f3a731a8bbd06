"""Advice on the desk: asking for it, giving it, and the talk that no customer reads."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agents.forms.consult import ConsultForm
from agents.permissions import get_own_agent
from agents.views.desk import shown
from config.pages import client_event, go_to, page_or_fragment, redirect_or_event, wants_fragment
from config.refusal import Refusal
from config.request import AppRequest
from routing import service
from routing.exceptions import NotYourItem
from routing.queries.desk_session import CONSULT
from workstreams.models import Consult
from workstreams.terms import ConsultState

DESK_CHANGED = "desk-changed"


class NoteForm(forms.Form):
    """One line of the side talk; the action refuses what it cannot keep."""

    client_key = forms.UUIDField()
    text = forms.CharField(strip=False, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def consult(request: AppRequest, item_id: int) -> HttpResponse:
    """The form in the dialog, and the request for advice."""
    agent = get_own_agent(request.user)
    found = shown.get_on_desk(item_id, agent)
    if not found.is_accepted:
        raise NotYourItem
    action = reverse("agents:desk-consult", args=[item_id])
    given = request.POST if request.method == "POST" else None
    form = ConsultForm(
        given,
        initial=request.GET.dict(),
        item=found.item,
        by=agent,
        fetches=action if wants_fragment(request) else "",
    )
    if request.method == "POST" and form.is_valid():
        chosen, question = form.chosen(), form.cleaned_data["question"]
        try:
            asked = service.consult(item_id=item_id, by=agent, question=question, **chosen)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            is_asked = asked.state == ConsultState.ASKED
            what = "is asked for advice" if is_asked else "reads along to advise you"
            return go_to(request, _tab(item_id), text=f"{asked.whom} {what}.")
    context = {
        "title": "Ask for advice",
        "text": f"{found.item.customer_name}: {found.item.title}",
        "form": form,
        "item": found.item,
        "action": action,
        "submit_label": "Ask",
        "narrow_label": "Narrow the list",
    }
    return page_or_fragment(
        request,
        "agents/desk/transfer.html",
        "_components/form_dialog.html",
        context,
        status=422 if form.errors else 200,
    )


@require_POST
def accept(request: AppRequest, consult_id: int) -> HttpResponse:
    """Advise, and open the work item; with ``stay`` the page, on which something is typed that was
    not sent, is left as it is."""
    taken = service.accept_consult(consult_id=consult_id, by=get_own_agent(request.user))
    if "stay" in request.POST and wants_fragment(request):
        home = reverse("agents:desk")
        text = "You advise now. It is on your desk."
        return redirect_or_event(request, home, event=DESK_CHANGED, text=text)
    return go_to(request, _tab(taken.item_id))


@require_POST
def decline(request: AppRequest, consult_id: int) -> HttpResponse:
    """Do not advise."""
    service.decline_consult(consult_id=consult_id, by=get_own_agent(request.user))
    home = reverse("agents:desk")
    return redirect_or_event(request, home, event=DESK_CHANGED, text="Declined.")


@require_POST
def add(request: AppRequest, consult_id: int) -> HttpResponse:
    """Let the adviser talk to the customer."""
    joined = service.add_consultant(consult_id=consult_id, by=get_own_agent(request.user))
    return _changed(request, joined.item_id, f"{joined.whom} talks to the customer too now.")


@require_POST
def end(request: AppRequest, consult_id: int) -> HttpResponse:
    """Take the request back, send the adviser away, or leave."""
    agent = get_own_agent(request.user)
    ended = get_object_or_404(Consult, pk=consult_id)
    service.end_consult(consult_id=consult_id, by=request.user)
    if ended.agent_id == agent.pk:
        return go_to(request, reverse("agents:desk"), text="You left the conversation.")
    return _changed(request, ended.item_id, "Advice has ended.")


@require_POST
def hand_over(request: AppRequest, consult_id: int) -> HttpResponse:
    """Transfer the work to the one who advises on it."""
    advised = service.hand_over(consult_id=consult_id, by=get_own_agent(request.user))
    home = reverse("agents:desk")
    return go_to(request, home, text=f"Transferred to {advised.agent}.")


@require_POST
def note(request: AppRequest, consult_id: int) -> HttpResponse:
    """Say something to the other one."""
    agent = get_own_agent(request.user)
    get_object_or_404(Consult, pk=consult_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return HttpResponse("This form is incomplete.", status=400)
    said = service.write_note(
        consult_id=consult_id,
        by=agent,
        text=form.cleaned_data["text"],
        client_key=form.cleaned_data["client_key"],
    )
    return _changed(request, said.consult.item_id)


def _changed(request: AppRequest, item_id: int, text: str = "") -> HttpResponse:
    """The open item shows itself anew, and so do the lists."""
    event = f"item-{item_id}-changed"
    response = redirect_or_event(request, _tab(item_id), event=event, text=text)
    return client_event(response, DESK_CHANGED) if wants_fragment(request) else response


def _tab(item_id: int) -> str:
    return f"{reverse('agents:desk-item', args=[item_id])}?tab={CONSULT}"
