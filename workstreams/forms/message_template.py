"""The form of a message template: a text for each language."""

from typing import Any

from django import forms

from config.forms import AppModelForm
from workstreams.actions.save_message_template import WITHOUT
from workstreams.models import MessageTemplate
from workstreams.queries.quick_replies import TEMPLATE_CHANNELS
from workstreams.reply_fields import LocaleField, SlugTextField
from workstreams.terms import LABELS

SPARE_LANGUAGES = 2


class MessageTemplateForm(AppModelForm):
    """The default text first, then one pair of fields a language and two more to fill in."""

    channel = forms.ChoiceField(choices=[(each.value, LABELS[each]) for each in TEMPLATE_CHANNELS])
    default_locale = LocaleField(label="Default language")
    default_text = SlugTextField(
        max_length=4000,
        without=WITHOUT,
        help_text="Sent where there is no text in the customer's language.",
    )

    class Meta:
        model = MessageTemplate
        fields = ["name", "channel", "default_locale"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = dict(self.instance.texts)
        self.initial["default_text"] = texts.pop(self.instance.default_locale, "")
        self._pairs = [*sorted(texts.items()), *[("", "")] * SPARE_LANGUAGES]
        for number, (locale, text) in enumerate(self._pairs, start=1):
            self.fields[f"locale_{number}"] = LocaleField(required=False, initial=locale)
            self.fields[f"text_{number}"] = _more_text(initial=text)
        self.fieldsets = (  # type: ignore[misc]  # as many languages as the row has
            ("", (("name", "channel"), "default_locale", "default_text")),
            *(
                (f"Another language {number}", (f"locale_{number}", f"text_{number}"))
                for number in range(1, len(self._pairs) + 1)
            ),
        )

    def clean(self) -> dict[str, Any]:
        """Languages and texts come in pairs; an empty pair is none."""
        cleaned = super().clean() or self.cleaned_data
        texts = {cleaned.get("default_locale", ""): cleaned.get("default_text", "")}
        for number in range(1, len(self._pairs) + 1):
            locale, text = cleaned.get(f"locale_{number}"), cleaned.get(f"text_{number}")
            if bool(locale) != bool(text):
                missing = f"text_{number}" if locale else f"locale_{number}"
                if missing not in self.errors:
                    self.add_error(missing, "Language and text go together.")
            elif locale in texts and locale:
                self.add_error(f"locale_{number}", "This language has a text already.")
            elif locale and text:
                texts[locale] = text
        cleaned["texts"] = texts
        return cleaned

    def settings(self) -> dict[str, Any]:
        """What the action wants."""
        return {name: self.cleaned_data[name] for name in ("name", "channel", "default_locale")} | {
            "texts": self.cleaned_data["texts"]
        }


def _more_text(initial: str) -> forms.CharField:
    """Its slugs are listed under the first text."""
    return forms.CharField(
        required=False,
        initial=initial,
        label="Text",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
