"""What a supervisor does with a work item."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef

from agents.models import Agent
from config.forms import AppForm
from config.refusal import Refusal
from routing.exceptions import MovedMeanwhile
from routing.queries.in_force import queues_in_force
from workstreams.models import Queue, QueueMembership

TO_QUEUE, TO_AGENT = "queue", "agent"


ENABLED_AGENTS = Agent.objects.filter(is_enabled=True).select_related("user", "presence")


class SeenForm(AppForm):
    """Does something to an item that is where it was shown."""

    seen = forms.CharField(required=False, empty_value=None, widget=forms.HiddenInput)

    def explain(self, refusal: Refusal) -> None:
        """Put it on the form; sent again, it is meant for where the item is now."""
        self.add_error(None, str(refusal))
        if isinstance(refusal, MovedMeanwhile):
            entries = {name: self.data.get(name) for name in self.data}
            self.data = entries | {"seen": refusal.seen}


class AssignForm(SeenForm):
    """Give an open item to one agent."""

    agent = forms.ModelChoiceField(ENABLED_AGENTS, error_messages={"required": "Choose an agent."})
    override = forms.BooleanField(
        label="Override capacity and presence",
        help_text=(
            "Offer it even if the agent has no room left or is in a presence this workstream does "
            "not use. The agent may then hold more than the limit; the assignment records that "
            "you did this."
        ),
        required=False,
    )


class TransferForm(SeenForm):
    """Send an item to another queue of its type, or to an agent."""

    shown_when = {"queue": f"to={TO_QUEUE}", "agent": f"to={TO_AGENT}"}

    to = forms.ChoiceField(
        label="Transfer to",
        choices=[(TO_QUEUE, "Another queue"), (TO_AGENT, "An agent")],
        initial=TO_QUEUE,
        widget=forms.RadioSelect,
    )
    queue = forms.ModelChoiceField(
        Queue.objects.none(),
        empty_label="Choose a queue",
        help_text=(
            "Queues without members, or not published yet, are left out: nobody would come for the "
            "work there."
        ),
        error_messages={"required": "Choose a queue."},
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    agent = forms.ModelChoiceField(ENABLED_AGENTS, error_messages={"required": "Choose an agent."})

    def __init__(self, *args: Any, queue_type: str, current_queue_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = QueueMembership.objects.filter(queue=OuterRef("pk"), agent__is_enabled=True)
        there = Queue.objects.filter(pk__in=list(queues_in_force()), type=queue_type)
        field = self.fields["queue"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = there.filter(Exists(members)).exclude(pk=current_queue_id)
