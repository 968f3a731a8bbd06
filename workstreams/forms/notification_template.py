"""The form of a notification template, with its card as agents will see it."""

from collections.abc import Iterable
from typing import Any, Final

from crispy_forms.layout import HTML
from django import forms

from config.forms import AppModelForm
from routing.queries.desk_offers import OfferCard, offer_card
from workstreams.actions.check_notification_template import follow_the_rules
from workstreams.actions.check_template_words import slugs_error
from workstreams.actions.create_notification_template import NotificationSettings, OfferField
from workstreams.forms.template_fields import SlugLine, icon_field
from workstreams.models import NotificationTemplate
from workstreams.models.notification_template import MAXIMUM_FIELDS
from workstreams.queries.slug_values import sample_values
from workstreams.template_words import (
    ACCEPT,
    DECLINE,
    ICONS,
    MOST_HEADER,
    MOST_LABEL,
    MOST_VALUE,
    SECONDS,
)

LINES: Final = tuple(range(1, MAXIMUM_FIELDS + 1))
PREVIEW: Final = '{% include "workstreams/templates/_offer_preview.html" %}'


class NotificationTemplateForm(AppModelForm):
    """All of a template; ``header_1`` and ``value_1`` are its first line, up to the fourth."""

    icon = icon_field()
    countdown_seconds = forms.IntegerField(
        label="Countdown in seconds", min_value=SECONDS[0], max_value=SECONDS[1], initial=120
    )
    accept_label = forms.CharField(label="Accept button", max_length=MOST_LABEL, initial=ACCEPT)
    decline_label = forms.CharField(label="Decline button", max_length=MOST_LABEL, initial=DECLINE)

    class Meta:
        model = NotificationTemplate
        fields = [
            "name",
            "title",
            "icon",
            "shows_countdown",
            "countdown_seconds",
            "auto_assign",
            "auto_accept",
            "accept_label",
            "agents_may_decline",
            "decline_label",
            "desktop_notification",
        ]
        widgets = {"title": SlugLine}
        labels = {
            "shows_countdown": "Show the countdown",
            "auto_assign": "Assign work items without asking",
            "auto_accept": "Open them without a click",
            "agents_may_decline": "Agents may decline",
            "desktop_notification": "Show desktop notifications",
        }
        help_texts = {
            "name": "For you and your colleagues; agents do not see it.",
            "shows_countdown": "Without it the time runs all the same.",
            "auto_assign": "When the countdown ends the work item is the agent's. The button says"
            " Open, and nobody can decline.",
            "auto_accept": "When the countdown ends the session opens by itself.",
            "desktop_notification": "Outside the browser window, if the agent allowed it there.",
        }

    shown_when = {
        "auto_accept": "auto_assign=on",
        "shows_countdown": "auto_accept=",
        "accept_label": "auto_assign=",
        "agents_may_decline": "auto_assign=",
        "decline_label": "agents_may_decline=on",
    }
    fieldsets = (
        ("General", ("name", "title", "icon")),
        ("Lines", tuple((f"header_{number}", f"value_{number}") for number in LINES)),
        ("Countdown", ("auto_assign", "auto_accept", "countdown_seconds", "shows_countdown")),
        ("Buttons", ("accept_label", "agents_may_decline", "decline_label")),
        ("Outside the browser", ("desktop_notification",)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in LINES:
            line = self.instance.fields[number - 1 :][:1] or [{"header": "", "value": ""}]
            self._add_line(number, line[0])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("auto_accept"):
            typed["shows_countdown"] = True
        for number in LINES:
            header, value = typed.get(f"header_{number}"), typed.get(f"value_{number}")
            if value and not header:
                self.add_error(f"header_{number}", "Say what this line is.")
            if header and not value:
                self.add_error(f"value_{number}", "Say what this line shows.")
        return typed

    def settings(self) -> NotificationSettings:
        """What was typed, as the actions take it."""
        typed = self.cleaned_data
        given: Any = {name: typed[name] for name in self.Meta.fields if name in typed}
        given["fields"] = [self._line(typed, number) for number in self._filled(typed)]
        settings: NotificationSettings = given
        return settings

    def name_of(self, setting: str) -> str:
        """The field here of what an action calls ``fields.0.value``."""
        _, index, part = [*setting.split("."), "", ""][:3]
        filled = self._filled(self.cleaned_data)
        return f"{part}_{filled[int(index)]}" if index else setting

    def card(self) -> OfferCard:
        """What is typed or saved, as agents would see it: never refuses."""
        text = {name: str(self[name].value() or "") for name in self.fields}
        flag = {name: self[name].value() in (True, "on", "true", "True") for name in self.fields}
        template = NotificationTemplate(
            title=text["title"],
            icon=text["icon"] if text["icon"] in ICONS else "chat",
            fields=[self._line(text, number) for number in self._filled(text)],
            shows_countdown=flag["shows_countdown"],
            auto_assign=flag["auto_assign"],
            auto_accept=flag["auto_assign"] and flag["auto_accept"],
            accept_label=text["accept_label"] or ACCEPT,
            agents_may_decline=flag["agents_may_decline"],
            decline_label=text["decline_label"],
        )
        follow_the_rules(template)
        self.preview = template
        return offer_card(template, sample_values())

    def countdown_left(self) -> str:
        """The time on the card, before it starts to run."""
        # No more digits than count: Python refuses to read thousands of them.
        seconds = str(self["countdown_seconds"].value() or "").lstrip("0")[:6]
        whole = int(seconds) if seconds.isascii() and seconds.isdigit() else 0
        minutes, rest = divmod(min(whole, SECONDS[1]), 60)
        return f"{minutes}:{rest:02}"

    def unknown(self) -> list[str]:
        """A sentence for each text whose slugs nothing fills."""
        known = sample_values()
        names = ["title", *(f"value_{number}" for number in LINES)]
        found = (slugs_error(str(self[name].value() or ""), known) for name in names)
        return [sentence for sentence in dict.fromkeys(found) if sentence]

    def _laid_out(self) -> Iterable[Any]:
        return [HTML(PREVIEW), *super()._laid_out()]

    def _add_line(self, number: int, line: OfferField) -> None:
        for part, most in (("header", MOST_HEADER), ("value", MOST_VALUE)):
            self.fields[f"{part}_{number}"] = forms.CharField(
                label=f"{part.capitalize()} {number}",
                required=False,
                max_length=most,
                initial=line[part],  # type: ignore[literal-required]  # header or value
            )
        if number == LINES[-1]:
            self.fields[f"value_{number}"].help_text = "Values may hold the slugs of the title."

    def _line(self, typed: Any, number: int) -> OfferField:
        return OfferField(
            header=typed.get(f"header_{number}", ""), value=typed.get(f"value_{number}", "")
        )

    def _filled(self, typed: Any) -> list[int]:
        return [number for number in LINES if typed.get(f"header_{number}")]
