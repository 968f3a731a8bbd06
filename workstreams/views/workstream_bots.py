"""The bots of a workstream: the one that talks first, and those that assist agents."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agents.permissions import configurer_required
from config.clock import database_now
from config.pages import go_to
from config.request import AppRequest
from config.row_ids import row_id
from workstreams.actions.choose_bots import bot_obstacle, choose_assist_bots, choose_bot
from workstreams.forms.workstream_bots import AddBotForm, AssistBotsForm
from workstreams.models import Workstream
from workstreams.views.conflict import attempt_answer, attempt_to_save


@require_http_methods(["GET", "POST"])
@configurer_required
def workstream_bot(request: AppRequest, workstream_id: int) -> HttpResponse:
    """Add a bot, or another one."""

    def save(workstream: Workstream, form: AddBotForm) -> Workstream:
        return choose_bot(
            workstream=workstream,
            bot=form.cleaned_data["name"],
            revision=form.cleaned_data["revision"],
            by=request.user,
            now=database_now(),
        )

    attempt = attempt_to_save(
        request,
        load=lambda: get_object_or_404(Workstream, pk=workstream_id),
        form_of=lambda data, workstream: AddBotForm(data, workstream=workstream),
        save=save,
        noun="workstream",
    )
    if attempt.saved is not None:
        return go_to(request, _page(workstream_id, "bot"), text="Bot saved.")
    if request.method != "POST" and (obstacle := bot_obstacle(attempt.row)):
        return go_to(request, _page(workstream_id, "bot"), text=obstacle, kind="info")
    return attempt_answer(
        request,
        attempt,
        title="Change the bot" if attempt.row.bot_id else "Add a bot",
        submit_label="Save and close",
        **_back(attempt.row, "bot"),
    )


@require_POST
@configurer_required
def workstream_bot_remove(request: AppRequest, workstream_id: int) -> HttpResponse:
    """No bot any more: the conversations it has go on to people. Another one that somebody put
    there since the page was read stays (SavedMeanwhile)."""
    choose_bot(
        workstream=get_object_or_404(Workstream, pk=workstream_id),
        bot=None,
        revision=row_id(request.POST.get("revision", "")),
        by=request.user,
        now=database_now(),
    )
    return go_to(request, _page(workstream_id, "bot"), text="Bot removed.")


@require_http_methods(["GET", "POST"])
@configurer_required
def workstream_assist_bots(request: AppRequest, workstream_id: int) -> HttpResponse:
    """Which bots suggest something to agents."""

    def save(workstream: Workstream, form: AssistBotsForm) -> Workstream:
        return choose_assist_bots(
            workstream=workstream,
            bots=form.cleaned_data["bots"],
            revision=form.cleaned_data["revision"],
            by=request.user,
            now=database_now(),
        )

    attempt = attempt_to_save(
        request,
        load=lambda: get_object_or_404(Workstream, pk=workstream_id),
        form_of=lambda data, workstream: AssistBotsForm(data, workstream=workstream),
        save=save,
        noun="workstream",
    )
    if attempt.saved is not None:
        return go_to(request, _page(workstream_id, "assist-bots"), text="Smart assist bots saved.")
    return attempt_answer(
        request,
        attempt,
        title="Smart assist bots",
        submit_label="Save and close",
        **_back(attempt.row, "assist-bots"),
    )


def _back(workstream: Workstream, anchor: str) -> dict[str, Any]:
    return {"list_url": _page(workstream.pk, anchor), "area": workstream.name}


def _page(workstream_id: int, anchor: str) -> str:
    return f"{reverse('workstreams:workstream-detail', args=[workstream_id])}#{anchor}"
