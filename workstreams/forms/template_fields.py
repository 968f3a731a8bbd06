"""Fields that forms of templates share: a line with slugs, and an icon."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from workstreams.queries.slug_values import known_slugs
from workstreams.template_words import ICONS


class SlugLine(forms.TextInput):
    """A line of text, and under it the slugs that may be put into it."""

    def __init__(self, slugs: Callable[[], Mapping[str, str]] = known_slugs) -> None:
        super().__init__()
        self.slugs = slugs

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        line = super().render(name, value, attrs, renderer)
        context = {"field_id": (attrs or {}).get("id", ""), "slugs": self.slugs()}
        return line + SafeString(render_to_string("workstreams/_slug_picker.html", context))


def icon_field() -> forms.ChoiceField:
    """One of the icons that templates may have."""
    return forms.ChoiceField(choices=list(ICONS.items()), initial="chat")
