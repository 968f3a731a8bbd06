"""List, create, edit, copy and delete assignment methods, and the page of one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from agents.permissions import administrator_required, is_administrator, supervisor_required
from config.clock import database_now
from config.crud import Column, ConfigPages, Dependency
from config.pages import go_to, page_or_fragment
from config.request import AppRequest
from routing.actions.save_method import copy_method, lock_attributes, save_method
from routing.forms.methods.head import MethodForm
from routing.queries.method_findings import method_findings
from routing.queries.method_lines import (
    create_ruleset_url,
    prioritization_card,
    ruleset_cards,
    selection_card,
)
from workstreams.actions.delete_method import delete_method
from workstreams.models import AssignmentMethod
from workstreams.queries.dependencies import method_dependencies
from workstreams.terms import MethodKind


class AssignmentMethodPages(ConfigPages):
    """Custom methods; their rules are on their own page."""

    model, form_class, app = AssignmentMethod, MethodForm, "routing"
    noun = "assignment-method"
    title, icon = "Assignment methods", "assign"
    about = "Whom the work of a queue goes to, where no built-in method fits."
    empty_text = "Build a method of rules or weights, then choose it in a queue's settings."
    may_read, may_write = supervisor_required, administrator_required
    version_field = "revision"
    has_detail = True
    columns = (
        Column(label="Name", value="name", sort="name", is_link=True),
        Column(label="How it decides", value="get_kind_display", sort="kind"),
        Column(label="Description", value="description", is_text=True),
        Column(label="Queues", value="queue_count", sort="queue_count", is_number=True),
    )

    def queryset(self, request: AppRequest) -> QuerySet[Any]:
        living = AssignmentMethod.objects.annotate(
            queue_count=Count("queues", filter=Q(queues__deleted_at=None))
        )
        return living.order_by("name")

    def lock(self, form: "ModelForm[Any]") -> None:
        assert isinstance(form, MethodForm)
        lock_attributes(form.document())
        super().lock(form)

    def perform_save(self, form: "ModelForm[Any]", *, by: Any, now: datetime) -> AssignmentMethod:
        assert isinstance(form, MethodForm)
        before = AssignmentMethod.objects.filter(pk=form.instance.pk).first()
        return save_method(document=form.document(), method=before, by=by, now=now)

    def perform_delete(self, found: AssignmentMethod, *, by: Any, now: datetime) -> None:
        delete_method(method=found, by=by, now=now)

    def dependencies(self, found: AssignmentMethod) -> Sequence[Dependency]:
        return [
            Dependency(label=f"Queue {each['name']}", url=each["url"])
            for each in method_dependencies(found)
        ]


@require_safe
@supervisor_required
def assignment_method_detail(request: AppRequest, assignment_method_id: int) -> HttpResponse:
    """Its lists, the queues that use it, and what is doubtful about it."""
    return method_page(request, get_object_or_404(AssignmentMethod, pk=assignment_method_id))


@require_POST
@administrator_required
def assignment_method_copy(request: AppRequest, assignment_method_id: int) -> HttpResponse:
    """The same under another name."""
    method = get_object_or_404(AssignmentMethod, pk=assignment_method_id)
    copy = copy_method(method=method, by=request.user, now=database_now())
    return go_to(request, page_of(copy), text=f"“{copy}” created.")


def method_page(
    request: AppRequest, method: AssignmentMethod, *, moved: dict[str, Any] | None = None
) -> HttpResponse:
    """The page of a method; ``moved`` says which button keeps the focus. Six queries."""
    is_rules = method.kind == MethodKind.RULES
    context = {
        "title": method.name,
        "method": method,
        "is_rules": is_rules,
        "prioritization": prioritization_card(method) if is_rules else None,
        "rulesets": ruleset_cards(method),
        "selection": selection_card(method) if is_rules else None,
        "create_ruleset_url": create_ruleset_url(method),
        "queues": method_dependencies(method),
        "findings": method_findings(method),
        "can_write": is_administrator(request.user),
        "moved": moved or {},
    }
    return page_or_fragment(
        request, "routing/methods/detail.html", "routing/methods/_detail.html", context
    )


def page_of(method: AssignmentMethod) -> str:
    return reverse("routing:assignment-method-detail", args=[method.pk])
