"""The rule builder: ordered lists of rules, each shown as a sentence."""

from typing import Final

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from agents.permissions import may_configure, reader_required
from config.pages import page_or_fragment
from config.request import AppRequest
from routing.queries.rule_lists import RuleList
from routing.terms import LABELS, RulesetKind
from routing.views.rule_pages import place_of, shown_card, with_rules
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
@with_rules
def ruleset_edit(request: AppRequest, rules: RuleList) -> HttpResponse:
    """All rules of one kind in their order."""
    context = {
        **place_of(rules),
        "title": LABELS[rules.kind],
        "card": shown_card(request, rules),
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
