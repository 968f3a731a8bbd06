"""The form of a queue."""

from typing import Any

from django import forms

from config.forms import AppModelForm
from workstreams.models import AssignmentMethod, Queue
from workstreams.terms import AssignmentMethodName, choices

METHODS = (
    "Highest capacity: who has most room. Advanced round robin: who has waited longest for work,"
    " in turn. Least active: who has been without work longest."
    " Custom methods have a page of their own."
)


# Of a new queue, whose type is chosen on the same page.
USUAL = [("", "The usual one for its type")]
WHAT_IS_USUAL = "The usual one is least active for voice, else highest capacity. "

# What a built-in queue keeps.
FIXED = (
    "name",
    "priority",
    "operating_hours",
    "distributes",
    "service_level_seconds",
    "short_abandoned_seconds",
)


class QueueForm(AppModelForm):
    """All of a queue but its members. The type stays; a built-in queue changes its method only."""

    assignment_method = forms.ChoiceField()

    class Meta:
        model = Queue
        fields = [
            "name",
            "type",
            "priority",
            "assignment_method",
            "operating_hours",
            "distributes",
            "service_level_seconds",
            "short_abandoned_seconds",
        ]
        labels = {
            "distributes": "Automatic distribution",
            "service_level_seconds": "Service level threshold (seconds)",
            "short_abandoned_seconds": "Short abandoned threshold (seconds)",
        }
        help_texts = {
            "type": "What work it takes. This cannot be changed later.",
            "priority": "Queues with a smaller number are served first.",
            "operating_hours": "Empty: always open. What happens outside them is set under"
            " Overflow on the queue's page.",
            "distributes": "Off: a basic queue, whose members pick its work themselves. Once on,"
            " it cannot be switched off again.",
            "service_level_seconds": "By when work is answered in time. For reports.",
            "short_abandoned_seconds": "Customers who leave sooner do not count as abandoned.",
        }

    fieldsets = (
        ("", ("name", ("type", "priority"))),
        ("Assignment", ("assignment_method", "distributes", "operating_hours")),
        ("Thresholds", (("service_level_seconds", "short_abandoned_seconds"),)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            fixed = FIXED if self.instance.is_default else ()
            kept = ("distributes",) if self.instance.distributes else ()
            for name in ("type", *fixed, *kept):
                self.fields[name].disabled = True
        self._offer_methods()

    def clean_assignment_method(self) -> str | None:
        return self.cleaned_data["assignment_method"] or None

    def _offer_methods(self) -> None:
        method = self.fields["assignment_method"]
        built_in = choices(AssignmentMethodName)
        own = [(name, name) for name in AssignmentMethod.objects.values_list("name", flat=True)]
        offered = [("Built in", built_in), ("Custom methods", own)] if own else built_in
        is_new = self.instance.pk is None
        method.choices = [*(USUAL if is_new else []), *offered]  # type: ignore[attr-defined]  # a ChoiceField
        method.help_text = f"{WHAT_IS_USUAL if is_new else ''}{METHODS}"
        method.required = not is_new
        self.initial["assignment_method"] = "" if is_new else self.instance.method_name
