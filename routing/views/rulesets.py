"""The rulesets of a workstream's classification: create, edit, delete, move."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from agents.permissions import configurer_required
from config.pages import client_event, go_to, page_or_fragment, wants_fragment
from config.refusal import Refusal
from config.request import AppRequest
from routing.exceptions import InvalidRules
from routing.forms.opened import is_late
from routing.forms.ruleset import RulesetForm, warning_of
from routing.queries.rule_lines import address
from routing.queries.rule_lists import RuleList, rule_list
from routing.terms import LABELS, RulesetKind
from routing.views.rule_pages import (
    find_ruleset,
    place_of,
    ruleset_now,
    save_rules,
    shown_card,
    shown_revision,
    with_rules,
)
from workstreams.exceptions import SavedMeanwhile

UNPROCESSABLE: Final = 422
MEANWHILE: Final = (
    "Somebody else saved these rulesets while you were editing. Your entries are kept here: save"
    " again to put this ruleset on top of the others as they are now."
)


@require_http_methods(["GET", "POST"])
@configurer_required
@with_rules
def ruleset_create(request: AppRequest, rules: RuleList) -> HttpResponse:
    """One more at the end: of rules, or of what a machine learned."""
    if rules.kind != RulesetKind.CLASSIFICATION:
        raise Http404
    return _form_page(request, rules, len(rules.rulesets) + 1, "New ruleset")


@require_http_methods(["GET", "POST"])
@configurer_required
@with_rules
def ruleset_settings(request: AppRequest, rules: RuleList, ruleset: int) -> HttpResponse:
    """Another name, another model, other inputs."""
    if rules.kind != RulesetKind.CLASSIFICATION:
        raise Http404
    gone: Refusal | None = None
    name = request.POST.get("opened") or request.POST.get("name", "")
    try:
        ruleset = ruleset_now(request, rules, ruleset)
    except Refusal as late:
        gone = late
    else:
        name = find_ruleset(rules, ruleset)["name"]
    return _form_page(request, rules, ruleset, f"Edit the ruleset “{name}”", gone=gone)


@require_http_methods(["GET", "POST"])
@configurer_required
@with_rules
def ruleset_delete(request: AppRequest, rules: RuleList, ruleset: int) -> HttpResponse:
    """Ask, then take the ruleset out with its rules."""
    found = find_ruleset(rules, ruleset)
    if request.method == "POST":
        del rules.rulesets[ruleset - 1]
        save_rules(request, rules, shown_revision(request))
        return go_to(request, _list(rules), text=f"Ruleset “{found['name']}” deleted.")
    count = len(found["rules"])
    context = {
        **place_of(rules),
        "pages": {
            "one": "ruleset",
            "title": LABELS[rules.kind],
            "delete_text": f"Its {count} rules go with it. This cannot be undone."
            if count
            else "This cannot be undone.",
        },
        "title": f"Delete the ruleset “{found['name']}”?",
        "action": f"{request.path}?revision={rules.revision}",
        "list_url": _list(rules),
    }
    return page_or_fragment(request, "crud/delete.html", "crud/_delete.html", context)


@require_POST
@configurer_required
@with_rules
def ruleset_move(request: AppRequest, rules: RuleList, ruleset: int) -> HttpResponse:
    """One place up or down: later rulesets read what earlier ones wrote."""
    found = find_ruleset(rules, ruleset)
    is_up = request.POST.get("to") == "up"
    target = ruleset - 2 if is_up else ruleset
    if 0 <= target < len(rules.rulesets):
        rules.rulesets.insert(target, rules.rulesets.pop(ruleset - 1))
        save_rules(request, rules, shown_revision(request))
    place = min(max(target, 0), len(rules.rulesets) - 1) + 1
    said = f"{found['name']} moved to {place} of {len(rules.rulesets)}"
    if not wants_fragment(request):
        return go_to(request, _list(rules), text=f"{said}.")
    goes_up = place > 1 if is_up else place == len(rules.rulesets)
    context = {
        **place_of(rules),
        "card": shown_card(request, rule_list(rules.kind, rules.workstream)),
        "can_write": True,
        "moved": {"group": place, "button": "up" if goes_up else "down"},
    }
    response = page_or_fragment(
        request, "routing/rules/ruleset_edit.html", "routing/rules/_rules_card.html", context
    )
    return client_event(response, "announce", {"text": said})


def _form_page(
    request: AppRequest,
    rules: RuleList,
    number: int,
    title: str,
    *,
    gone: Refusal | None = None,
) -> HttpResponse:
    is_new = gone is None and number > len(rules.rulesets)
    found = None if is_new or gone else rules.rulesets[number - 1]
    form = RulesetForm(rules, found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and _saved(request, rules, form, number, gone):
        text = f"Ruleset “{form.cleaned_data['name']}” saved."
        warning = warning_of(rules.rulesets)
        return go_to(
            request,
            _list(rules),
            text=f"{text} {warning}".strip(),
            kind="warning" if warning else "success",
        )
    context = {
        **place_of(rules),
        "title": title,
        "form": form,
        "action": request.get_full_path(),
        "list_url": _list(rules),
        "pages": {"one": "ruleset", "title": LABELS[rules.kind]},
        "submit_label": "Create ruleset" if is_new else "Save",
    }
    return page_or_fragment(
        request,
        "crud/form.html",
        "crud/_form.html",
        context,
        status=UNPROCESSABLE if request.method == "POST" else 200,
    )


def _saved(
    request: AppRequest, rules: RuleList, form: RulesetForm, number: int, gone: Refusal | None
) -> bool:
    """Whether it is saved; if not, the form says why and keeps what was typed."""
    if is_late(form, request.POST, rules.revision, meanwhile=MEANWHILE, gone=gone):
        return False
    if not form.is_valid():
        return False
    rulesets: list[dict[str, Any]] = rules.rulesets
    rulesets[number - 1 : number] = [form.document()]
    try:
        save_rules(request, rules, rules.revision)
    except InvalidRules as refusal:
        form.place(refusal.details["findings"], number)  # type: ignore[arg-type]  # set by the action
        return False
    except SavedMeanwhile:
        form.add_error(None, MEANWHILE)
        return False
    return True


def _list(rules: RuleList) -> str:
    return address("ruleset-edit", rules)
