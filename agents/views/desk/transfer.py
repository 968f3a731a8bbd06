"""Hand a work item to another queue or agent."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.models import Agent
from agents.permissions import get_own_agent
from agents.views.desk import shown
from config.forms import AppForm
from config.pages import go_to, page_or_fragment
from config.refusal import Refusal
from config.request import AppRequest
from routing import service
from workstreams.models import Queue, WorkItem


class TransferForm(AppForm):
    """To one queue, or to one agent."""

    to = forms.ChoiceField(
        label="Transfer to",
        choices=[("queue", "A queue"), ("agent", "An agent")],
        widget=forms.RadioSelect,
        initial="queue",
    )
    queue = forms.ModelChoiceField(
        queryset=Queue.objects.none(),
        help_text="Queues of this type that somebody serves.",
        empty_label="Choose a queue",
    )
    agent = forms.ModelChoiceField(
        queryset=Agent.objects.none(),
        help_text="Agents who are there. The work item is offered to the one you choose.",
        empty_label="Choose an agent",
    )
    fieldsets = (("", ("to", "queue", "agent")),)
    shown_when = {"queue": "to=queue", "agent": "to=agent"}

    def __init__(self, *args: Any, item: WorkItem, by: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("queue", _queues_for(item))
        self._choose("agent", _agents_for(item, by))

    def _choose(self, name: str, rows: "QuerySet[Any, Any]") -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: AppRequest, item_id: int) -> HttpResponse:
    """The form in the dialog, and the transfer."""
    agent = get_own_agent(request.user)
    found = shown.get_on_desk(item_id, agent)
    form = TransferForm(request.POST or None, item=found.item, by=agent)
    if request.method == "POST" and form.is_valid() and _transferred(form, item_id, request):
        to = form.cleaned_data["queue"] or form.cleaned_data["agent"]
        return go_to(request, reverse("agents:desk"), text=f"Transferred to {to}.")
    context = {
        "title": "Transfer",
        "text": f"{found.item.customer_name}: {found.item.title}",
        "form": form,
        "item": found.item,
        "action": reverse("agents:desk-transfer", args=[item_id]),
        "submit_label": "Transfer",
    }
    return page_or_fragment(
        request,
        "agents/desk/transfer.html",
        "_components/form_dialog.html",
        context,
        status=422 if form.errors else 200,
    )


def _transferred(form: TransferForm, item_id: int, request: AppRequest) -> bool:
    """Whether it was done; a refusal is shown on the form."""
    chosen = form.cleaned_data
    try:
        service.transfer(
            item_id=item_id, by=request.user, queue=chosen["queue"], agent=chosen["agent"]
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _queues_for(item: WorkItem) -> QuerySet[Queue, Queue]:
    queues = Queue.objects.filter(type=item.workstream.type, members__is_enabled=True)
    return queues.exclude(pk=item.queue_id).distinct()


def _agents_for(item: WorkItem, by: Agent) -> QuerySet[Agent, Agent]:
    agents = Agent.objects.filter(
        is_enabled=True, presence__base__in=item.workstream.allowed_presences
    )
    return agents.exclude(pk=by.pk).select_related("user")
