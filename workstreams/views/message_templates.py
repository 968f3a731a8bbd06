"""Pages of the texts that the organisation sends first."""

from datetime import datetime
from typing import Any

from django.forms import ModelForm

from agents.permissions import configurer_required, reader_required
from config.crud import Column, ConfigPages
from config.locales import language_name
from workstreams.actions.delete_message_template import delete_message_template
from workstreams.actions.save_message_template import save_message_template
from workstreams.forms.message_template import MessageTemplateForm
from workstreams.models import MessageTemplate


class MessageTemplatePages(ConfigPages):
    """List, create, edit and delete."""

    model, form_class = MessageTemplate, MessageTemplateForm
    app, noun, icon = "workstreams", "message-template", "template"
    title = "Message templates"
    about = "Texts for messages that your organisation sends first, by language."
    empty_text = "Agents put a template into a text message with a few keys."
    may_read, may_write = reader_required, configurer_required
    version_field = "revision"
    columns = (
        Column(label="Name", value="name", sort="name", is_link=True),
        Column(label="Channel", value="channel", sort="channel"),
        Column(
            label="Default language", value=lambda template: language_name(template.default_locale)
        ),
        Column(label="Languages", value=lambda template: ", ".join(sorted(template.texts))),
        Column(
            label="Text",
            value=lambda template: template.texts.get(template.default_locale, "")[:160],
        ),
    )

    def perform_save(self, form: "ModelForm[Any]", *, by: Any, now: datetime) -> MessageTemplate:
        assert isinstance(form, MessageTemplateForm)
        template = form.instance if form.instance.pk else None
        return save_message_template(template=template, by=by, now=now, **form.settings())

    def perform_delete(self, found: MessageTemplate, *, by: Any, now: datetime) -> None:
        delete_message_template(template=found, by=by, now=now)
