"""Hand a work item to another queue or agent."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.forms.transfer import TransferForm
from agents.permissions import get_own_agent
from agents.views.desk import shown
from config.pages import go_to, page_or_fragment, wants_fragment
from config.refusal import Refusal
from config.request import AppRequest
from routing import service


@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: AppRequest, item_id: int) -> HttpResponse:
    """The form in the dialog, and the transfer."""
    agent = get_own_agent(request.user)
    found = shown.get_on_desk(item_id, agent)
    action = reverse("agents:desk-transfer", args=[item_id])
    form = TransferForm(
        request.POST if request.method == "POST" else None,
        initial=request.GET.dict(),
        item=found.item,
        by=agent,
        fetches=action if wants_fragment(request) else "",
    )
    if request.method == "POST" and form.is_valid() and _transferred(form, item_id, request):
        to = next(to for to in form.chosen().values() if to)
        return go_to(request, reverse("agents:desk"), text=f"Transferred to {to}.")
    context = {
        "title": "Transfer",
        "text": f"{found.item.customer_name}: {found.item.title}",
        "form": form,
        "item": found.item,
        "action": action,
        "submit_label": "Transfer",
        "narrow_label": "Narrow the list",
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
    try:
        service.transfer(item_id=item_id, by=request.user, **form.chosen())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
