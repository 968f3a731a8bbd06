"""The context variables of a workstream: added, changed and removed from its page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agents.permissions import configurer_required, reader_required
from config.clock import database_now
from config.pages import go_to, page_or_fragment
from config.request import AppRequest
from routing.queries.published_names import published_rules_of_variable
from workstreams.actions.delete_context_variable import delete_context_variable
from workstreams.actions.save_context_variable import save_context_variable
from workstreams.exceptions import InUse
from workstreams.forms.context_variable import ContextVariableForm
from workstreams.models import ContextVariable, Workstream
from workstreams.queries.context_variable_uses import uses_of
from workstreams.queries.dependencies import Dependency
from workstreams.views.answers import accepted, delete_answer, form_answer, in_words


@require_http_methods(["GET", "POST"])
@configurer_required
def context_variable_create(request: AppRequest, workstream_id: int) -> HttpResponse:
    """A further variable."""
    workstream = get_object_or_404(Workstream, pk=workstream_id)
    form = ContextVariableForm(request.POST if request.method == "POST" else None)
    return _form_page(request, form, workstream, None, "Add a context variable")


@require_http_methods(["GET", "POST"])
@configurer_required
def context_variable_edit(
    request: AppRequest, workstream_id: int, context_variable_id: int
) -> HttpResponse:
    """Another type as long as no rule reads it; another name as long as nothing uses it."""
    variable = _load(workstream_id, context_variable_id)
    data = request.POST if request.method == "POST" else None
    form = ContextVariableForm(data, variable=variable)
    title = f"Edit the variable “{variable}”"
    return _form_page(request, form, variable.workstream, variable, title)


@require_http_methods(["GET", "POST"])
@configurer_required
def context_variable_delete(
    request: AppRequest, workstream_id: int, context_variable_id: int
) -> HttpResponse:
    """Refused while something uses it."""
    variable = _load(workstream_id, context_variable_id)
    home = _home(variable.workstream)
    return delete_answer(
        request,
        noun="context variable",
        name=variable.name,
        text="Conversations keep the values they have. This cannot be undone.",
        look=lambda: _uses(variable),
        delete=lambda: delete_context_variable(
            variable=variable,
            by=request.user,
            now=database_now(),
            published=published_rules_of_variable,
        ),
        back=home,
        done=home,
    )


@require_safe
@reader_required
def context_variable_uses(
    request: AppRequest, workstream_id: int, context_variable_id: int
) -> HttpResponse:
    """Where it is used, with links."""
    variable = _load(workstream_id, context_variable_id)
    context = {
        "title": f"Where “{variable}” is used",
        "variable": variable,
        "uses": [in_words(use) for use in _uses(variable)],
        "home": _home(variable.workstream),
    }
    folder = "workstreams/context_variables"
    return page_or_fragment(request, f"{folder}/uses.html", f"{folder}/_uses.html", context)


def _form_page(
    request: AppRequest,
    form: ContextVariableForm,
    workstream: Workstream,
    variable: ContextVariable | None,
    title: str,
) -> HttpResponse:
    uses: list[dict[str, str]] = []

    def save() -> Any:
        try:
            return save_context_variable(
                workstream=workstream,
                variable=variable,
                by=request.user,
                now=database_now(),
                published=published_rules_of_variable,
                **form.cleaned_data,
            )
        except InUse as refusal:
            named: Any = refusal.details["dependencies"]
            uses.extend(in_words(each) for each in named)
            raise

    saved = accepted(form, save)
    if saved:
        return go_to(request, _home(workstream), text=f"The variable “{saved}” is saved.")
    if uses:
        form.add_error("name", "It keeps its name: used by " + ", ".join(x["label"] for x in uses))
    return form_answer(request, form, title=title, list_url=_home(workstream), area=workstream.name)


def _uses(variable: ContextVariable) -> list[Dependency]:
    """What keeps its name; rules that are published or scheduled where nothing else does."""
    return uses_of(variable) or published_rules_of_variable(variable)


def _load(workstream_id: int, context_variable_id: int) -> ContextVariable:
    rows = ContextVariable.objects.select_related("workstream")
    return get_object_or_404(rows, pk=context_variable_id, workstream_id=workstream_id)


def _home(workstream: Workstream) -> str:
    return reverse("workstreams:workstream-detail", args=[workstream.pk]) + "#context-variables"
