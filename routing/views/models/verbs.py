"""Load, train, cancel, publish, try."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agents.models import Skill
from agents.permissions import administrator_required
from config.clock import database_now
from config.pages import go_to, wants_fragment
from config.request import AppRequest
from routing.actions.ask_for_records import ask_for_records, cancel_loading
from routing.actions.publish_model import publish_model
from routing.actions.train_model import ask_for_training, cancel_training
from routing.forms.models import DryRunForm
from routing.models import LearnedModel, ModelVersion
from routing.queries.dry_run import try_feeling, try_model
from routing.views.models.pages import model_page


@require_POST
@administrator_required
def model_load(request: AppRequest, model_id: int) -> HttpResponse:
    """A worker makes records of closed work."""
    model = get_object_or_404(LearnedModel, pk=model_id)
    ask_for_records(model=model, by=request.user, now=database_now())
    return go_to(request, _page(model_id), text="Closed work is being loaded.")


@require_POST
@administrator_required
def model_load_cancel(request: AppRequest, model_id: int) -> HttpResponse:
    """No more is loaded."""
    model = get_object_or_404(LearnedModel, pk=model_id)
    cancel_loading(model=model, now=database_now())
    return go_to(request, _page(model_id), text="Loading is cancelled; what was loaded stays.")


@require_POST
@administrator_required
def model_train(request: AppRequest, model_id: int) -> HttpResponse:
    """A worker trains the next version."""
    model = get_object_or_404(LearnedModel, pk=model_id)
    version = ask_for_training(model=model, by=request.user, now=database_now())
    return go_to(request, _page(model_id), text=f"{version} is being trained.")


@require_POST
@administrator_required
def model_cancel(request: AppRequest, model_id: int) -> HttpResponse:
    """The training is given up."""
    model = get_object_or_404(LearnedModel, pk=model_id)
    version = cancel_training(model=model, now=database_now())
    return go_to(request, _page(model_id), text=f"The training of {version} is cancelled.")


@require_POST
@administrator_required
def model_publish(request: AppRequest, model_id: int, model_version_id: int) -> HttpResponse:
    """Rulesets use this version from now on."""
    version = get_object_or_404(ModelVersion, pk=model_version_id, model=model_id)
    publish_model(version=version, by=request.user, now=database_now())
    return go_to(request, _page(model_id), text=f"{version} is published.")


@require_POST
@administrator_required
def model_try(request: AppRequest, model_id: int) -> HttpResponse:
    """What the published version says of a text, else the newest trained one."""
    model = get_object_or_404(LearnedModel.objects.select_related("published"), pk=model_id)
    names = dict(Skill.objects.values_list("pk", "name"))
    tried = try_model(model, DryRunForm(request.POST).said(), names)
    if wants_fragment(request):
        return render(request, "routing/models/_try.html", {"model": model, "tried": tried})
    return model_page(request, model_id, tried=tried)


@require_http_methods(["GET", "POST"])
@administrator_required
def sentiment_try(request: AppRequest) -> HttpResponse:
    """What the built-in words of feeling say of a text."""
    is_sent = request.method == "POST"
    tried = try_feeling(DryRunForm(request.POST).said()) if is_sent else None
    context = {"title": "Built-in sentiment", "tried": tried}
    template = "_try.html" if is_sent and wants_fragment(request) else "sentiment.html"
    return render(request, f"routing/models/{template}", context)


def _page(model_id: int) -> str:
    return reverse("routing:model-detail", args=[model_id])
