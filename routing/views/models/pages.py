"""List, create, edit and delete models, and the page of one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from agents.models import Skill
from agents.permissions import administrator_required, is_administrator, supervisor_required
from config.crud import Column, ConfigPages, Dependency
from config.pages import page_or_fragment
from config.request import AppRequest
from routing.actions.delete_model import delete_model
from routing.actions.save_model import save_model
from routing.actions.train_model import FEWEST_RECORDS
from routing.catalogue import sentence_of
from routing.forms.models import ModelForm as LearnedModelForm
from routing.models import LearnedModel
from routing.queries.model_page import (
    quality_with_names,
    record_counts,
    rulesets_naming,
    versions_of,
)
from routing.terms import TrainingState


class ModelPages(ConfigPages):
    """What models learn from; what they learned is on their own page."""

    model, form_class, app, noun = LearnedModel, LearnedModelForm, "routing", "model"
    title, icon = "Models", "chart"
    about = "What machines learn from closed work: skills, sentiment and effort."
    empty_text = "A model learns from closed work which skills new work needs."
    may_read, may_write = supervisor_required, administrator_required
    list_template = "routing/models/list.html"
    version_field = "revision"
    has_detail = True
    delete_text = "Its records and everything it learned go with it."
    columns = (
        Column(label="Name", value="name", sort="name", is_link=True),
        Column(label="What it learns", value="kind", sort="kind"),
        Column(label="Records", value="record_count", is_number=True),
        Column(label="Approved", value="approved_count", is_number=True),
        Column(label="Published", value=lambda row: row.published or "Not yet"),
        Column(label="Rulesets", value="ruleset_count", is_number=True),
    )

    def queryset(self, request: AppRequest) -> QuerySet[Any]:
        records = Count("records", distinct=True)
        approved = Count("records", filter=Q(records__is_approved=True), distinct=True)
        return (
            LearnedModel.objects.select_related("published")
            .annotate(
                record_count=records,
                approved_count=approved,
                ruleset_count=Count("rulesets", distinct=True),
            )
            .order_by("name")
        )

    def perform_save(self, form: "ModelForm[Any]", *, by: Any, now: datetime) -> LearnedModel:
        row = form.save(commit=False)
        return save_model(row=row, workstreams=form.cleaned_data["workstreams"], by=by, now=now)

    def perform_delete(self, found: LearnedModel, *, by: Any, now: datetime) -> None:
        delete_model(model=found, by=by, now=now)

    def dependencies(self, found: LearnedModel) -> Sequence[Dependency]:
        return [
            Dependency(label=f"Ruleset {each.name}", url=each.url)
            for each in rulesets_naming(found)
        ]


@require_safe
@supervisor_required
def model_detail(request: AppRequest, model_id: int) -> HttpResponse:
    """How far it is, what it learned, and a place to try it."""
    return model_page(request, model_id)


def model_page(
    request: AppRequest, model_id: int, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The page of a model; while a worker is at it, its first part asks for itself. 10 queries."""
    model = get_object_or_404(LearnedModel.objects.select_related("published"), pk=model_id)
    versions = versions_of(model)
    trained = next((each for each in versions if each.state == TrainingState.TRAINED), None)
    names = dict(Skill.objects.values_list("pk", "name"))
    shown = {
        "title": model.name,
        "model": model,
        "counts": record_counts(model),
        "fewest": FEWEST_RECORDS,
        "versions": versions,
        "running": next((each for each in versions if each.is_unfinished), None),
        "last": versions[0] if versions else None,
        "load": model.loads.first(),
        "closed_work": sentence_of(model.when),
        "trained": trained,
        "quality": quality_with_names(trained, names) if trained else {},
        "workstreams": model.workstreams.order_by("name"),
        "rulesets": rulesets_naming(model),
        "can_write": is_administrator(request.user),
        "tried": None,
        **context,
    }
    return page_or_fragment(
        request,
        "routing/models/detail.html",
        "routing/models/_detail.html",
        shown,
        status=status,
    )
