"""The create and edit pages: what was typed survives every refusal."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.forms import ModelForm
from django.http import HttpResponse

from config.clock import database_now
from config.crud.noun import ConfigNoun
from config.forms import AppModelForm, explain_refusal
from config.pages import go_to, page_or_fragment, redirect_or_event
from config.refusal import Refusal
from config.request import AppRequest

UNPROCESSABLE = 422
MEANWHILE = "Somebody else saved this while you were editing. Save again to put your values on top."


def form_page(pages: ConfigNoun, request: AppRequest, found: models.Model) -> HttpResponse:
    """Show the form; on POST save it, or show it again with the reasons against it."""
    is_new, loaded = found.pk is None, _version(pages, found)
    form = pages.form_class(request.POST or None, request.FILES or None, instance=found)
    if request.method == "POST":
        if request.POST.get("loaded_version", loaded) != loaded:
            form.add_error(None, MEANWHILE)
        saved = _save(pages, form, by=request.user) if form.is_valid() else None
        if saved is not None:
            return _saved_page(pages, request, saved, is_new=is_new)
    verb = "New" if is_new else "Edit"
    context = {
        "pages": pages,
        "title": f"{verb} {pages.one}",
        "form": form,
        "action": request.get_full_path(),
        "submit_label": f"Create {pages.one}" if is_new else "Save",
        "list_url": pages.url("list"),
        "delete_url": "" if is_new else pages.url("delete", found),
        "loaded_version": loaded,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return page_or_fragment(request, pages.form_template, "crud/_form.html", context, status=status)


def _save(pages: ConfigNoun, form: "ModelForm[Any]", *, by: Any) -> models.Model | None:
    try:
        with transaction.atomic():
            return pages.perform_save(form, by=by, now=database_now())
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


def _version(pages: ConfigNoun, found: models.Model) -> str:
    return str(getattr(found, pages.version_field)) if pages.version_field and found.pk else ""
