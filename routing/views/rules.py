"""The rule builder: ordered lists of rules, each shown as a sentence."""

from typing import Any, Final

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agents.permissions import configurer_required, may_configure, reader_required
from config.pages import client_event, go_to, page_or_fragment, wants_fragment
from config.request import AppRequest
from routing.queries.rule_lines import card_of
from routing.queries.rule_lists import RuleList, rule_list
from routing.terms import LABELS, RulesetKind
from routing.views.rule_pages import (
    find_rule,
    home_of,
    load_rules,
    place_of,
    save_rules,
    shown_revision,
)
from workstreams.models import RecordType

ABOUT: Final = {
    RulesetKind.INTAKE: "Which workstream takes a record, for each type of record. The first rule"
    " that matches decides; a record that none matches stays unrouted and is listed as such.",
    RulesetKind.CLASSIFICATION: "Writes attributes, skills and priority before the queue is chosen."
    " The first rule that matches is applied.",
    RulesetKind.ROUTE_TO_QUEUE: "Which queue takes the work. The first rule that matches decides;"
    " without a match the work goes to the fallback queue.",
}


@require_GET
@reader_required
def ruleset_edit(
    request: AppRequest,
    kind: str = "intake",
    workstream_id: int | None = None,
    record_type: str | None = None,
) -> HttpResponse:
    """All rules of one kind in their order."""
    rules = load_rules(kind, workstream_id, record_type)
    context = {
        **place_of(rules),
        "title": LABELS[rules.kind],
        "card": card_of(rules),
        "about": ABOUT[rules.kind],
        "can_write": may_configure(request.user),
        "record_types": _tabs(rules),
    }
    return page_or_fragment(
        request, "routing/rules/ruleset_edit.html", "routing/rules/_rules_card.html", context
    )


def _tabs(rules: RuleList) -> list[RecordType]:
    """Intake has a list for each record type."""
    return list(RecordType.objects.all()) if rules.record_type else []


@require_http_methods(["GET", "POST"])
@configurer_required
def rule_delete(
    request: AppRequest,
    ruleset: int,
    number: int,
    kind: str = "intake",
    workstream_id: int | None = None,
    record_type: str | None = None,
) -> HttpResponse:
    """Ask, then take the rule out."""
    rules = load_rules(kind, workstream_id, record_type)
    rule = find_rule(rules, ruleset, number)
    if request.method == "POST":
        del rules.rulesets[ruleset - 1]["rules"][number - 1]
        save_rules(request, rules, shown_revision(request))
        return go_to(request, home_of(rules), text=f"Rule “{rule['name']}” deleted.")
    context = {
        **place_of(rules),
        "pages": {
            "one": "rule",
            "title": LABELS[rules.kind],
            "delete_text": "The rules after it move up. This cannot be undone.",
        },
        "title": f"Delete the rule “{rule['name']}”?",
        "action": f"{request.path}?revision={rules.revision}",
        "list_url": home_of(rules),
    }
    return page_or_fragment(request, "crud/delete.html", "crud/_delete.html", context)


@require_POST
@configurer_required
def rule_move(
    request: AppRequest,
    ruleset: int,
    number: int,
    kind: str = "intake",
    workstream_id: int | None = None,
    record_type: str | None = None,
) -> HttpResponse:
    """One place up or down; at the end of the list nothing moves."""
    rules = load_rules(kind, workstream_id, record_type)
    rule = find_rule(rules, ruleset, number)
    ordered = rules.rulesets[ruleset - 1]["rules"]
    is_up = request.POST.get("to") == "up"
    target = number - 2 if is_up else number
    if 0 <= target < len(ordered):
        ordered.insert(target, ordered.pop(number - 1))
        save_rules(request, rules, shown_revision(request))
    place = min(max(target, 0), len(ordered) - 1) + 1
    said = f"{rule['name']} moved to {place} of {len(ordered)}"
    if not wants_fragment(request):
        return go_to(request, home_of(rules), text=f"{said}.")
    context = {
        **place_of(rules),
        "card": card_of(rule_list(rules.kind, rules.workstream, rules.record_type)),
        "can_write": True,
        "moved": _keep_focus(ruleset, place, len(ordered), is_up=is_up),
    }
    response = page_or_fragment(
        request, "routing/rules/ruleset_edit.html", "routing/rules/_rules_card.html", context
    )
    return client_event(response, "announce", {"text": said})


def _keep_focus(ruleset: int, place: int, last: int, *, is_up: bool) -> dict[str, Any]:
    """The moved rule's button in the same direction, or at an end of the list the other one."""
    goes_up = place > 1 if is_up else place == last
    return {"ruleset": ruleset, "number": place, "button": "up" if goes_up else "down"}
