"""The forms of channel instances: a chat, a number, or a name whose work comes through the API."""

from typing import Any

from django import forms

from config.forms import AppForm
from workstreams.models import ChannelInstance, Workstream
from workstreams.terms import LABELS, Channel

BY_API = (
    "Work of this channel comes in through the API: programs name this instance as"
    " channel_instance when they create a work item."
)


class ChannelInstanceForm(AppForm):
    """What every way in has; used as it is for channels whose work comes through the API."""

    name = forms.CharField(max_length=100, help_text=BY_API)
    is_enabled = forms.BooleanField(required=False, initial=True, label="Takes new work")

    def __init__(self, data: Any = None, *, instance: ChannelInstance | None = None) -> None:
        super().__init__(data, initial=self.initial_of(instance) if instance else None)

    def initial_of(self, instance: ChannelInstance) -> dict[str, Any]:
        """What is shown of a present one."""
        return {"name": instance.name, "is_enabled": instance.is_enabled}

    def settings(self) -> dict[str, Any]:
        """What the actions want."""
        return dict(self.cleaned_data)


class ChatForm(ChannelInstanceForm):
    """A chat widget."""

    name = forms.CharField(max_length=100, help_text="Such as “Web shop chat”.")
    slug = forms.SlugField(
        max_length=60,
        required=False,
        label="Address",
        help_text="The last part of the chat's own page, /chat/…/. Empty: taken from the name."
        " Sites that embed the chat use it too.",
    )
    greeting = forms.CharField(
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What customers read first.",
        initial=ChannelInstance._meta.get_field("greeting").default,
    )
    allowed_origins = forms.CharField(
        required=False,
        max_length=5000,
        widget=forms.Textarea(
            attrs={"rows": 3, "placeholder": "https://www.example.org", "spellcheck": "false"}
        ),
        label="Sites that may embed it",
        help_text="One a line. Empty: only the chat's own page.",
    )

    field_order = ["name", "slug", "greeting", "allowed_origins", "is_enabled"]

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()

    def clean_allowed_origins(self) -> list[str]:
        lines = self.cleaned_data["allowed_origins"].split()
        return list(dict.fromkeys(line.rstrip("/").lower() for line in lines))

    def initial_of(self, instance: ChannelInstance) -> dict[str, Any]:
        return {
            **super().initial_of(instance),
            "slug": instance.slug,
            "greeting": instance.greeting,
            "allowed_origins": "\n".join(instance.allowed_origins),
        }


class PhoneNumberForm(ChannelInstanceForm):
    """A number that customers call."""

    name = forms.CharField(max_length=100, help_text="Such as “Support line”.")
    phone_number = forms.CharField(
        max_length=20,
        label="Phone number",
        widget=forms.TextInput(attrs={"type": "tel"}),
        help_text="With its country code, such as +4930123456.",
    )

    field_order = ["name", "phone_number", "is_enabled"]

    def clean_phone_number(self) -> str:
        return "".join(self.cleaned_data["phone_number"].split())

    def initial_of(self, instance: ChannelInstance) -> dict[str, Any]:
        number = instance.settings.get("phone_number", "")
        return {**super().initial_of(instance), "phone_number": number}

    def settings(self) -> dict[str, Any]:
        settings = super().settings()
        settings["settings"] = {"phone_number": settings.pop("phone_number")}
        return settings


FORMS: dict[str, type[ChannelInstanceForm]] = {
    Channel.LIVE_CHAT: ChatForm,
    Channel.VOICE: PhoneNumberForm,
}


def form_for(workstream: Workstream) -> type[ChannelInstanceForm]:
    """The form of this workstream's channel."""
    return FORMS.get(workstream.channel, ChannelInstanceForm)


def noun_for(workstream: Workstream) -> str:
    """What an instance of its channel is called."""
    if workstream.channel == Channel.LIVE_CHAT:
        return "chat"
    if workstream.channel == Channel.VOICE:
        return "phone number"
    return f"{LABELS[Channel(workstream.channel)]} channel"
