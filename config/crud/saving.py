"""The create and edit pages: what was typed survives every refusal."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.forms import ModelForm
from django.http import HttpResponse

from config.clock import database_now
from config.conflict import Conflict, conflict_of
from config.crud.noun import ConfigNoun
from config.crud.version import version_now, version_of
from config.forms import AppModelForm, explain_refusal
from config.pages import go_to, page_or_fragment, redirect_or_event
from config.refusal import Refusal
from config.request import AppRequest

UNPROCESSABLE = 422


class _SavedMeanwhile(Exception):
    """Another version is there than the one the form was filled from."""


def form_page(pages: ConfigNoun, request: AppRequest, found: models.Model) -> HttpResponse:
    """Show the form; on POST save it, or show it again with the reasons against it."""
    form_class, sent = pages.form_for(request), request.POST or None
    form = form_class(sent, request.FILES or None, instance=found)
    is_new, loaded = found.pk is None, version_of(pages, form, found)
    conflict, saved = None, None
    if request.method == "POST":
        if request.POST.get("loaded_version", loaded) != loaded:
            conflict = _conflict(pages, request, form, found)
        elif form.is_valid():
            try:
                saved = _save(pages, request, form, found, loaded=loaded)
            except _SavedMeanwhile:
                return form_page(pages, request, pages.reload(found))
        if saved is not None:
            return _saved_page(pages, request, saved, is_new=is_new)
    context = {
        "pages": pages,
        "title": f"{'New' if is_new else 'Edit'} {pages.one}",
        "form": form,
        "action": request.get_full_path(),
        "submit_label": _submit_label(pages, is_new=is_new, has_conflict=conflict is not None),
        "list_url": pages.url("list"),
        "delete_url": "" if is_new or not pages.can_write(request) else pages.url("delete", found),
        "loaded_version": loaded,
        "conflict": conflict,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return page_or_fragment(request, pages.form_template, "crud/_form.html", context, status=status)


def _conflict(
    pages: ConfigNoun, request: AppRequest, form: "ModelForm[Any]", found: models.Model
) -> Conflict:
    """Both values, taken before the form writes its own to the object."""
    url, version = request.get_full_path(), pages.version_field
    return conflict_of(form, found, noun=pages.one, reload_url=url, version_field=version)


def _submit_label(pages: ConfigNoun, *, is_new: bool, has_conflict: bool) -> str:
    if has_conflict:
        return "Apply mine"
    return f"Create {pages.one}" if is_new else "Save"


def _save(
    pages: ConfigNoun,
    request: AppRequest,
    form: "ModelForm[Any]",
    found: models.Model,
    *,
    loaded: str,
) -> models.Model | None:
    try:
        with transaction.atomic():
            if loaded and version_now(pages, request, form, found) != loaded:
                raise _SavedMeanwhile
            return pages.perform_save(form, by=request.user, now=database_now())
    except Refusal as refusal:
        explain_refusal(form, refusal)
    except IntegrityError as error:
        if not isinstance(form, AppModelForm) or not form.explain(error):
            raise
    return None


def _saved_page(
    pages: ConfigNoun, request: AppRequest, saved: models.Model, *, is_new: bool
) -> HttpResponse:
    text = f"{pages.one_capital} “{saved}” {'created' if is_new else 'saved'}."
    if pages.has_detail:
        return go_to(request, pages.home_of(saved), text=text)
    return redirect_or_event(request, pages.url("list"), event=f"{pages.noun}-saved", text=text)
