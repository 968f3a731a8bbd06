"""The form of a person: account, role, capacity."""

from typing import Any, ClassVar, Final

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db.models import Q

from agents.actions.check_password import check_password
from agents.models import Agent, User
from agents.permissions import STAFFING
from agents.terms import Role, choices
from config.forms import AppModelForm, Fieldsets
from workstreams.reply_fields import LocaleField

ADMINISTRATORS_CHANGE_THIS: Final = "Only administrators change this."


class AgentForm(AppModelForm):
    """Creates or edits an agent together with the account behind it."""

    username = forms.CharField(
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text="Used to sign in. Letters, digits and @ . + - _ only.",
    )
    name = forms.CharField(
        max_length=150,
        label="Full name",
        help_text="What colleagues read; customers read the part of it that their chat shows.",
    )
    role = forms.ChoiceField(
        choices=choices(Role),
        initial=Role.AGENT,
        help_text="Administrators configure, supervisors watch and steer, agents have the desk.",
    )
    password = forms.CharField(
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    may_change_secure_columns = forms.BooleanField(
        required=False,
        label="May change secure columns: configures workstreams",
        help_text="Creates and changes workstreams, queues and rules, with the secrets in them."
        " Administrators may do so anyway.",
    )

    locale = LocaleField(
        required=False,
        initial="",
        help_text="Of quick replies, such as en or de. Empty: the language of the conversation.",
    )

    class Meta:
        model = Agent
        fields = [
            "nickname",
            "locale",
            "capacity_units",
            "default_presence",
            "operating_hours",
            "is_enabled",
        ]
        labels = {
            "capacity_units": "Capacity in units",
            "is_enabled": "Gets work",
        }
        help_texts = {
            "nickname": "What customers read where a chat shows nicknames. Empty: the full name.",
            "capacity_units": "How many units of work at once. Empty: no unit-based work.",
            "default_presence": "The presence after signing in. Available, busy and do"
            " not disturb then follow the work in hand. Empty: Available.",
            "operating_hours": "Capacity profiles that reset at the end of the day follow these.",
            "is_enabled": "A disabled agent gets no work, and the person's API tokens end."
            " With the agent role nobody signs in any more; supervisors and administrators still"
            " do, so take the role away too from those who leave.",
        }

    fieldsets: ClassVar[Fieldsets] = (
        ("Account", (("username", "name"), ("role", "password"), "may_change_secure_columns")),
        ("Towards customers", (("nickname", "locale"),)),
        ("Work", (("capacity_units", "default_presence"), "operating_hours", "is_enabled")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            user = self.instance.user
            self.initial.update(
                username=user.username,
                name=user.get_full_name() or user.username,
                role=user.role,
                may_change_secure_columns=user.may_change_secure_columns,
            )
        self.fields["password"].help_text = (
            "Leave empty to keep the present one. Another one ends the person's API tokens."
            if self.instance.pk
            else "Leave empty for people who sign in through your identity provider."
        )
        # System-only presences would last until the first choice of the agent; the one that the
        # agent has stays until another is chosen.
        offered = Q(agents_may_set=True) | Q(pk=self.instance.default_presence_id)
        self.fields["default_presence"].queryset = (  # type: ignore[attr-defined]  # ModelChoiceField
            self.fields["default_presence"].queryset.filter(offered)  # type: ignore[attr-defined]  # as above
        )

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if username == self.initial.get("username"):
            return username
        others = User.objects.exclude(pk=self.instance.user_id)
        if others.filter(username__iexact=username).exists():
            raise forms.ValidationError("Somebody already signs in with this username.")
        return username

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            names = {name: str(self.data.get(name, "")) for name in ("username", "name")}
            check_password(password, **names)
        return password


class StaffingForm(AgentForm):
    """What supervisors change of a person (B 13.1); the rest they see, and why it stays."""

    fieldsets = (
        ("Work", (("capacity_units", "default_presence"), "operating_hours", "is_enabled")),
        ("Account", (("username", "name"), "role", "may_change_secure_columns")),
        ("Towards customers", (("nickname", "locale"),)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.close(set(self.fields) - STAFFING, reason=ADMINISTRATORS_CHANGE_THIS)
