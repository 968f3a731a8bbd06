"""The form of what the system says by itself."""

from typing import Any

from django import forms

from config.forms import AppForm
from workstreams.automated_messages import OWN_SLUGS, Automatic
from workstreams.queries.automated_texts import AutomatedText
from workstreams.reply_fields import LocaleField, SlugTextField


class AutomatedMessageForm(AppForm):
    """The words in one language, and whether they are said."""

    text = SlugTextField(max_length=1000, also=OWN_SLUGS)
    locale = LocaleField()
    is_active = forms.BooleanField(
        required=False, label="Active", help_text="Off: nothing is said."
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    fieldsets = (("", ("text", "locale", "is_active", "revision")),)

    def __init__(
        self, data: Any = None, *, message: Automatic, shown: AutomatedText, locale: str
    ) -> None:
        own = shown.row if shown.row and shown.row.locale == locale else None
        super().__init__(
            data,
            initial={
                "text": shown.text,
                "locale": locale,
                "is_active": shown.is_active,
                "revision": own.revision if own else 0,
            },
        )
        self.fields["text"].help_text = message.when
