"""Deleting a workstream, after the question."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.permissions import configurer_required
from config.clock import database_now
from config.request import AppRequest
from workstreams.actions.delete_workstream import delete_workstream
from workstreams.models import Workstream
from workstreams.queries.dependencies import replies_of_it_alone, workstream_dependencies
from workstreams.views.answers import delete_answer

GOES_WITH_IT: Final = (
    "Its rules and settings are deleted with it; finished work goes on naming it.{replies} This"
    " cannot be undone."
)


@require_http_methods(["GET", "POST"])
@configurer_required
def workstream_delete(request: AppRequest, workstream_id: int) -> HttpResponse:
    """Named dependencies have to go first; looked for again at the moment of deletion."""
    workstream = get_object_or_404(Workstream, pk=workstream_id)
    workstreams = reverse("workstreams:workstream-list")
    return delete_answer(
        request,
        noun="workstream",
        name=workstream.name,
        text=GOES_WITH_IT.format(replies=_replies(workstream)),
        look=lambda: workstream_dependencies(workstream),
        delete=lambda: delete_workstream(
            workstream=workstream, by=request.user, now=database_now()
        ),
        back=workstreams,
        done=workstreams,
    )


def _replies(workstream: Workstream) -> str:
    titles = list(replies_of_it_alone(workstream).values_list("title", flat=True))
    if not titles:
        return ""
    return f" So are the quick replies that show in no other workstream: {', '.join(titles)}."
