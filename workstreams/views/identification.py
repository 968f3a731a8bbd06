"""How customers are recognised: the organisation's rules, and a workstream's own."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agents.permissions import configurer_required, may_configure, reader_required
from config.clock import database_now
from config.pages import go_to
from config.request import AppRequest
from workstreams.actions.arrange_identification import (
    delete_identification_rule,
    move_identification_rule,
)
from workstreams.actions.save_identification_rule import save_identification_rule
from workstreams.forms.identification import IdentificationForm
from workstreams.models import IdentificationRule, Workstream
from workstreams.queries.identification_rules import lines_of
from workstreams.views.answers import accepted, delete_answer, form_answer
from workstreams.views.conflict import attempt_answer, attempt_to_save


@require_safe
@reader_required
def identification(request: AppRequest) -> HttpResponse:
    """The organisation's rules, and which workstreams have their own."""
    own = Workstream.objects.filter(identification_rules__isnull=False).distinct()
    context = {
        "title": "Customer identification",
        "lines": lines_of(IdentificationRule.objects.filter(workstream=None)),
        "workstreams": own.order_by("name")[:100],
        "can_write": may_configure(request.user),
    }
    return render(request, "workstreams/identification/identification.html", context)


@require_http_methods(["GET", "POST"])
@configurer_required
def identification_rule_create(
    request: AppRequest, workstream_id: int | None = None
) -> HttpResponse:
    """A further rule, asked last."""
    workstream = get_object_or_404(Workstream, pk=workstream_id) if workstream_id else None
    form = IdentificationForm(request.POST if request.method == "POST" else None)

    def save() -> IdentificationRule:
        return save_identification_rule(
            workstream=workstream, by=request.user, now=database_now(), **form.settings()
        )

    saved = accepted(form, save)
    if saved:
        return _saved(request, saved)
    title = "Add an identification rule"
    return form_answer(request, form, title=title, **_place(workstream))


@require_http_methods(["GET", "POST"])
@configurer_required
def identification_rule_edit(request: AppRequest, identification_rule_id: int) -> HttpResponse:
    """Other comparisons, or switched off."""

    def form_of(data: Any, rule: IdentificationRule) -> IdentificationForm:
        return IdentificationForm(data, rule=rule)

    def save(rule: IdentificationRule, form: IdentificationForm) -> IdentificationRule:
        return save_identification_rule(
            workstream=rule.workstream,
            rule=rule,
            by=request.user,
            now=database_now(),
            **form.settings(),
        )

    attempt = attempt_to_save(
        request,
        load=lambda: _load(identification_rule_id),
        form_of=form_of,
        save=save,
        noun="identification rule",
    )
    if attempt.saved:
        return _saved(request, attempt.saved)
    rule = attempt.row
    return attempt_answer(
        request, attempt, title=f"Edit the rule “{rule}”", **_place(rule.workstream)
    )


@require_http_methods(["GET", "POST"])
@configurer_required
def identification_rule_delete(request: AppRequest, identification_rule_id: int) -> HttpResponse:
    """Nobody is found by it any more."""
    rule = _load(identification_rule_id)
    home = _home(rule.workstream)
    return delete_answer(
        request,
        noun="identification rule",
        name=rule.name,
        text="Nobody is found by it any more. Whoever was found stays linked.",
        look=lambda: [],
        delete=lambda: delete_identification_rule(rule=rule, by=request.user, now=database_now()),
        back=home,
        done=home,
    )


@require_POST
@configurer_required
def identification_rule_move(request: AppRequest, identification_rule_id: int) -> HttpResponse:
    """One place up, or with ``direction=down`` one down."""
    rule = _load(identification_rule_id)
    up = request.POST.get("direction") != "down"
    move_identification_rule(rule=rule, up=up, by=request.user, now=database_now())
    return go_to(request, _home(rule.workstream))


def _saved(request: AppRequest, rule: IdentificationRule) -> HttpResponse:
    return go_to(request, _home(rule.workstream), text=f"The rule “{rule}” is saved.")


def _place(workstream: Workstream | None) -> dict[str, str]:
    area = workstream.name if workstream else "Customer identification"
    return {"list_url": _home(workstream), "area": area}


def _load(identification_rule_id: int) -> IdentificationRule:
    rows = IdentificationRule.objects.select_related("workstream")
    return get_object_or_404(rows, pk=identification_rule_id)


def _home(workstream: Workstream | None) -> str:
    if workstream is None:
        return reverse("workstreams:identification")
    return reverse("workstreams:workstream-detail", args=[workstream.pk]) + "#identification"
