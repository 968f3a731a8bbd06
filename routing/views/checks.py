"""The checks: what the configuration can never do, and what nobody could serve."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from agents.permissions import reader_required
from config.pages import page_or_fragment
from config.request import AppRequest
from routing import configuration
from routing.queries.finding_lines import finding_lines
from workstreams.models import Workstream

FINDINGS_PER_PAGE = 100


@require_GET
@reader_required
def workstream_checks(request: AppRequest, workstream_id: int) -> HttpResponse:
    """What the checks say of one workstream, as it is edited now; the card of its pages."""
    workstream = get_object_or_404(Workstream, pk=workstream_id)
    rules = configuration.drafted()
    findings = configuration.checks_of_one(rules.compiled, workstream.pk)
    context = {
        "title": f"Checks of {workstream}",
        "workstream": workstream,
        "findings": finding_lines(findings),
    }
    page, fragment = "workstream_checks.html", "_workstream_checks.html"
    return page_or_fragment(
        request, f"routing/checks/{page}", f"routing/checks/{fragment}", context
    )


@require_GET
@reader_required
def checks_page(request: AppRequest) -> HttpResponse:
    """Always as things are now, the draft included; ``rules=published`` leaves it out."""
    is_published = request.GET.get("rules") == "published"
    rules = configuration.current() if is_published else configuration.drafted()
    findings = finding_lines(configuration.checks_of(rules.compiled))
    context = {
        "title": "Checks",
        "page": Paginator(findings, FINDINGS_PER_PAGE).get_page(request.GET.get("page")),
        "query": "rules=published" if is_published else "",
        "error_count": sum(each.is_error for each in findings),
        "is_published": is_published,
    }
    return render(request, "routing/checks/checks.html", context)
