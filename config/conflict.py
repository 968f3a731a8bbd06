"""Somebody else saved while a form was open: who, when, and both values of what differs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.forms import BaseForm

from config.row_ids import row_id

NOBODY_KNOWN: Final = "Somebody else"
EMPTY: Final = "(empty)"
# A page never shows it again, so the form below the two values comes back without it.
CONCEALED: Final = "(a new secret: type it again below)"


@dataclass(frozen=True, kw_only=True)
class BothValues:
    """One field: what is saved, and what was about to be."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """What the form shows over its fields; saving once more puts one's own values on top."""

    noun: str
    who: str
    at: datetime | None
    values: tuple[BothValues, ...]
    reload_url: str


def conflict_of(
    form: BaseForm, row: Model, *, noun: str, reload_url: str, version_field: str = "revision"
) -> Conflict:
    """``form`` was sent, and its initial values are those that are saved by now; 2 queries."""
    conflict = Conflict(
        noun=noun, who=NOBODY_KNOWN, at=None, values=tuple(_both(form)), reload_url=reload_url
    )
    event = _saved(row, version_field)
    if event is None:
        return conflict
    metadata = getattr(event.pgh_context, "metadata", None) or {}
    return replace(conflict, who=_name_of(metadata.get("user")), at=event.pgh_created_at)


def _saved(row: Model, version_field: str) -> Any:
    """The entry of the audit trail that brought the row to its present version.

    Without a version it may be any of them, and another row's, such as the account of an agent.
    """
    trail: Any = getattr(type(row), "pgh_event_model", None)
    if trail is None or not version_field:
        return None
    events = trail.objects.select_related("pgh_context").filter(
        pgh_obj_id=row.pk, **{version_field: getattr(row, version_field)}
    )
    return events.order_by("pgh_id").first()


def _name_of(user_id: Any) -> str:
    user: Any = get_user_model().objects.filter(pk=user_id).first() if user_id else None
    return str(user.display_name) if user else NOBODY_KNOWN


def _both(form: BaseForm) -> Iterator[BothValues]:
    left_out = set(getattr(form, "_hidden_names", list)())
    for name, field in form.fields.items():
        if field.disabled or field.widget.is_hidden or name in left_out:
            continue
        saved = _one_newline(form.get_initial_for_field(field, name))
        sent = _one_newline(
            field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        )
        theirs, mine = in_words(field, saved), in_words(field, sent)
        if field.has_changed(saved, sent) and (theirs != mine or _may_read_alike(field)):
            yield BothValues(label=str(form[name].label), theirs=theirs, mine=mine)


def _one_newline(value: Any) -> Any:
    """Browsers send lines with an end of their own."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _may_read_alike(field: forms.Field) -> bool:
    """Whether different values read the same: secrets, and rows of one name."""
    return isinstance(field.widget, forms.PasswordInput) or isinstance(
        field, forms.ModelChoiceField
    )


def in_words(field: forms.Field, value: Any) -> str:
    """A value of a field as people read it: names of rows and labels of choices."""
    if isinstance(field.widget, forms.PasswordInput):
        return CONCEALED if value else EMPTY
    if isinstance(field, forms.BooleanField):
        return "Yes" if field.to_python(value) else "No"
    if value is None or value in ("", [], {}):
        return str(getattr(field, "empty_words", EMPTY))
    if isinstance(field, forms.ModelChoiceField):
        return _rows_in_words(field, value)
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in _flat(field.choices)}
        each = value if isinstance(value, list | tuple) else [value]
        return ", ".join(labels.get(str(key), str(key)) for key in each)
    return str(field.prepare_value(value))


def _rows_in_words(field: "forms.ModelChoiceField[Any]", value: Any) -> str:
    each = value if isinstance(value, list | tuple) else [value]
    keys = {str(field.prepare_value(key)) for key in each}
    if field.queryset is None:
        return ", ".join(sorted(keys))
    ids = [number for key in keys if (number := row_id(key)) is not None]
    found = field.queryset.filter(pk__in=ids[:200])
    names = [str(row) for row in found]
    return ", ".join(names) if len(names) == len(keys) else ", ".join([*names, "(deleted)"])


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
