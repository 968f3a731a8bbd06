"""What has history is not deleted: the answer says so, and how to keep new work away."""

from collections.abc import Sequence

from django.http import HttpResponse

from config.pages import page_or_fragment, wants_fragment
from config.request import AppRequest
from workstreams.queries.dependencies import Dependency


def kept_history(dependencies: Sequence[Dependency]) -> Dependency | None:
    """The closed work among them, which no one can change; None where there is none."""
    kept = (each for each in dependencies if each["kind"] == "closed_work_items")
    return next(kept, None)


def history_answer(
    request: AppRequest, *, noun: str, name: str, kept: Dependency, advice: str, back: str
) -> HttpResponse:
    """Why it cannot be deleted, instead of a list of what nobody can take away."""
    context = {
        "title": f"“{name}” cannot be deleted",
        "noun": noun,
        "kept": kept,
        "advice": advice,
        "list_url": back,
        "area": f"{noun.capitalize()}s",
    }
    refused = 422 if wants_fragment(request) else 409
    return page_or_fragment(
        request,
        "workstreams/kept.html",
        "workstreams/_kept.html",
        context,
        status=refused if request.method == "POST" else 200,
    )
