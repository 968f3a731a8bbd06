"""The form of an agent's own quick reply."""

from config.forms import AppModelForm
from workstreams.models import QuickReply
from workstreams.reply_fields import LocaleField, SlugTextField, TagsField


class PersonalReplyForm(AppModelForm):
    """Title, language, message, tags; it shows in all conversations."""

    locale = LocaleField()
    message = SlugTextField(max_length=4000)
    tags = TagsField()

    class Meta:
        model = QuickReply
        fields = ["title", "locale", "message", "tags"]
        help_texts = {"title": "What you look for."}

    fieldsets = (("", (("title", "locale"), "message", "tags")),)
