"""The questions before a queue is copied, and before it is deleted."""

from typing import Any

from django import forms

from config.forms import AppForm
from routing.queries.in_force import queues_in_force
from workstreams.models import Queue


class CopyQueueForm(AppForm):
    """The name of the copy, and whether the members serve it too."""

    name = forms.CharField(max_length=200)
    with_members = forms.BooleanField(
        required=False, initial=True, label="Its members serve the copy too"
    )


class MoveWorkForm(AppForm):
    """Where the unfinished work of a queue goes that is deleted, at once: to a published one."""

    move_to = forms.ModelChoiceField(
        Queue.objects.none(), label="Move its work to", empty_label="Choose a queue…"
    )

    def __init__(self, *args: Any, queue: Queue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Queue.objects.filter(pk__in=list(queues_in_force()), type=queue.type)
        self.fields["move_to"].queryset = there.exclude(pk=queue.pk)  # type: ignore[attr-defined]  # a ModelChoiceField
