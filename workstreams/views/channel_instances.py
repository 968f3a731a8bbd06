"""The ways in to a workstream: set up, edited and removed from its page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.permissions import configurer_required
from config.clock import database_now
from config.pages import go_to
from config.request import AppRequest
from routing.queries.published_names import published_rules_of_instance
from workstreams.actions.check_channel_instance import RECORDS_HAVE_RULES
from workstreams.actions.create_channel_instance import create_channel_instance
from workstreams.actions.delete_channel_instance import delete_channel_instance
from workstreams.actions.edit_channel_instance import edit_channel_instance
from workstreams.forms.channel_instance import ChannelInstanceForm, form_for, title_of_new
from workstreams.models import ChannelInstance, Workstream
from workstreams.queries.dependencies import channel_instance_dependencies
from workstreams.terms import WorkstreamType
from workstreams.views.answers import accepted, delete_answer, form_answer
from workstreams.views.conflict import attempt_answer, attempt_to_save


@require_http_methods(["GET", "POST"])
@configurer_required
def channel_instance_create(request: AppRequest, workstream_id: int) -> HttpResponse:
    """Set up a chat, a number, or an account whose work comes by the API."""
    workstream = get_object_or_404(Workstream, pk=workstream_id)
    if workstream.type == WorkstreamType.RECORD:
        return go_to(request, _home(workstream), text=RECORDS_HAVE_RULES, kind="info")
    form = form_for(workstream, request.POST if request.method == "POST" else None)
    instance = accepted(
        form,
        lambda: create_channel_instance(
            workstream=workstream, **form.settings(), by=request.user, now=database_now()
        ),
    )
    if instance:
        return go_to(request, _home(workstream), text=f"“{instance}” is set up.")
    return form_answer(
        request,
        form,
        title=title_of_new(workstream),
        text=form.text,
        submit_label="Set up",
        list_url=_home(workstream),
        area=workstream.name,
    )


@require_http_methods(["GET", "POST"])
@configurer_required
def channel_instance_edit(
    request: AppRequest, workstream_id: int, channel_instance_id: int
) -> HttpResponse:
    """Change a way in, or switch it off."""

    def form_of(data: Any, instance: ChannelInstance) -> ChannelInstanceForm:
        return form_for(instance.workstream, data, instance)

    def save(instance: ChannelInstance, form: ChannelInstanceForm) -> ChannelInstance:
        return edit_channel_instance(
            instance=instance,
            **form.settings(),
            by=request.user,
            now=database_now(),
            published=published_rules_of_instance,
        )

    attempt = attempt_to_save(
        request,
        load=lambda: _load(workstream_id, channel_instance_id),
        form_of=form_of,
        save=save,
        noun="channel instance",
    )
    home = _home(attempt.row.workstream)
    if attempt.saved:
        return go_to(request, home, text=f"“{attempt.saved}” saved.")
    return attempt_answer(
        request,
        attempt,
        title=f"Edit “{attempt.row}”",
        text=attempt.form.text,
        list_url=home,
        area=attempt.row.workstream.name,
    )


@require_http_methods(["GET", "POST"])
@configurer_required
def channel_instance_delete(
    request: AppRequest, workstream_id: int, channel_instance_id: int
) -> HttpResponse:
    """Refused while work that came in by it is unfinished."""
    instance = _load(workstream_id, channel_instance_id)
    return delete_answer(
        request,
        noun="channel instance",
        name=instance.name,
        text="Its address stops working. Finished work stays. This cannot be undone.",
        look=lambda: (
            channel_instance_dependencies(instance) or published_rules_of_instance(instance)
        ),
        delete=lambda: delete_channel_instance(
            instance=instance,
            by=request.user,
            now=database_now(),
            published=published_rules_of_instance,
        ),
        back=_home(instance.workstream),
        done=_home(instance.workstream),
    )


def _load(workstream_id: int, channel_instance_id: int) -> ChannelInstance:
    instances = ChannelInstance.objects.select_related("workstream")
    return get_object_or_404(instances, pk=channel_instance_id, workstream_id=workstream_id)


def _home(workstream: Workstream) -> str:
    return reverse("workstreams:workstream-detail", args=[workstream.pk]) + "#channel"
