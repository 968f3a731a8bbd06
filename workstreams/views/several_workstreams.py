"""Copying and deleting several workstreams at once: a question, then one result a row."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.permissions import configurer_required
from config.clock import database_now
from config.pages import client_event, page_or_fragment
from config.refusal import Refusal, refusal_of
from config.request import AppRequest
from workstreams.actions.copy_workstream import copy_workstream
from workstreams.actions.delete_workstream import delete_workstream
from workstreams.models import Workstream
from workstreams.queries.left_out import left_out_of_copy
from workstreams.views.answers import in_words
from workstreams.views.workstream_copy import COPIED
from workstreams.views.workstream_selection import NONE_SELECTED, selected

logger = logging.getLogger(__name__)

GO_WITH_THEM: Final = (
    "Their rules and settings are deleted with them, and quick replies that show in no other"
    " workstream; finished work goes on naming them. What is still in use stays. This cannot be"
    " undone."
)

NOT_DONE: Final = "The database is busy, so this was not done. Try again in a moment."


@dataclass(frozen=True, kw_only=True)
class Result:
    """What became of one: a sentence, further ones, and what stands in the way, with links."""

    text: str
    is_done: bool = True
    url: str = ""
    notes: Sequence[str] = ()
    dependencies: Sequence[dict[str, str]] = ()


@require_http_methods(["GET", "POST"])
@configurer_required
def selection_copy(request: AppRequest) -> HttpResponse:
    """A copy of each, named "Copy of ..."."""
    return _several(request, verb="Copy", text=COPIED, perform=_copy)


@require_http_methods(["GET", "POST"])
@configurer_required
def selection_delete(request: AppRequest) -> HttpResponse:
    """Each that nothing depends on goes; the others say why they stay."""
    return _several(request, verb="Delete", text=GO_WITH_THEM, perform=_delete, look="danger")


def _several(
    request: AppRequest,
    *,
    verb: str,
    text: str,
    perform: Callable[[AppRequest, Workstream], Result],
    look: str = "primary",
) -> HttpResponse:
    chosen = selected(request.POST if request.method == "POST" else request.GET)
    context = {
        "title": f"{verb} {len(chosen)} workstreams",
        "verb": verb,
        "text": text if chosen else NONE_SELECTED,
        "look": look,
        "chosen": chosen,
        "action": request.path,
        "list_url": reverse("workstreams:workstream-list"),
    }
    if request.method == "POST" and chosen:
        context["results"] = _results(chosen, partial(perform, request))
    shown = page_or_fragment(
        request, "workstreams/selection.html", "workstreams/_selection.html", context
    )
    return client_event(shown, "workstreams-changed") if request.method == "POST" else shown


def _results(chosen: Sequence[Workstream], perform: Callable[[Workstream], Result]) -> list[Result]:
    """Each in a transaction of its own: one that is refused does not keep the others.

    After one that the database was too busy for the rest is left, for somebody waits for the
    answer; and that answer says what was done until then, or it would be sent again.
    """
    results: list[Result] = []
    for place, workstream in enumerate(chosen):
        try:
            results.append(perform(workstream))
        except Refusal as refusal:
            results.append(_refused(workstream, refusal))
        except IntegrityError as error:
            if (refused := refusal_of(error)) is None:
                raise
            results.append(_refused(workstream, refused))
        except (OperationalError, InterfaceError) as error:
            if not any(result.is_done for result in results):
                raise
            logger.warning("database busy workstream=%s error=%s", workstream.pk, error)
            texts = (f"“{each}”: {NOT_DONE}" for each in chosen[place:])
            return [*results, *(Result(text=text, is_done=False) for text in texts)]
    return results


def _refused(workstream: Workstream, refusal: Refusal) -> Result:
    named = refusal.details.get("dependencies", [])
    dependencies = [in_words(each) for each in named]  # type: ignore[attr-defined]  # a list
    text = f"“{workstream}”: {refusal}"
    return Result(text=text, is_done=False, dependencies=dependencies)


def _copy(request: AppRequest, workstream: Workstream) -> Result:
    # Nothing is read after it: what is refused then would be told of a copy that is there.
    notes = left_out_of_copy(workstream)
    copy = copy_workstream(workstream=workstream, by=request.user, now=database_now())
    page = reverse("workstreams:workstream-detail", args=[copy.pk])
    return Result(text=f"“{copy}” created.", url=page, notes=notes)


def _delete(request: AppRequest, workstream: Workstream) -> Result:
    delete_workstream(workstream=workstream, by=request.user, now=database_now())
    return Result(text=f"“{workstream}” deleted.")
