"""The draft: what would change, what the checks say, and publishing it."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agents.permissions import CONFIGURERS_ONLY, configurer_required, may_configure, reader_required
from config.clock import database_now
from config.pages import go_to
from config.refusal import Refusal
from config.request import AppRequest
from routing import configuration
from routing.exceptions import DraftChanged
from routing.forms.publish import PublishForm
from routing.models import ConfigurationVersion, ScheduledPublication
from routing.queries.finding_lines import finding_lines
from routing.terms import ScheduleState
from workstreams.queries.service_configuration import service_configuration

SHOWN: Final = 100


@require_http_methods(["GET", "POST"])
@reader_required
def draft_page(request: AppRequest) -> HttpResponse:
    """What waits; a post publishes it, or schedules it."""
    if request.method == "GET":
        return _shown(request, configuration.draft())
    if not may_configure(request.user):
        raise PermissionDenied(CONFIGURERS_ONLY)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _shown(request, configuration.draft(), form=form, status=422)
    try:
        said = _publish(request, form)
    except DraftChanged as refusal:
        seen = form.cleaned_data["seen"]
        return _shown(request, configuration.draft(), refusal=refusal, seen=seen)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _shown(request, configuration.draft(), form=form, status=refusal.status)
    return go_to(request, "routing:version-list", text=said)


@require_POST
@configurer_required
def draft_discard(request: AppRequest) -> HttpResponse:
    """Take back all of it, or the object that is named."""
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _shown(request, configuration.draft(), form=form, status=422)
    kind, _, number = request.POST.get("object", "").partition(":")
    keys = [(kind, int(number))] if number.isdecimal() and len(number) < 19 else None
    try:
        notes = configuration.discard_draft(
            by=request.user, now=database_now(), keys=keys, **form.looked_at()
        )
    except DraftChanged as refusal:
        seen = form.cleaned_data["seen"]
        return _shown(request, configuration.draft(), refusal=refusal, seen=seen)
    said = "Discarded. " + " ".join(notes[:3])
    return go_to(request, "routing:draft", text=said, kind="warning" if notes else "success")


@require_POST
@configurer_required
def publication_cancel(request: AppRequest, publication_id: int) -> HttpResponse:
    """Take back a publication that waits for its moment."""
    get_object_or_404(ScheduledPublication, pk=publication_id)
    configuration.cancel_publication(
        publication_id=publication_id, by=request.user, now=database_now()
    )
    return go_to(request, "routing:draft", text="The publication was cancelled. The draft stays.")


def _publish(request: AppRequest, form: PublishForm) -> str:
    values: dict[str, Any] = {
        "by": request.user,
        "now": database_now(),
        "note": form.cleaned_data["note"],
        **form.looked_at(),
    }
    if due_at := form.cleaned_data["due_at"]:
        publication = configuration.schedule_publication(due_at=due_at, **values)
        moment = timezone.localtime(publication.due_at)
        return f"It will be published on {moment:%Y-%m-%d at %H:%M %Z}."
    version = configuration.publish_draft(**values)
    return f"Version {version.number} is published."


def _shown(
    request: AppRequest,
    draft: configuration.Draft,
    *,
    form: PublishForm | None = None,
    refusal: Refusal | None = None,
    seen: str = "",
    status: int = 200,
) -> HttpResponse:
    findings = finding_lines(configuration.checks_of(configuration.drafted().compiled))
    looked_at = {"base": draft.base, "state": draft.state, "seen": draft.seen}
    context = {
        "title": "Draft",
        "draft": draft,
        "entries": draft.entries[:SHOWN],
        "more": max(len(draft.entries) - SHOWN, 0),
        "errors": [each for each in findings if each.is_error],
        "warnings": [each for each in findings if not each.is_error],
        "form": form or PublishForm(initial=looked_at),
        "looked_at": looked_at,
        "can_write": may_configure(request.user),
        "scheduled": ScheduledPublication.objects.filter(state=ScheduleState.WAITING).first(),
        "decided": ScheduledPublication.objects.exclude(state=ScheduleState.WAITING)[:5],
        "is_on": service_configuration().reviews_before_publishing,
        "switch_url": reverse("workstreams:service-configuration"),
    }
    if refusal:
        context |= {"refusal": str(refusal), **_meanwhile(draft, seen)}
        status = refusal.status
    if form is not None and form.is_bound:
        # What is shown is what the next attempt is about.
        form.data = dict(form.data.items()) | looked_at
    return render(request, "routing/review/draft.html", context, status=status)


def _meanwhile(draft: configuration.Draft, seen: str) -> dict[str, Any]:
    """What happened after somebody looked: edits, and objects that wait no longer."""
    edited = configuration.changed_since(seen)
    waiting = {entry.key for entry in draft.entries}
    gone = [part for part in seen.split() if part.rpartition(":")[0] not in waiting]
    return {
        "edited_since": edited[:SHOWN],
        "settled_since": len(gone),
        "newest": ConfigurationVersion.objects.first(),
    }
