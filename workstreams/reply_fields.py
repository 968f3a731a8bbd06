"""Form fields of texts with slugs: the language, the tags, the text with its list of slugs."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.locales import NAMES, NOT_A_LOCALE, is_locale
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.save_quick_reply import clean_tags
from workstreams.automated_messages import OWN_SAMPLES
from workstreams.queries.slug_values import known_slugs, sample_values
from workstreams.slugs import fill, unknown_sentence, unknown_slugs


class LocaleField(forms.CharField):
    """A language, such as en or de-AT."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Language")
        kwargs.setdefault("initial", "en")
        examples = ", ".join(f"{locale} {name}" for locale, name in list(NAMES.items())[:4])
        kwargs.setdefault("help_text", f"Such as {examples}.")
        super().__init__(max_length=10, **kwargs)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        language, dash, region = text.partition("-")
        locale = language.lower() + dash + region
        if locale and not is_locale(locale):
            raise forms.ValidationError(NOT_A_LOCALE)
        return locale


class TagsField(forms.CharField):
    """Tags separated by commas, as a list."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", "Separated by commas; a # in front may be left out.")
        super().__init__(max_length=1000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        try:
            return clean_tags(text.split(","))
        except InvalidSettings as error:
            # Said here, before the model says it of its array.
            raise forms.ValidationError(error.errors["tags"]) from error


class SlugText(forms.Textarea):
    """A text area, and under it the slugs that may be put into it."""

    def __init__(self, slugs: Callable[[], Mapping[str, str]]) -> None:
        super().__init__(attrs={"rows": 4})
        self.slugs = slugs

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        area = super().render(name, value, attrs, renderer)
        field_id = (attrs or {}).get("id", "")
        context = {"field_id": field_id, "name": name, "slugs": self.slugs()}
        picker = render_to_string("workstreams/_slug_picker.html", context)
        return area + picker + preview_of(str(value or ""), name=name, field_id=field_id)


class SlugTextField(forms.CharField):
    """A text whose slugs all stand for something.

    ``also`` are slugs of its own with what they show, ``without`` are those it may not have.
    """

    def __init__(
        self,
        *,
        also: Mapping[str, str] | None = None,
        without: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        self.also, self.without = dict(also or {}), set(without)
        super().__init__(widget=SlugText(self.slugs), **kwargs)

    def slugs(self) -> dict[str, str]:
        """Those that may stand here; 2 queries."""
        known = {**self.also, **known_slugs()}
        return {name: what for name, what in known.items() if name not in self.without}

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        if unknown := unknown_slugs(text, self.slugs()):
            raise forms.ValidationError(unknown_sentence(unknown))
        return text


def preview_of(text: str, *, name: str, field_id: str) -> SafeString:
    """The text with made-up values, and what nothing fills; it fetches itself anew while the
    field is typed in."""
    values = {**sample_values(), **OWN_SAMPLES}
    unknown = unknown_slugs(text, values)
    context = {
        "field_id": field_id,
        "name": name,
        "filled": fill(text, values),
        "unknown": unknown_sentence(unknown) if unknown else "",
    }
    return SafeString(render_to_string("workstreams/_text_preview.html", context))
