"""An agent found by name: suggested while it is typed, chosen from a list where several fit."""

from typing import Any, Final

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agents.models import Agent
from agents.queries.agent_names import agents_named

MOST_TO_CHOOSE_FROM: Final = 10
# The element of the suggestions.
LIST: Final = "agent-names"
NOBODY: Final = "There is no agent “{}”."
SEVERAL: Final = "“{}” is nobody's whole name. Choose whom you mean below, or type more of it."


class AgentNameInput(forms.TextInput):
    """A line with suggestions: the first agents at once, others while somebody types. A page has
    one of them."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        suggesting = {
            "list": LIST,
            "autocomplete": "off",
            "spellcheck": "false",
            "hx-get": reverse("agents:agent-names"),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{LIST}",
            "hx-swap": "outerHTML",
            "hx-sync": "this:queue last",
        }
        line = super().render(name, value, {**(attrs or {}), **suggesting}, renderer)
        names = render_to_string("agents/_agent_names.html", {"agents": agents_named("")})
        return format_html("{}{}", line, names)


class AgentNameMixin(forms.Form):
    """Adds ``agent``, and ``one_of_them`` where what was typed is nobody's whole name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.typed = str(self.data.get("agent", "")).strip() if self.is_bound else ""
        self.fitting = agents_named(self.typed, most=MOST_TO_CHOOSE_FROM) if self.typed else []
        if self.fitting and self._named() is None:
            self.fields["one_of_them"] = forms.ChoiceField(
                label="Which one?",
                required=False,
                choices=[(each.username, f"{each} ({each.username})") for each in self.fitting],
                widget=forms.RadioSelect,
            )

    def clean(self) -> dict[str, Any]:
        """``agent`` becomes the row, or nobody where nothing was typed."""
        cleaned = super().clean() or self.cleaned_data
        if "agent" not in cleaned:
            return cleaned
        cleaned["agent"] = self._named() or self._chosen(cleaned.get("one_of_them", ""))
        if self.typed and cleaned["agent"] is None:
            sentence = SEVERAL if self.fitting else NOBODY
            self.add_error("agent", sentence.format(self.typed))
        return cleaned

    def _named(self) -> Agent | None:
        """Whose username it is, or the one whose whole name it is."""
        first, typed = next(iter(self.fitting), None), self.typed.casefold()
        if first is None or first.username == self.typed:
            return first
        is_whole = typed in (first.username.casefold(), str(first).casefold())
        return first if is_whole and len(self.fitting) == 1 else None

    def _chosen(self, username: str) -> Agent | None:
        return next((each for each in self.fitting if each.username == username), None)
