"""The form of a rule: one more, or another version of one."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from agents.permissions import configurer_required
from config.pages import client_event, go_to, page_or_fragment
from config.refusal import Refusal
from config.request import AppRequest
from config.row_ids import row_id
from routing.exceptions import InvalidRules
from routing.forms.opened import is_late, number_now
from routing.forms.rule import RuleForm
from routing.queries.rule_lists import RuleList
from routing.terms import LABELS, RulesetKind
from routing.views.rule_pages import (
    find_rule,
    home_of,
    logical_ruleset,
    place_of,
    ruleset_now,
    save_rules,
    with_rules,
)
from workstreams.exceptions import SavedMeanwhile

UNPROCESSABLE: Final = 422
MEANWHILE: Final = (
    "Somebody else saved these rules while you were editing. Your entries are kept here: save again"
    " to put this rule on top of the others as they are now."
)


@require_http_methods(["GET", "POST"])
@configurer_required
@with_rules
def rule_create(request: AppRequest, rules: RuleList) -> HttpResponse:
    """A new rule at the end of the ruleset that ``ruleset`` numbers, else of the first."""
    into = 1
    gone: Refusal | None = None
    try:
        into = _into(request, rules)
    except Refusal as late:
        gone = late

    def change(rulesets: list[dict[str, Any]], rule: dict[str, Any]) -> None:
        if into > len(rulesets):
            rulesets.append({"name": LABELS[rules.kind], "rules": []})
        rulesets[into - 1]["rules"].append(rule)

    return _form_page(request, rules, None, "New rule", change, into=into, gone=gone)


@require_http_methods(["GET", "POST"])
@configurer_required
@with_rules
def rule_edit(request: AppRequest, rules: RuleList, ruleset: int, number: int) -> HttpResponse:
    """Another name, other conditions, other outputs."""
    rule: dict[str, Any] | None = None
    gone: Refusal | None = None
    name = request.POST.get("opened") or request.POST.get("name", "")
    try:
        ruleset, number = _place(request, rules, ruleset, number)
    except Refusal as late:
        gone = late
    else:
        rule = find_rule(rules, ruleset, number)
        name = rule["name"]

    def change(rulesets: list[dict[str, Any]], rule: dict[str, Any]) -> None:
        rulesets[ruleset - 1]["rules"][number - 1] = rule

    title = f"Edit the rule “{name}”"
    return _form_page(request, rules, rule, title, change, gone=gone)


def _into(request: AppRequest, rules: RuleList) -> int:
    """The number of the ruleset that the form of a new rule was opened for."""
    wanted, name = row_id(request.GET.get("ruleset", "")), request.POST.get("opened_in", "")
    into = logical_ruleset(rules, wanted or 1)
    if rules.kind != RulesetKind.CLASSIFICATION or not (name or wanted):
        return into
    return ruleset_now(request, rules, into, by="opened_in")


def _place(request: AppRequest, rules: RuleList, ruleset: int, number: int) -> tuple[int, int]:
    """The numbers of the rule that the form was opened for, and of its ruleset."""
    if rules.kind == RulesetKind.CLASSIFICATION:
        ruleset = ruleset_now(request, rules, ruleset, by="opened_in")
    place = max(ruleset, 1) - 1
    found, rows = rules.rulesets[place:], rules.rows[place:]
    return ruleset, number_now(
        found[0]["rules"] if found else [],
        number,
        request.POST,
        revision=rules.revision,
        noun="rule",
        rows=rows[0][1] if rows else (),
    )


def _form_page(
    request: AppRequest,
    rules: RuleList,
    rule: dict[str, Any] | None,
    title: str,
    change: Callable[[list[dict[str, Any]], dict[str, Any]], None],
    *,
    into: int = 1,
    gone: Refusal | None = None,
) -> HttpResponse:
    form = RuleForm(rules, rule, request.POST if request.method == "POST" else None, into=into)
    status = 200
    if request.method == "POST" and not _changed_rows(request, form):
        if _saved(request, rules, form, change, gone):
            name = form.head.cleaned_data["name"]
            return go_to(request, home_of(rules), text=f"Rule “{name}” saved.")
        status = UNPROCESSABLE
    context = {
        **place_of(rules),
        "title": title,
        "form": form,
        "action": request.get_full_path(),
        "list_url": home_of(rules),
    }
    response = page_or_fragment(
        request,
        "routing/rules/rule_form.html",
        "routing/rules/_rule_form.html",
        context,
        status=status,
    )
    said = form.conditions.said
    return client_event(response, "announce", {"text": said}) if said else response


def _changed_rows(request: AppRequest, form: RuleForm) -> bool:
    """Whether a button only asked for one row more or less."""
    asked = {
        "add": request.POST.get("add_row", ""),
        "remove": request.POST.get("remove_row", ""),
        "edit": request.POST.get("edit_conditions", ""),
    }
    if any(asked.values()):
        form.change_rows(**asked)
    return any(asked.values())


def _saved(
    request: AppRequest,
    rules: RuleList,
    form: RuleForm,
    change: Callable[[list[dict[str, Any]], dict[str, Any]], None],
    gone: Refusal | None,
) -> bool:
    """Whether it is saved; if not, the form says why and keeps what was typed."""
    if is_late(form.head, request.POST, rules.revision, meanwhile=MEANWHILE, gone=gone):
        return False
    if not form.is_valid():
        return False
    change(rules.rulesets, form.document())
    try:
        save_rules(request, rules, rules.revision)
    except InvalidRules as refusal:
        form.place(refusal.details["findings"])  # type: ignore[arg-type]  # set by the action
        return False
    except SavedMeanwhile as refusal:
        form.head.add_error(None, str(refusal))
        return False
    return True
