"""The form of a quick reply for all agents."""

from typing import Any, Final

from django import forms

from config.forms import AppModelForm
from workstreams.models import QuickReply, Workstream
from workstreams.reply_fields import LocaleField, SlugTextField, TagsField

# Where the page leaves the workstream that a new reply begins with.
FIRST_WORKSTREAM: Final = "first_workstream"
# More of them stand in a list that scrolls, one small row each.
MOST_CHECKBOXES: Final = 100
RECORDS: Final = "record"


class QuickReplyForm(AppModelForm):
    """Title, language, message, tags, and where it shows."""

    locale = LocaleField()
    message = SlugTextField(max_length=4000)
    tags = TagsField()
    workstreams = forms.ModelMultipleChoiceField(
        queryset=Workstream.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None: in conversations of all workstreams.",
    )

    class Meta:
        model = QuickReply
        fields = ["title", "locale", "message", "tags", "workstreams"]
        help_texts = {"title": "What agents look for. One reply a language may have it."}

    fieldsets = (("", (("title", "locale"), "message", "tags", "workstreams")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = getattr(self.instance, FIRST_WORKSTREAM, None)
        if first:
            self.initial["workstreams"] = [first]
        field = self.fields["workstreams"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        offered = Workstream.objects.exclude(type=RECORDS).order_by("name")
        if offered[MOST_CHECKBOXES : MOST_CHECKBOXES + 1].exists():
            field.widget = forms.SelectMultiple({"size": 12})
        field.queryset = offered

    def clean_workstreams(self) -> list[Workstream]:
        """What the form does not offer, it does not take away either."""
        chosen = list(self.cleaned_data["workstreams"])
        if self.instance.pk is None:
            return chosen
        return [*chosen, *self.instance.workstreams.filter(type=RECORDS)]
