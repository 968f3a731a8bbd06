"""The form that creates a workstream."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from crispy_forms.layout import HTML, Div, Fieldset
from django import forms
from django.urls import reverse
from django.utils.html import format_html

from config.forms import AppForm
from workstreams.models import Queue, RecordType
from workstreams.queries.service_configuration import record_routing_is_enabled
from workstreams.terms import (
    LABELS,
    MESSAGING_CHANNELS,
    Channel,
    DistributionMode,
    WorkstreamType,
    choices,
)

if TYPE_CHECKING:
    QueueFieldBase = forms.ModelChoiceField[Queue]
else:
    QueueFieldBase = forms.ModelChoiceField  # takes no parameters when it runs

MODES: Final = (
    (DistributionMode.PUSH.value, "Push: offered to an agent automatically"),
    (DistributionMode.PICK.value, "Pick: agents take it from the open work items"),
)
EXISTING_OR_NEW: Final = (("existing", "Choose existing"), ("new", "Create new"))
PERSISTENT = (
    "Customers can leave and come back to the same conversation. Also make sure that “Keep same "
    "agent for entire conversation” is on in the work distribution settings; with push it is "
    "switched on for you; with pick there is none."
)


RECORDS_ARE_OFF = (
    "Records are not routed yet: unified routing for records is off. Switch it on in the"
    ' <a href="{}">service configuration</a> first.'
)
CALLS_ARE_PUSHED = (
    '<p id="push-only"><strong>Push</strong>, because calls are always offered to an'
    " agent automatically. Nobody chooses a mode for them.</p>"
)
# What a hidden field says that was chosen all the same; browsers without scripts send all fields.
LEFT_OVER: Final = {
    "channel": "Only messaging has a channel to choose. Leave Chat here, or choose messaging.",
    "persistent_chat": "Only chats can be persistent. Untick this, or choose messaging and chat.",
    "record_type": "Only record workstreams take records. Leave this empty, or choose record.",
    "distribution_mode": "Calls are always offered automatically: voice workstreams are push.",
    "new_queue": "You chose an existing queue. Empty this, or choose to create a new one.",
}


FALLBACK_HELP: Final = (
    "Takes the work that no route-to-queue rule sends anywhere, and what rules failed on. "
    "Overflow of the queue does not act on such work."
)
QUEUE_GONE: Final = "This queue is no longer there. Choose another."


class QueueField(QueueFieldBase):
    """A queue of one type; the built-in one is chosen beforehand."""

    def __init__(self, type_: WorkstreamType, **kwargs: Any) -> None:
        queues = Queue.objects.filter(type=type_).order_by("-is_default", "name")
        label = f"Queue for {LABELS[type_].lower()} work"
        gone = {"invalid_choice": QUEUE_GONE}
        super().__init__(queues, label=label, error_messages=gone, **kwargs)
        self.type = type_

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """Looks for the built-in queue when the form is shown, not when it is imported."""
        if self.initial is None:
            form.initial.setdefault(field_name, _built_in_queue(self.type))
        return super().get_bound_field(form, field_name)


class NewWorkstreamForm(AppForm):
    """What is chosen at creation. Type, channel and mode stay as chosen."""

    name = forms.CharField(
        max_length=100, help_text="Such as “Contoso chat workstream”.", strip=True
    )
    type = forms.ChoiceField(
        choices=choices(WorkstreamType),
        initial=WorkstreamType.MESSAGING.value,
        widget=forms.RadioSelect,
        help_text="Messaging for conversations, record for cases, e-mails and activities, voice for"
        " calls. Calls are always offered automatically (push).",
    )
    channel = forms.ChoiceField(
        choices=[(channel.value, LABELS[channel]) for channel in MESSAGING_CHANNELS],
        initial=Channel.LIVE_CHAT.value,
    )
    persistent_chat = forms.BooleanField(
        required=False, label="Make chats persistent", help_text=PERSISTENT
    )
    record_type = forms.ModelChoiceField(
        RecordType.objects.all(),
        label="Record",
        empty_label="Choose a record type",
        help_text="For record workstreams only: which records it takes.",
    )
    distribution_mode = forms.ChoiceField(
        choices=MODES,
        initial=DistributionMode.PUSH.value,
        widget=forms.RadioSelect,
        label="Work distribution mode",
        help_text="This cannot be changed later.",
    )
    fallback = forms.ChoiceField(
        choices=EXISTING_OR_NEW,
        initial="existing",
        widget=forms.RadioSelect,
        label="Fallback queue",
        help_text=FALLBACK_HELP,
    )
    queue_messaging = QueueField(WorkstreamType.MESSAGING)
    queue_record = QueueField(WorkstreamType.RECORD)
    queue_voice = QueueField(WorkstreamType.VOICE)
    new_queue = forms.CharField(
        max_length=200,
        label="Name of the new queue",
        help_text="For “Create new” only. It starts without members: add them after the workstream"
        " is created.",
    )

    fieldsets = (
        ("", ("name", "type", "channel", "persistent_chat", "record_type")),
        ("Distribution", ("distribution_mode",)),
        (
            "Where work waits",
            ("fallback", "queue_messaging", "queue_record", "queue_voice", "new_queue"),
        ),
    )
    shown_when = {
        "channel": "type=messaging",
        "persistent_chat": "type=messaging&channel=live_chat",
        "record_type": "type=record",
        "distribution_mode": "type=messaging|record",
        "queue_messaging": "type=messaging&fallback=existing",
        "queue_record": "type=record&fallback=existing",
        "queue_voice": "type=voice&fallback=existing",
        "new_queue": "fallback=new",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records_are_off = not record_routing_is_enabled()
        if self.records_are_off:
            self.fields["record_type"].help_text = _records_are_off()

    def _laid_out(self) -> Iterable[Any]:
        """Calls have no mode to choose, so the heading over it goes with it."""
        general, distribution, where = super()._laid_out()
        mode = Div(distribution, data_shown_when=self.shown_when["distribution_mode"])
        reason = Fieldset("Distribution of calls", HTML(CALLS_ARE_PUSHED))
        return [general, mode, Div(reason, data_shown_when="type=voice"), where]

    def clean(self) -> None:
        """What does not belong to the type is named where it was chosen nevertheless."""
        for name in self._hidden_names():
            if name in LEFT_OVER and self._was_chosen(name):
                self.add_error(name, LEFT_OVER[name])
        is_record = self.cleaned_data.get("type") == WorkstreamType.RECORD
        if is_record and self.records_are_off:
            self.add_error("record_type", _records_are_off())

    def _was_chosen(self, name: str) -> bool:
        """Whether something else was sent than the empty form holds."""
        sent = str(self.data.get(self.add_prefix(name)) or "").strip()
        return sent not in ("", str(self.fields[name].initial or ""))

    def settings(self) -> dict[str, Any]:
        """What ``create_workstream`` wants; hidden fields are empty."""
        typed = self.cleaned_data
        return {
            "name": typed["name"],
            "type": typed["type"],
            "channel": typed["channel"],
            "record_type": typed["record_type"],
            "persistent_chat": typed["persistent_chat"],
            "distribution_mode": typed["distribution_mode"] or DistributionMode.PUSH.value,
            "fallback_queue": typed[f"queue_{typed['type']}"],
            "new_queue": typed["new_queue"],
        }


def _records_are_off() -> str:
    return format_html(RECORDS_ARE_OFF, reverse("workstreams:service-configuration"))


def _built_in_queue(type_: WorkstreamType) -> int | None:
    built_in = Queue.objects.filter(type=type_, is_default=True)
    return built_in.values_list("pk", flat=True).first()
