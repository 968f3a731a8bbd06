"""The form of a session template."""

from typing import Any

from django import forms

from config.forms import AppModelForm
from workstreams.actions.create_session_template import SessionSettings
from workstreams.forms.template_fields import SlugLine, icon_field
from workstreams.models import RecordType, SessionTemplate
from workstreams.terms import SessionAnchor, SessionType, choices


class SessionTemplateForm(AppModelForm):
    """All of a session template; its type is chosen at the start and stays."""

    record_type = forms.ModelChoiceField(
        queryset=RecordType.objects.all(), empty_label="Choose a record type"
    )
    icon = icon_field()
    tabs = forms.MultipleChoiceField(
        label="Further tabs",
        choices=choices(SessionAnchor),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They open after the first tab, when the agent asks for them.",
    )

    class Meta:
        model = SessionTemplate
        fields = [
            "name",
            "unique_name",
            "type",
            "record_type",
            "title",
            "icon",
            "description",
            "panel_mode",
            "anchor_tab",
            "titles_anchor_tab",
            "tabs",
        ]
        widgets = {"title": SlugLine, "description": forms.Textarea(attrs={"rows": 2})}
        labels = {
            "panel_mode": "Communication panel",
            "anchor_tab": "First tab",
            "titles_anchor_tab": "Show the session's title on the first tab",
        }
        help_texts = {
            "name": "For you and your colleagues; agents do not see it.",
            "unique_name": "A prefix of 3 to 8 letters or digits, an underscore, and a name:"
            " own_returns.",
            "type": "Only generic sessions can be chosen for a workstream. This stays.",
            "panel_mode": "Docked: beside the tabs. Minimized: a bar that opens. Hidden: until"
            " the agent asks for it.",
        }

    shown_when = {
        "record_type": "type=entity",
        "icon": "type=generic",
        "anchor_tab": "type=generic",
    }
    fieldsets = (
        ("General", (("name", "unique_name"), "type", "record_type", "description")),
        ("Session", ("title", "icon", "panel_mode")),
        ("Tabs", ("anchor_tab", "titles_anchor_tab", "tabs")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["type"].disabled = True

    def settings(self) -> SessionSettings:
        """What was typed, as the actions take it."""
        typed: Any = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if typed["type"] == SessionType.ENTITY:
            typed |= {"icon": "", "anchor_tab": SessionAnchor.RECORD.value}
        settings: SessionSettings = typed
        return settings
