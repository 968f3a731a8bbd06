"""Copying a workstream."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.permissions import configurer_required
from config.clock import database_now
from config.pages import go_to
from config.request import AppRequest
from workstreams.actions.copy_workstream import copy_workstream, free_copy_name
from workstreams.forms.workstream_name import CopyWorkstreamForm
from workstreams.models import Workstream
from workstreams.queries.left_out import left_out_of_copy
from workstreams.views.answers import accepted, form_answer

COPIED: Final = (
    "All settings, rules, templates, variables, bots and links to quick replies are copied. Channel"
    " instances and intake rules are not: addresses and numbers exist once, so the copy gets its"
    " own. Rules that compare with a channel instance go on naming the original's."
)


@require_http_methods(["GET", "POST"])
@configurer_required
def workstream_copy(request: AppRequest, workstream_id: int) -> HttpResponse:
    """A copy under a name that can be changed beforehand; its page says what was left out."""
    workstream = get_object_or_404(Workstream, pk=workstream_id)
    form = CopyWorkstreamForm(request.POST or None, initial={"name": free_copy_name(workstream)})
    copy = accepted(
        form,
        lambda: copy_workstream(
            workstream=workstream, **form.cleaned_data, by=request.user, now=database_now()
        ),
    )
    if copy:
        page = reverse("workstreams:workstream-detail", args=[copy.pk])
        text = " ".join([f"“{copy}” created.", *left_out_of_copy(workstream)])
        return go_to(request, page, text=text)
    title = f"Copy “{workstream}”"
    return form_answer(request, form, title=title, text=COPIED, submit_label="Copy workstream")
