"""Pages of the sorts of records that can be routed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.forms import ModelForm

from agents.permissions import administrator_required, reader_required
from config.crud import Column, ConfigPages, Dependency
from workstreams.actions.delete_record_type import delete_record_type
from workstreams.actions.save_record_type import save_record_type
from workstreams.forms.record_type import RecordTypeForm
from workstreams.models import RecordType
from workstreams.queries.record_types import record_type_dependencies
from workstreams.views.answers import in_words


class RecordTypePages(ConfigPages):
    """List, create, edit and delete."""

    model, form_class, app, noun, icon = (
        RecordType, RecordTypeForm, "workstreams", "record-type", "record",
    )  # fmt: skip
    title = "Record types"
    about = "Sorts of records, and which of them are routed to workstreams."
    may_read, may_write = reader_required, administrator_required
    version_field = "revision"
    search_fields = ("label", "name")
    columns = (
        Column(label="Name", value="label", sort="label", is_link=True),
        Column(label="Key", value="name", sort="name"),
        Column(label="Routed", value="is_routed"),
        Column(label="Routed when created", value="routes_on_creation"),
        Column(label="Built in", value="is_built_in"),
    )

    def perform_save(self, form: "ModelForm[Any]", *, by: Any, now: datetime) -> RecordType:
        present = form.instance if form.instance.pk else None
        return save_record_type(record_type=present, by=by, now=now, **form.cleaned_data)

    def perform_delete(self, found: RecordType, *, by: Any, now: datetime) -> None:
        delete_record_type(record_type=found, by=by, now=now)

    def dependencies(self, found: RecordType) -> Sequence[Dependency]:
        if found.is_built_in:
            return [Dependency(label="It is built in.")]
        used = (in_words(each) for each in record_type_dependencies(found))
        return [Dependency(label=each["label"], url=each["url"]) for each in used]
