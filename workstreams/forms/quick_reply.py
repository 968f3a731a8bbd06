"""The form of a quick reply for all agents."""

from typing import Any, Final

from django import forms

from config.forms import AppModelForm
from workstreams.models import QuickReply, Workstream
from workstreams.reply_fields import LocaleField, SlugTextField, TagsField

# Where the page leaves the workstream that a new reply begins with.
FIRST_WORKSTREAM: Final = "first_workstream"


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
        field.queryset = Workstream.objects.exclude(type="record").order_by("name")
