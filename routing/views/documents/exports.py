"""Downloads of the configuration document."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from agents.permissions import SUPERVISORS_ONLY, is_supervisor, reader_required
from config.patience import unhurried
from config.request import AppRequest
from config.row_ids import row_id
from routing import configuration
from workstreams.models import Workstream


@require_GET
@reader_required
def document_export(request: AppRequest) -> HttpResponse:
    """All configuration in force; ``workstream`` in the query asks for one of them, ``people`` for
    the agents too."""
    if wanted := request.GET.get("workstream"):
        return _workstream(row_id(wanted))
    has_people = "people" in request.GET
    if has_people and not is_supervisor(request.user):
        raise PermissionDenied(SUPERVISORS_ONLY)
    number = configuration.current().number
    with unhurried():
        text = configuration.export(number, has_people=has_people)
    return _download(text, f"configuration-{number}{'-people' if has_people else ''}")


@require_GET
@reader_required
def workstream_export(request: AppRequest, workstream_id: int) -> HttpResponse:
    """A workstream with everything that it names."""
    return _workstream(workstream_id)


def _workstream(workstream_id: int | None) -> HttpResponse:
    """One that is still to be published is not there yet."""
    try:
        found = Workstream.objects.get(pk=workstream_id or 0)
        with unhurried():
            text = configuration.export_workstream(found.pk)
    except Workstream.DoesNotExist:
        raise Http404("There is no such workstream.") from None
    return _download(text, slugify(found.name) or f"workstream-{found.pk}")


def _download(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response
