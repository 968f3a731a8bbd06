"""Forms of contacts, accounts and records."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from django import forms

from config.forms import AppModelForm
from config.row_ids import row_id
from workstreams.models import Account, Contact, Record
from workstreams.queries.identification import digits_of

Named = TypeVar("Named", Account, Contact)
BY_NUMBER: Final = re.compile(r"#(\d{1,18})\)?\s*$", re.ASCII)
FURTHER_HELP: Final = (
    "One a line, such as “tier: gold”. Rules read them as {whose}.tier and the like."
)


class FurtherFields(forms.CharField):
    """The ``data`` of a row, one field a line."""

    def __init__(self, whose: str) -> None:
        super().__init__(
            required=False,
            max_length=20_000,
            label="Further fields",
            widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
            help_text=FURTHER_HELP.format(whose=whose),
        )

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        return "\n".join(f"{name}: {_shown(each)}" for name, each in value.items())

    def clean(self, value: Any) -> dict[str, Any]:
        fields = {}
        for line in super().clean(value).splitlines():
            name, colon, text = line.partition(":")
            if not line.strip():
                continue
            if not colon or not name.strip():
                raise forms.ValidationError(f"“{line[:60]}” has no name before a colon.")
            fields[name.strip()] = _read(text.strip())
        return fields

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True


class NamedField(forms.CharField):
    """One of very many rows, by name or by its number: “Contoso”, “Contoso (#12)”, “#12”."""

    def __init__(self, model: type[Account] | type[Contact], **kwargs: Any) -> None:
        super().__init__(required=False, max_length=260, **kwargs)
        self.model = model

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            found = self.model._default_manager.filter(pk=value).first()
            return f"{found} (#{found.pk})" if found else ""
        return value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        noun = self.model.__name__.lower()
        number = BY_NUMBER.search(text)
        if number:
            rows = self.model._default_manager.filter(pk=row_id(number[1]) or 0)
        else:
            by_mail = "@" in text and self.model is Contact
            rows = self.model._default_manager.filter(
                **{"email__iexact" if by_mail else "name": text}
            )
        found = list(rows[:2])
        if not found:
            raise forms.ValidationError(f"There is no {noun} “{text}”.")
        if len(found) > 1:
            raise forms.ValidationError(
                f"Several fit “{text}”. Name one by its number, such as #{found[0].pk}."
            )
        return found[0]


class AccountForm(AppModelForm):
    """An organisation."""

    data = FurtherFields("account")  # type: ignore[assignment]  # the column is called so

    class Meta:
        model = Account
        fields = ["name", "email", "phone", "is_active", "data"]
        labels = {"email": "E-mail", "is_active": "Active"}
        help_texts = {"is_active": "Only active accounts are linked to conversations."}

    fieldsets = (("", ("name", ("email", "phone"), "is_active", "data")),)

    def clean_phone(self) -> str:
        return a_number(self.cleaned_data["phone"])


class ContactForm(AppModelForm):
    """A person."""

    account = NamedField(Account, help_text="Its name, or # and its number. Empty: none.")
    data = FurtherFields("contact")  # type: ignore[assignment]  # the column is called so

    class Meta:
        model = Contact
        fields = ["name", "email", "phone", "account", "is_active", "data"]
        labels = {"email": "E-mail", "is_active": "Active"}
        help_texts = {"is_active": "Only active contacts are linked to conversations."}

    fieldsets = (("", ("name", ("email", "phone"), "account", "is_active", "data")),)

    def clean_phone(self) -> str:
        return a_number(self.cleaned_data["phone"])


class RecordForm(AppModelForm):
    """A case, an e-mail, an activity."""

    contact = NamedField(Contact, help_text="Name, e-mail, or # and the number. Empty: none.")
    account = NamedField(Account, help_text="Its name, or # and its number. Empty: none.")
    data = FurtherFields("record")  # type: ignore[assignment]  # the column is called so
    routes = forms.BooleanField(
        required=False,
        label="Save and route",
        help_text="The intake rules of its type send it to a workstream, or again. Records that"
        " programs create are routed by themselves.",
    )

    class Meta:
        model = Record
        fields = [
            "record_type", "number", "title", "description", "contact", "account", "is_active",
            "data",
        ]  # fmt: skip
        labels = {"record_type": "Type", "is_active": "Active"}
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "number": "What people call it by, such as a case number; once in its type.",
            "is_active": "Only active cases are linked to conversations.",
        }

    fieldsets = (
        (
            "",
            (
                ("record_type", "number"), "title", "description", ("contact", "account"),
                "is_active", "data", "routes",
            ),
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.fields["record_type"].disabled = True

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("routes") and not values.get("is_active"):
            self.add_error("routes", "Only active records are routed.")
        return values


def a_number(text: str) -> str:
    """A telephone number as typed, if there is a digit in it."""
    if text and not any(letter.isdigit() for letter in digits_of(text)):
        raise forms.ValidationError("This is no telephone number.")
    return text


def _shown(value: Any) -> str:
    return value if isinstance(value, str) and _read(value) == value else json.dumps(value)


def _read(text: str) -> Any:
    """What is JSON is read as such: numbers, true, lists; anything else is text.

    So is JSON whose values cannot be stored: NUL, half of a character, infinite numbers.
    """
    try:
        value = json.loads(text, parse_constant=lambda _: None)
        stored = json.dumps(value, allow_nan=False, ensure_ascii=False)
        stored.encode()
    except (ValueError, RecursionError):
        return text
    if r"\u0000" in stored:
        return text
    if isinstance(value, str):
        return value
    return text if value is None or _is_too_large(value) else value


def _is_too_large(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) > 10**15
