"""The form of a queue."""

from typing import Any

from django import forms

from config.forms import AppModelForm
from routing.terms import AssignmentMethodName
from routing.terms import choices as routing_choices
from workstreams.models import Queue

METHODS = (
    "Highest capacity: who has most room. Advanced round robin: who has waited longest for work,"
    " in turn. Least active: who has been without work longest."
)


class QueueForm(AppModelForm):
    """All of a queue but its members. The type stays; a built-in queue changes its method only."""

    assignment_method = forms.ChoiceField(
        choices=routing_choices(AssignmentMethodName),
        initial=AssignmentMethodName.HIGHEST_CAPACITY.value,
        help_text=METHODS,
    )

    class Meta:
        model = Queue
        fields = ["name", "type", "priority", "assignment_method", "operating_hours"]
        help_texts = {
            "type": "What work it takes. This cannot be changed later.",
            "priority": "Queues with a smaller number are served first.",
            "operating_hours": "Empty: always open.",
        }

    fieldsets = (
        ("", ("name", ("type", "priority"))),
        ("Assignment", ("assignment_method", "operating_hours")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            fixed = ("name", "priority", "operating_hours") if self.instance.is_default else ()
            for name in ("type", *fixed):
                self.fields[name].disabled = True
        method = self.instance.assignment_method
        if method not in list(AssignmentMethodName):
            self.fields["assignment_method"].choices += [(method, method)]  # type: ignore[attr-defined]  # a ChoiceField
