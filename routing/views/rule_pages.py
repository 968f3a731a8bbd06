"""What the pages of rules share: the list of the address, where it belongs, and saving it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from config.clock import database_now, shown_now
from config.request import AppRequest
from config.row_ids import row_id
from routing.actions.save_ruleset import save_intake_rules, save_rulesets
from routing.check_learning import is_learned
from routing.forms.opened import number_now
from routing.models import Rule
from routing.queries.deleted_rule import deleted_rule
from routing.queries.rule_lines import SLUGS, RuleCard, address, card_of
from routing.queries.rule_lists import RuleList, rule_list
from routing.terms import LABELS, RulesetKind
from workstreams.models import RecordType, Workstream

P = ParamSpec("P")
LONGEST_SEARCH: Final = 200
KINDS: Final = {slug: kind for kind, slug in SLUGS.items()}
RULES: Final = Rule.objects.filter(ruleset__record_type=OuterRef("pk"))


def with_rules(
    view: Callable[Concatenate[AppRequest, RuleList, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Gives a view the list of rules that its address names: a workstream's of a kind, or the
    intake rules of a record type."""

    @wraps(view)
    def wrapped(
        request: AppRequest,
        kind: str = "intake",
        workstream_id: int | None = None,
        record_type: str | None = None,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> HttpResponse:
        return view(request, _load(kind, workstream_id, record_type), *args, **kwargs)

    return wrapped


def _load(kind: str, workstream_id: int | None, record_type: str | None) -> RuleList:
    known = KINDS.get(kind)
    if known is None or (known == RulesetKind.INTAKE) != (workstream_id is None):
        raise Http404
    if known == RulesetKind.INTAKE:
        return rule_list(known, None, _record_type(record_type))
    return rule_list(known, get_object_or_404(Workstream, pk=workstream_id))


def _record_type(name: str | None) -> RecordType:
    """The one of this name; without a name one that has rules, so that there is a page to begin
    with."""
    if name is not None:
        return get_object_or_404(RecordType, name=name)
    first = RecordType.objects.order_by(Exists(RULES).desc(), "label").first()
    if first is None:
        raise Http404
    return first


def find_rule(rules: RuleList, ruleset: int, number: int) -> dict[str, Any]:
    if min(ruleset, number) < 1:
        raise Http404
    try:
        rule: dict[str, Any] = rules.rulesets[ruleset - 1]["rules"][number - 1]
    except IndexError:
        raise Http404 from None
    return rule


def logical_ruleset(rules: RuleList, wanted: int) -> int:
    """The number of a ruleset that can have rules: the wanted one, else the first, else the next
    that there will be."""
    logical = [
        number for number, each in enumerate(rules.rulesets, start=1) if not is_learned(each)
    ]
    if wanted in logical:
        return wanted
    return logical[0] if logical else len(rules.rulesets) + 1


def find_ruleset(rules: RuleList, ruleset: int) -> dict[str, Any]:
    """Of classification, which alone has several."""
    if rules.kind != RulesetKind.CLASSIFICATION or not 1 <= ruleset <= len(rules.rulesets):
        raise Http404
    return rules.rulesets[ruleset - 1]


def ruleset_now(request: AppRequest, rules: RuleList, number: int, *, by: str = "opened") -> int:
    """The number of the ruleset that the form was opened for."""
    return number_now(
        rules.rulesets,
        number,
        request.POST,
        revision=rules.revision,
        noun="ruleset",
        by=by,
        rows=[row for row, _ in rules.rows],
    )


def shown_revision(request: AppRequest) -> int | None:
    """What the page showed, so that a rule of another list is never moved or deleted."""
    return row_id(request.POST.get("revision") or request.GET.get("revision") or "")


def place_of(rules: RuleList) -> dict[str, Any]:
    """Where the page stands, for its breadcrumbs."""
    workstream = rules.workstream
    return {
        "workstream": workstream,
        "rules_label": LABELS[rules.kind],
        "rules_url": address("ruleset-edit", rules),
        "workstream_url": reverse("workstreams:workstream-detail", args=[workstream.pk])
        if workstream
        else "",
        "record_type": rules.record_type,
    }


def shown_card(request: AppRequest, rules: RuleList) -> RuleCard:
    """The list as a card: what is searched for, and what this person can put back."""
    asked = request.POST.get("q") or request.GET.get("q") or ""
    deleted = deleted_rule(request.session, rules, now=shown_now())
    return card_of(rules, search=asked.replace("\0", "").strip()[:LONGEST_SEARCH], deleted=deleted)


def home_of(rules: RuleList) -> str:
    """Where a saved rule is looked at: the workstream's page, or the record type's intake rules."""
    if rules.workstream is None:
        return address("ruleset-edit", rules)
    page = reverse("workstreams:workstream-detail", args=[rules.workstream.pk])
    return f"{page}#{SLUGS[rules.kind]}"


def save_rules(
    request: AppRequest,
    rules: RuleList,
    revision: int | None,
    *,
    put_back: dict[str, Any] | None = None,
) -> None:
    """Never over what somebody else saved since the page was shown, or else since it was read."""
    by, at = request.user, database_now()
    revision = rules.revision if revision is None else revision
    if rules.workstream is None:
        documents = rules.rulesets[0]["rules"] if rules.rulesets else []
        save_intake_rules(
            rules=documents, record_type=rules.record_type, by=by, now=at, revision=revision
        )
        return
    is_route = rules.kind == RulesetKind.ROUTE_TO_QUEUE
    save_rulesets(
        workstream=rules.workstream,
        kind=rules.kind,
        rulesets=rules.rulesets[0]["rules"] if is_route else rules.rulesets,
        by=by,
        now=at,
        revision=revision,
        put_back=put_back,
    )
