"""Export and import: what can be taken from here, and where a document is brought in."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from agents.permissions import (
    CONFIGURERS_ONLY,
    is_supervisor,
    may_configure,
    reader_required,
)
from config.clock import database_now
from config.pages import go_to, page_or_fragment
from config.request import AppRequest
from routing import configuration
from routing.actions.upload_document import upload_document
from routing.forms.upload_document import UploadDocumentForm
from routing.models import UploadedDocument
from workstreams.models import Workstream

# What a browser shows in a field without trouble.
LARGEST_TO_MEND = 500_000


@require_http_methods(["GET", "HEAD", "POST"])
@reader_required
def document_page(request: AppRequest) -> HttpResponse:
    """The page, and a document that is sent to be imported."""
    can_import = may_configure(request.user)
    if request.method == "POST":
        if not can_import:
            raise PermissionDenied(CONFIGURERS_ONLY)
        form = UploadDocumentForm(request.POST, request.FILES)
        if form.is_valid():
            uploaded = upload_document(
                text=form.cleaned_data["document_text"],
                name=form.cleaned_data["document_name"],
                by=request.user,
                now=database_now(),
            )
            return go_to(request, uploaded.get_absolute_url())
    else:
        form = UploadDocumentForm(initial={"text": _text_to_mend(request)})
    context = {
        "title": "Export and import",
        "form": form,
        "can_import": can_import,
        "can_export_people": is_supervisor(request.user),
        "workstreams": _published_workstreams(),
    }
    return page_or_fragment(
        request,
        "routing/documents/index.html",
        "routing/documents/_upload.html",
        context,
        status=422 if form.errors else 200,
    )


def _published_workstreams() -> "QuerySet[Workstream, tuple[int, str]]":
    there = list(configuration.current().compiled.workstreams)
    rows = Workstream.objects.filter(pk__in=there).order_by("name")
    return rows.values_list("pk", "name")


def _text_to_mend(request: AppRequest) -> str:
    """The text of a document of one's own that could not be imported as it was."""
    try:
        wanted = UUID(request.GET.get("mend", ""))
    except ValueError:
        return ""
    found = UploadedDocument.objects.filter(pk=wanted, by_id=request.user.pk).first()
    return found.text if found and len(found.text) <= LARGEST_TO_MEND else ""
