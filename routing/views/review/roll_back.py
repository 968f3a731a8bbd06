"""Back to an earlier version: the question with all it would do, and the answer."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from agents.permissions import configurer_required
from config.clock import database_now
from config.pages import go_to
from config.refusal import Refusal
from config.request import AppRequest
from routing import configuration
from routing.configuration import RollBack
from routing.exceptions import InvalidRules
from routing.forms.publish import ReviewedForm
from routing.models import ConfigurationVersion

SHOWN = 100


@require_http_methods(["GET", "POST"])
@configurer_required
def version_roll_back(request: AppRequest, number: int) -> HttpResponse:
    """Ask with the difference, then make the new version."""
    version = get_object_or_404(ConfigurationVersion, pk=number)
    form = ReviewedForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            done = configuration.roll_back(
                to=number,
                by=request.user,
                now=database_now(),
                note=form.cleaned_data["note"] or f"Rolled back to version {number}.",
                **form.looked_at(),
            )
        except (Refusal, InvalidRules) as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            said = f"Version {done.version} brings back version {number}. "
            text = said + " ".join(done.notes[:3])
            return go_to(
                request,
                "routing:version-list",
                text=text,
                kind="warning" if done.notes else "success",
            )
    return _question(request, version, form, status)


def _question(
    request: AppRequest, version: ConfigurationVersion, form: ReviewedForm, status: int
) -> HttpResponse:
    draft = configuration.draft()
    looked_at: dict[str, Any] = {"base": draft.base, "state": draft.state}
    would, refusal = _dry_run(request, version.number, looked_at)
    if form.is_bound:
        form.data = dict(form.data.items()) | looked_at
    else:
        form = ReviewedForm(initial=looked_at)
    differences = configuration.diff(draft.base, version.number, by_name=True)
    context = {
        "title": f"Roll back to version {version.number}",
        "version": version,
        "draft": draft,
        "differences": differences[:SHOWN],
        "more": max(len(differences) - SHOWN, 0),
        "notes": would.notes,
        "refusal": refusal,
        "form": form,
    }
    return render(request, "routing/review/roll_back.html", context, status=status)


def _dry_run(request: AppRequest, number: int, looked_at: dict[str, Any]) -> tuple[RollBack, str]:
    """What could not be put back, found out by doing it all and taking it back at once."""
    try:
        would = configuration.roll_back(
            to=number, by=request.user, now=database_now(), check=True, **looked_at
        )
    except Refusal as refusal:
        return RollBack(), str(refusal)
    return would, ""
