"""What the forms of this app share: perform the action, or show the form again with the reasons."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from django.db import transaction
from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse

from config.forms import explain_refusal
from config.pages import go_to, page_or_fragment, wants_fragment
from config.refusal import Refusal
from config.request import AppRequest
from workstreams.exceptions import InUse
from workstreams.queries.dependencies import Dependency

UNPROCESSABLE: Final = 422
CONFLICT: Final = 409
Done = TypeVar("Done")

WORDS: Final[Mapping[str, str]] = {
    "intake_rule": "Intake rule",
    "workstream": "Workstream",
    "records": "Records",
    "learned_model": "Model that learns from it",
    "channel_instance": "Channel instance",
    "work_item": "Unfinished work item",
    "fallback_queue_of": "Fallback queue of the workstream",
    "route_to_queue_rule": "Route-to-queue rule",
    "overflow_of_queue": "Overflow of the queue",
    "overflow_of_rule": "Overflow of the route-to-queue rule",
    "rule": "Rule",
    "ruleset": "Ruleset",
    "assignment_method": "Assignment method",
    "message_template": "Message template",
    "quick_reply": "Quick reply",
    "notification_template": "Notification template",
    "session_template": "Session template",
    "automated_message": "Automated message",
    "survey_question": "Survey question",
    "identification_rule": "Identification rule",
}


def accepted(form: BaseForm, perform: Callable[[], Done]) -> Done | None:
    """What ``perform`` returns; None before the form was sent, or with the reasons on it."""
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            return perform()
    except Refusal as refusal:
        explain_refusal(form, refusal)
    return None


def form_answer(request: AppRequest, form: BaseForm, *, title: str, **context: Any) -> HttpResponse:
    """The form in the dialog or as a page: 422 when it was sent and refused.

    ``context``: submit_label, text, and list_url with area (name of the page to go back to).
    """
    return page_or_fragment(
        request,
        "workstreams/form.html",
        "crud/_form.html",
        {
            "title": title,
            "form": form,
            "action": request.get_full_path(),
            "submit_label": "Save",
            "list_url": reverse("workstreams:workstream-list"),
            "pages": {"title": context.pop("area", "Workstreams")},
            **context,
        },
        status=UNPROCESSABLE if form.is_bound else 200,
    )


def delete_answer(
    request: AppRequest,
    *,
    noun: str,
    name: str,
    text: str,
    look: Callable[[], Sequence[Dependency]],
    delete: Callable[[], None],
    back: str,
    done: str,
) -> HttpResponse:
    """Ask before deleting; on POST delete, or name what was found in the way at that moment."""
    dependencies: Sequence[Dependency] = []
    if request.method == "POST":
        try:
            delete()
        except InUse as refusal:
            dependencies = refusal.details["dependencies"]  # type: ignore[assignment]  # set by the action
        else:
            return go_to(request, done, text=f"{noun.capitalize()} “{name}” deleted.")
    else:
        dependencies = look()
    context = {
        "pages": {"one": noun, "title": back_label(back), "delete_text": text},
        "title": f"Delete {noun} “{name}”?",
        "dependencies": [in_words(dependency) for dependency in dependencies],
        "action": request.get_full_path(),
        "list_url": back,
    }
    refused = UNPROCESSABLE if wants_fragment(request) else CONFLICT
    return page_or_fragment(
        request,
        "crud/delete.html",
        "crud/_delete.html",
        context,
        status=refused if request.method == "POST" else 200,
    )


def back_label(url: str) -> str:
    """What the page is called that a cancelled delete goes back to."""
    return "Workstreams" if url == reverse("workstreams:workstream-list") else "Workstream"


def in_words(dependency: Dependency) -> dict[str, str]:
    """A dependency as the delete page shows it."""
    label = f"{WORDS[dependency['kind']]}: {dependency['name']}"
    return {"label": label, "url": dependency["url"]}
