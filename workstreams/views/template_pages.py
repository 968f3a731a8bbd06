"""What pages of notification and session templates share: built-in ones are copied, not changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from agents.models import User
from agents.permissions import configurer_required, reader_required
from config.clock import database_now
from config.crud import Column, ConfigPages, Dependency
from config.crud.saving import form_page
from config.forms import explain_refusal
from config.pages import go_to, page_or_fragment
from config.refusal import Refusal
from config.request import AppRequest
from workstreams.actions.copy_template import copy_template
from workstreams.actions.delete_template import delete_template
from workstreams.forms.copy_template import CopyTemplateForm
from workstreams.models import NotificationTemplate, SessionTemplate
from workstreams.queries.dependencies import Dependency as Use

FOLDER = "workstreams/templates"
# The last column of both lists.
COPY = Column(label="Copy", value=lambda row: _copy_of(row), template=f"{FOLDER}/_copy_link.html")
BUILT_IN = "It is built in: new workstreams of its channel begin with it"
UNPROCESSABLE = 422


class TemplatePages(ConfigPages):
    """What both sorts share: built-in ones are shown and copied, never changed."""

    app = "workstreams"
    may_read, may_write = reader_required, configurer_required
    version_field = "revision"
    icon = "template"
    list_template, form_template = f"{FOLDER}/list.html", f"{FOLDER}/form.html"
    facts_template: ClassVar[str]

    @classmethod
    def urls(cls, prefix: str) -> list[URLPattern]:
        """The four pages, and the copy."""
        pages = cls()

        def copy(request: AppRequest, /, **ids: int) -> HttpResponse:
            return pages.copy_page(request, **ids)

        guarded = configurer_required(require_http_methods(["GET", "POST"])(copy))
        route = f"{prefix}<int:{cls.id_name()}>/copy/"
        return [*super().urls(prefix), path(route, guarded, name=f"{cls.noun}-copy")]

    def list_page(self, request: AppRequest) -> HttpResponse:
        """Without the column of copies for those who may not copy."""
        if self.can_write(request):
            return super().list_page(request)
        readers = type("ForReaders", (type(self),), {"columns": self.columns[:-1]})()
        return ConfigPages.list_page(readers, request)

    def edit_page(self, request: AppRequest, **ids: int) -> HttpResponse:
        """The form; of a built-in one what it says, and the way to a copy."""
        found = self.find(request, ids)
        if not found.is_built_in or request.method == "POST":
            return form_page(self, request, found)
        context = {
            "pages": self,
            "title": found.name,
            "object": found,
            "form": self.form_class(instance=found),
            "copy_url": self.url("copy", found),
            "list_url": self.url("list"),
        }
        return page_or_fragment(
            request, f"{FOLDER}/built_in.html", f"{FOLDER}/_built_in.html", context
        )

    def copy_page(self, request: AppRequest, **ids: int) -> HttpResponse:
        """Ask for a name, then open the copy to be changed."""
        found = self.find(request, ids)
        form = CopyTemplateForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                copy: Any = copy_template(
                    template=found, by=request.user, now=database_now(), **form.cleaned_data
                )
                text = f"“{found}” is copied as “{copy}”."
                return go_to(request, self.url("edit", copy), text=text)
            except Refusal as refusal:
                explain_refusal(form, refusal)
        context = {
            "pages": self,
            "title": f"Copy “{found}”",
            "form": form,
            "action": request.get_full_path(),
            "submit_label": "Copy",
            "list_url": self.url("list"),
        }
        status = UNPROCESSABLE if request.method == "POST" else 200
        return page_or_fragment(
            request, "crud/form.html", "crud/_form.html", context, status=status
        )

    def dependencies(self, found: Any) -> Sequence[Dependency]:
        built_in = [Dependency(label=BUILT_IN)] if found.is_built_in else []
        uses = [Dependency(label=use["name"], url=use["url"]) for use in self.uses(found)]
        return [*built_in, *uses]

    def uses(self, found: Any) -> Sequence[Use]:
        """The workstreams that use it."""
        raise NotImplementedError

    def perform_delete(self, found: Any, *, by: User, now: datetime) -> None:
        delete_template(template=found, by=by, now=now)


def _copy_of(row: NotificationTemplate | SessionTemplate) -> str:
    noun = "session" if isinstance(row, SessionTemplate) else "notification"
    return reverse(f"workstreams:{noun}-template-copy", args=[row.pk])
