"""Pages of notification and session templates: list, form, copy and delete question."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from agents.models import User
from agents.permissions import configurer_required
from config.crud import Column
from config.pages import page_or_fragment
from config.request import AppRequest
from workstreams.actions.create_notification_template import create_notification_template
from workstreams.actions.create_session_template import create_session_template
from workstreams.actions.edit_notification_template import edit_notification_template
from workstreams.actions.edit_session_template import edit_session_template
from workstreams.actions.refusals import InvalidSettings
from workstreams.forms.notification_template import NotificationTemplateForm
from workstreams.forms.session_template import SessionTemplateForm
from workstreams.models import NotificationTemplate, SessionTemplate
from workstreams.queries.dependencies import Dependency as Use
from workstreams.queries.template_uses import (
    notification_template_dependencies,
    session_template_dependencies,
)
from workstreams.views.template_pages import COPY, FOLDER, TemplatePages


class NotificationTemplatePages(TemplatePages):
    """How offers are shown, and what becomes of them."""

    model, form_class = NotificationTemplate, NotificationTemplateForm
    noun, title = "notification-template", "Notification templates"
    about = (
        "How agents are offered work: words, countdown and buttons. Workstreams choose one for"
        " each occasion."
    )
    facts_template = f"{FOLDER}/_offer_preview.html"
    columns = (
        Column(label="Name", value="name", sort="name", is_link=True),
        Column(label="Title", value="title"),
        Column(
            label="Seconds", value="countdown_seconds", sort="countdown_seconds", is_number=True
        ),
        Column(label="When it ends", value=lambda row: _end_of(row)),
        Column(label="May decline", value="agents_may_decline"),
        Column(label="Built in", value="is_built_in", sort="is_built_in"),
        COPY,
    )

    def queryset(self, request: AppRequest) -> "QuerySet[Any]":
        return NotificationTemplate.objects.order_by("is_built_in", "name")

    def perform_save(self, form: "ModelForm[Any]", *, by: User, now: datetime) -> Any:
        assert isinstance(form, NotificationTemplateForm)
        try:
            if form.instance.pk is None:
                return create_notification_template(by=by, now=now, **form.settings())
            return edit_notification_template(
                template=form.instance, by=by, now=now, **form.settings()
            )
        except InvalidSettings as refusal:
            errors = {form.name_of(name): text for name, text in refusal.errors.items()}
            raise InvalidSettings(errors) from refusal

    def uses(self, found: NotificationTemplate) -> Sequence[Use]:
        return notification_template_dependencies(found)


class SessionTemplatePages(TemplatePages):
    """How work opens on the desk."""

    model, form_class = SessionTemplate, SessionTemplateForm
    noun, title = "session-template", "Session templates"
    about = "How work opens on an agent's desk: its title, where the conversation stands, and tabs."
    facts_template = f"{FOLDER}/_session_facts.html"
    columns = (
        Column(label="Name", value="name", sort="name", is_link=True),
        Column(label="Unique name", value="unique_name", sort="unique_name"),
        Column(label="Type", value="type", sort="type"),
        Column(label="Title", value="title"),
        Column(label="Communication panel", value="panel_mode"),
        Column(label="Built in", value="is_built_in", sort="is_built_in"),
        COPY,
    )
    search_fields = ("name", "unique_name")

    def queryset(self, request: AppRequest) -> "QuerySet[Any]":
        rows = SessionTemplate.objects.select_related("record_type")
        return rows.order_by("is_built_in", "name")

    def perform_save(self, form: "ModelForm[Any]", *, by: User, now: datetime) -> Any:
        assert isinstance(form, SessionTemplateForm)
        if form.instance.pk is None:
            return create_session_template(by=by, now=now, **form.settings())
        return edit_session_template(template=form.instance, by=by, now=now, **form.settings())

    def uses(self, found: SessionTemplate) -> Sequence[Use]:
        return session_template_dependencies(found)


@require_POST
@configurer_required
def offer_preview(request: AppRequest) -> HttpResponse:
    """The card of what is typed, with made-up values; nothing is saved."""
    form = NotificationTemplateForm(request.POST)
    context = {"title": "Preview of the offer", "form": form}
    return page_or_fragment(
        request, f"{FOLDER}/offer_preview.html", f"{FOLDER}/_offer_preview.html", context
    )


def _end_of(template: NotificationTemplate) -> str:
    if template.auto_accept:
        return "Assigned and opened"
    return "Assigned" if template.auto_assign else "Back to the queue"
