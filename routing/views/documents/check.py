"""The dry run: what importing would do, which names are others here, and the import itself."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from agents.permissions import configurer_required
from config.clock import database_now
from config.pages import go_to, page_or_fragment, wants_fragment
from config.request import AppRequest
from routing import configuration
from routing.forms.mapping import (
    missing_questions,
    name_questions,
    names_here,
    posted_mapping,
)
from routing.models import UploadedDocument

# So many entries of each list are shown.
SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@configurer_required
def document_check(request: AppRequest, document_id: UUID) -> HttpResponse:
    """What importing would do; a post keeps the names that were chosen, and looks again."""
    uploaded = _own(request, document_id)
    if request.method == "POST":
        uploaded.mapping = posted_mapping(request.POST)
        uploaded.save(update_fields=["mapping"])
        if not wants_fragment(request):
            return redirect(uploaded.get_absolute_url(), permanent=False)
    return _shown(request, uploaded)


@require_POST
@configurer_required
def document_import(request: AppRequest, document_id: UUID) -> HttpResponse:
    """Imports it, unless that would do something else than was shown."""
    uploaded = _own(request, document_id)
    try:
        report = configuration.import_document(
            configuration.read_text(uploaded.text),
            by=request.user,
            now=database_now(),
            mapping=uploaded.mapping,
            fingerprint=request.POST.get("fingerprint", ""),
        )
    except configuration.ChangedMeanwhile as refusal:
        # A fragment is shown with 422, as htmx shows those of a refused form.
        status = 422 if wants_fragment(request) else refusal.status
        return _shown(request, uploaded, refusal=str(refusal), status=status)
    except configuration.InvalidDocument as refusal:
        return _shown(request, uploaded, refused=refusal.findings, status=422)
    uploaded.delete()
    said = " ".join([_sentence(report), *report.notes[:3]])
    if report.version is None:
        page = "routing:draft" if _has_changed(report) else "routing:document-page"
        return go_to(request, page, text=said)
    return go_to(request, f"/configuration/versions/{report.version}/", text=said)


@require_POST
@configurer_required
def document_discard(request: AppRequest, document_id: UUID) -> HttpResponse:
    """Throws the document away."""
    _own(request, document_id).delete()
    return go_to(request, "routing:document-page", text="The document was thrown away.")


def _own(request: AppRequest, document_id: UUID) -> UploadedDocument:
    return get_object_or_404(UploadedDocument, pk=document_id, by_id=request.user.pk)


def _shown(
    request: AppRequest,
    uploaded: UploadedDocument,
    *,
    refusal: str = "",
    refused: list[dict[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    examination = configuration.examine(configuration.read_text(uploaded.text), uploaded.mapping)
    missing = {each.path for each in examination.missing}
    faults = [each for each in refused or examination.findings if each["path"] not in missing]
    plan = None if examination.findings or refused else configuration.plan(examination)
    if plan and (beyond := configuration.beyond_leave(examination, plan, request.user)):
        plan, faults = None, beyond
    names = name_questions(plan, examination, uploaded.mapping)
    context: dict[str, Any] = {
        "title": "Import",
        "uploaded": uploaded,
        "refusal": refusal,
        "faults": _with_lines(uploaded.text, faults[:SHOWN]),
        "fault_count": len(faults),
        "missing": missing_questions(examination, uploaded.mapping),
        "is_missing": bool(missing),
        "names": names,
        "is_named": any(each.value for each in names),
        "here": names_here(examination, {each.kind for each in names}),
        "plan": plan,
        "created": plan.created[:SHOWN] if plan else [],
        "changed": plan.changed[:SHOWN] if plan else [],
    }
    page, fragment = "routing/documents/check.html", "routing/documents/_check.html"
    return page_or_fragment(request, page, fragment, context, status=status)


def _with_lines(text: str, faults: list[dict[str, str]]) -> list[dict[str, Any]]:
    lines = configuration.lines_of(text, {each["path"] for each in faults}) if faults else {}
    return [{**each, "line": lines.get(each["path"])} for each in faults]


def _sentence(report: configuration.ImportReport) -> str:
    if not _has_changed(report):
        return "Everything was here already, so nothing was changed."
    created, changed = len(report.created), len(report.changed)
    waits = "" if report.version else " It waits in the draft."
    return f"Imported: {created} created, {changed} changed.{waits}"


def _has_changed(report: configuration.ImportReport) -> bool:
    return bool(report.created or report.changed)
