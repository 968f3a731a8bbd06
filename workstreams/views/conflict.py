"""Saving over a revision that somebody may have changed meanwhile: one way for all such forms."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django import forms
from django.db.models import Model
from django.http import HttpResponse

from config.conflict import NOBODY_KNOWN, Conflict, conflict_of
from config.request import AppRequest
from routing.queries.last_published import last_published
from workstreams.views.answers import accepted, form_answer

Row = TypeVar("Row", bound=Model)
AnyForm = TypeVar("AnyForm", bound=forms.Form)


@dataclass(frozen=True, kw_only=True)
class Attempt(Generic[Row, AnyForm]):
    """What became of a form with a ``revision``: saved, or to be shown again."""

    row: Row
    form: AnyForm
    saved: Row | None = None
    conflict: Conflict | None = None


def attempt_to_save(
    request: AppRequest,
    *,
    load: Callable[[], Row],
    form_of: Callable[[Any, Row], AnyForm],
    save: Callable[[Row, AnyForm], Row],
    noun: str,
) -> Attempt[Row, AnyForm]:
    """``form_of(data, row)`` has a hidden field ``revision``; ``save`` refuses a stale one.

    On a conflict the form keeps what was entered and carries the present revision, so
    that sending it again saves on top, once.
    """
    row = load()
    data = request.POST if request.method == "POST" else None
    form = form_of(data, row)
    if data is None:
        return Attempt(row=row, form=form)
    if conflict := _conflict(request, form, row, noun):
        return Attempt(row=row, form=form, conflict=conflict)
    saved = accepted(form, lambda: save(row, form))
    if saved is None:
        # Somebody may have been faster between the look and the lock.
        row = load()
        fresh = form_of(data, row)
        if conflict := _conflict(request, fresh, row, noun):
            return Attempt(row=row, form=fresh, conflict=conflict)
    return Attempt(row=row, form=form, saved=saved)


def attempt_answer(
    request: AppRequest, attempt: Attempt[Any, Any], *, title: str, **context: Any
) -> HttpResponse:
    """The form again, with both values where somebody else saved; as ``form_answer``."""
    if attempt.conflict:
        context["submit_label"] = "Apply mine"
    return form_answer(request, attempt.form, title=title, conflict=attempt.conflict, **context)


def _conflict(request: AppRequest, form: forms.Form, row: Model, noun: str) -> Conflict | None:
    present = str(getattr(row, "revision"))  # noqa: B009  # every such row has one
    sent = str(form.data.get(form.add_prefix("revision"), "")).strip()
    if sent == present or not sent.isdecimal():
        return None  # a revision that is no number is refused at its field
    conflict = conflict_of(form, row, noun=noun, reload_url=request.get_full_path())
    entries = request.POST.copy()
    entries[form.add_prefix("revision")] = present
    form.data = entries
    return _with_publisher(conflict, row)


def _with_publisher(conflict: Conflict, row: Model) -> Conflict:
    """Who published the change, where the audit trail does not know: commands and imports."""
    if conflict.who != NOBODY_KNOWN:
        return conflict
    change = last_published(row._meta.model_name or "", row.pk)
    if change is None or not change.by:
        return conflict
    return replace(conflict, who=change.by, at=change.at)
