"""The forms of channel instances: a chat, a number, or an account whose work comes by the API."""

from typing import Any, Final

from django import forms
from django.urls import reverse
from django.utils.html import format_html

from agents.models import OperatingHours
from config.forms import AppForm
from workstreams.channels.accounts import ACCOUNTS, Account
from workstreams.models import ChannelInstance, Workstream
from workstreams.models.channel_instance import MOST_RECONNECT_MINUTES
from workstreams.queries.number_owner import number_owner
from workstreams.terms import LABELS, AgentName, Channel, WhenClosed, choices

NO_ADAPTER: Final = (
    "There is no adapter for {} yet: nothing comes in from the provider by itself. Work comes in"
    " through the API, by programs that name this instance; its page shows an example."
)
NUMBER_TAKEN: Final = (
    'This number belongs to the workstream <a href="{}">{}</a>. A number has one workstream: take'
    " it away there first."
)


class ChannelInstanceForm(AppForm):
    """What every way in has; channels with an account with a provider ask for it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(max_length=100)
    locale = forms.CharField(
        max_length=10,
        initial="en",
        label="Language",
        help_text="Of automated messages, such as en, de or pt-BR.",
    )
    agent_name = forms.ChoiceField(
        choices=choices(AgentName),
        initial=AgentName.FIRST.value,
        label="Agent display name",
        help_text="What customers call agents here.",
    )
    operating_hours = forms.ModelChoiceField(
        OperatingHours.objects.all(),
        required=False,
        empty_label="Always open",
        help_text="Outside of them customers read an automated message.",
    )
    is_enabled = forms.BooleanField(required=False, initial=True, label="Takes new work")

    account: Account | None
    example: str = ""

    def __init__(
        self, data: Any = None, *, workstream: Workstream, instance: ChannelInstance | None = None
    ) -> None:
        self.workstream, self.instance = workstream, instance
        self.account = ACCOUNTS.get(workstream.channel)
        super().__init__(data, initial=self.initial_of(instance) if instance else None)
        self.fields["name"].help_text = self.example
        if instance is None:
            del self.fields["revision"]
        else:
            self.fields["revision"].required = True
        if self.account is not None:
            self.fields[self.account.key] = _account_field(self.account)
            self.order_fields(["revision", "name", self.account.key])

    @property
    def text(self) -> str:
        """What is said over the form."""
        return NO_ADAPTER.format(_provider_of(self.workstream))

    def initial_of(self, instance: ChannelInstance) -> dict[str, Any]:
        """What is shown of a present one."""
        return {
            "revision": instance.revision,
            "name": instance.name,
            "locale": instance.locale,
            "agent_name": instance.agent_name,
            "operating_hours": instance.operating_hours_id,
            "is_enabled": instance.is_enabled,
            **instance.settings,
        }

    def settings(self) -> dict[str, Any]:
        """What the actions want."""
        settings = dict(self.cleaned_data)
        if self.account is not None:
            typed = settings.pop(self.account.key)
            account = "".join(typed.split()) if self.account.is_number else typed
            settings["settings"] = {self.account.key: account}
        return settings


class ChatForm(ChannelInstanceForm):
    """A chat widget."""

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
    when_closed = forms.ChoiceField(
        choices=choices(WhenClosed),
        initial=WhenClosed.SHOWN.value,
        label="Outside operating hours the chat",
        help_text="On other sites the button goes and comes with the hours, within a minute.",
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

    tells_wait = forms.BooleanField(
        required=False,
        initial=True,
        label="Customer wait time",
        help_text="Who waits is told what is ticked next. Never in a persistent chat.",
    )
    tells_position = forms.BooleanField(required=False, initial=True, label="Position in the queue")
    tells_average_wait = forms.BooleanField(
        required=False,
        initial=True,
        label="Average wait time",
        help_text="Told once, when it is over a minute and twenty conversations are known.",
    )

    reconnect_minutes = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_RECONNECT_MINUTES,
        label="Time to come back",
        help_text="Minutes in which a customer who left finds the same conversation. The agent's"
        " capacity stays in use meanwhile; then after-work begins. Empty: three minutes.",
    )
    portal_url = forms.CharField(
        required=False,
        max_length=300,
        label="Page with this chat",
        help_text="The page that the slug {ReconnectUrl{ReconnectID}} leads back to, such as"
        " https://www.example.org/help.",
    )
    redirect_url = forms.CharField(
        required=False,
        max_length=300,
        label="Page for those who come too late",
        help_text="Empty: they can start a new chat.",
    )

    field_order = [
        "revision",
        "name",
        "slug",
        "greeting",
        "allowed_origins",
        "locale",
        "agent_name",
        "operating_hours",
        "tells_wait",
        "tells_position",
        "tells_average_wait",
        "when_closed",
        "reconnect_minutes",
        "portal_url",
        "redirect_url",
        "is_enabled",
    ]
    example = "Such as “Web shop chat”."
    text = ""

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()

    def clean_allowed_origins(self) -> list[str]:
        lines = self.cleaned_data["allowed_origins"].split()
        return list(dict.fromkeys(line.rstrip("/").lower() for line in lines))

    def initial_of(self, instance: ChannelInstance) -> dict[str, Any]:
        return {
            **super().initial_of(instance),
            "slug": instance.slug,
            "tells_wait": instance.tells_wait,
            "tells_position": instance.tells_position,
            "tells_average_wait": instance.tells_average_wait,
            "reconnect_minutes": instance.reconnect_minutes,
            "portal_url": instance.portal_url,
            "redirect_url": instance.redirect_url,
            "greeting": instance.greeting,
            "when_closed": instance.when_closed,
            "allowed_origins": "\n".join(instance.allowed_origins),
        }


class PhoneNumberForm(ChannelInstanceForm):
    """A number that customers call; it belongs to one workstream."""

    example = "Such as “Support line”."
    text = "Calls come in through the API: there is no telephone adapter yet."

    def clean_phone_number(self) -> str:
        number = "".join(str(self.cleaned_data["phone_number"]).split())
        owner = number_owner(number, besides=self.instance.pk if self.instance else None)
        if owner is not None:
            page = reverse("workstreams:workstream-detail", args=[owner.workstream_id])
            sentence = format_html(NUMBER_TAKEN, f"{page}#channel", owner.workstream)
            raise forms.ValidationError(sentence)
        return number


def _account_field(account: Account) -> forms.CharField:
    kind = {"type": "tel"} if account.is_number else {}
    return forms.CharField(
        max_length=100,
        label=account.label,
        required=account.is_number,
        widget=forms.TextInput(attrs=kind),
        help_text=f"Such as {account.example}.",
    )


FORMS: Final[dict[str, type[ChannelInstanceForm]]] = {
    Channel.LIVE_CHAT: ChatForm,
    Channel.VOICE: PhoneNumberForm,
}


def form_for(
    workstream: Workstream, data: Any, instance: ChannelInstance | None = None
) -> ChannelInstanceForm:
    """The form of this workstream's channel, empty or filled from the instance."""
    form_class = FORMS.get(workstream.channel, ChannelInstanceForm)
    return form_class(data, workstream=workstream, instance=instance)


def noun_for(workstream: Workstream) -> str:
    """What an instance of its channel is called."""
    if workstream.channel == Channel.LIVE_CHAT:
        return "chat"
    if workstream.channel == Channel.VOICE:
        return "phone number"
    if workstream.channel == Channel.CUSTOM:
        return "custom channel"
    return f"{LABELS[Channel(workstream.channel)]} channel"


def title_of_new(workstream: Workstream) -> str:
    """What stands over the empty form."""
    article = "an" if workstream.channel == Channel.SMS else "a"
    return f"Set up {article} {noun_for(workstream)}"


def _provider_of(workstream: Workstream) -> str:
    channel = Channel(workstream.channel)
    return "custom channels" if channel == Channel.CUSTOM else LABELS[channel]
