"""What agents choose for themselves."""

from agents.models import Agent
from config.forms import AppModelForm
from workstreams.reply_fields import LocaleField


class ProfileForm(AppModelForm):
    """The name that customers may read, and the language of replies."""

    locale = LocaleField(
        required=False,
        initial="",
        help_text="Of quick replies, such as en or de. Empty: the language of the conversation.",
    )

    class Meta:
        model = Agent
        fields = ["nickname", "locale"]
        help_texts = {
            "nickname": "What customers read where a chat shows nicknames. Empty: your full name.",
        }

    fieldsets = (("", ("nickname", "locale")),)
