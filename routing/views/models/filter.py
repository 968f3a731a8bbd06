"""The conditions by which a model chooses its closed work."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.permissions import administrator_required
from config.clock import database_now
from config.pages import client_event, go_to, page_or_fragment
from config.request import AppRequest
from routing.actions.save_model import save_filter
from routing.forms.model_filter import ModelFilter
from routing.models import LearnedModel
from workstreams.exceptions import SavedMeanwhile

UNPROCESSABLE: Final = 422
MEANWHILE: Final = (
    "Somebody else saved this model while you were editing. Your conditions are kept here: save"
    " again to put them in place of what is there now."
)


@require_http_methods(["GET", "POST"])
@administrator_required
def model_filter(request: AppRequest, model_id: int) -> HttpResponse:
    """The builder of rules; a button that changes a row saves nothing."""
    model = get_object_or_404(LearnedModel, pk=model_id)
    form = ModelFilter(model, request.POST if request.method == "POST" else None)
    command, status = request.POST.get("edit_conditions", ""), 200
    if command:
        form.change_rows(command)
    elif request.method == "POST":
        if _saved(request, form):
            page = reverse("routing:model-detail", args=[model_id])
            return go_to(request, page, text="Saved. The next loading uses these conditions.")
        status = UNPROCESSABLE
    context = {"title": "Closed work to learn from", "model": model, "form": form}
    response = page_or_fragment(
        request,
        "routing/models/filter.html",
        "routing/models/_filter.html",
        context | {"action": request.get_full_path()},
        status=status,
    )
    said = form.conditions.said
    return client_event(response, "announce", {"text": said}) if said else response


def _saved(request: AppRequest, form: ModelFilter) -> bool:
    if not form.is_valid():
        return False
    try:
        save_filter(
            model=form.model,
            when=form.conditions.document(),
            revision=form.head.cleaned_data["revision"],
            by=request.user,
            now=database_now(),
        )
    except SavedMeanwhile:
        form.head.add_error(None, MEANWHILE)
        form.model.refresh_from_db()
        form.head.data = {"revision": str(form.model.revision)}
        return False
    return True
