"""The form that chooses where work goes that no rule sends anywhere."""

from typing import Any

from django import forms

from config.forms import AppForm
from workstreams.forms.new_workstream import EXISTING_OR_NEW, FALLBACK_HELP, QUEUE_GONE
from workstreams.models import Queue, Workstream


class FallbackQueueForm(AppForm):
    """An existing queue of the workstream's type, or the name of a new one."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    fallback = forms.ChoiceField(
        choices=EXISTING_OR_NEW,
        initial="existing",
        widget=forms.RadioSelect,
        label="Fallback queue",
        help_text=FALLBACK_HELP,
    )
    fallback_queue = forms.ModelChoiceField(
        Queue.objects.none(), label="Queue", error_messages={"invalid_choice": QUEUE_GONE}
    )
    new_queue = forms.CharField(
        max_length=200,
        label="Name of the new queue",
        help_text="For “Create new” only. It starts without members: add them afterwards.",
    )

    fieldsets = (("", ("revision", "fallback", "fallback_queue", "new_queue")),)
    shown_when = {"fallback_queue": "fallback=existing", "new_queue": "fallback=new"}

    def __init__(self, data: Any = None, *, workstream: Workstream) -> None:
        initial = {"revision": workstream.revision, "fallback_queue": workstream.fallback_queue_id}
        super().__init__(data, initial=initial)
        queues = Queue.objects.filter(type=workstream.type).order_by("-is_default", "name")
        self.fields["fallback_queue"].queryset = queues  # type: ignore[attr-defined]  # a ModelChoiceField

    def settings(self) -> dict[str, Any]:
        """What ``set_fallback_queue`` wants."""
        return {
            "queue": self.cleaned_data["fallback_queue"],
            "new_queue": self.cleaned_data["new_queue"],
            "revision": self.cleaned_data["revision"],
        }
