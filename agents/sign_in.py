"""Who may get an account: nobody by himself, administrators create people."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest

from config.models import ApiToken


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closes self-service sign-up; a new password ends tokens as an administrator's does."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @transaction.atomic
    def set_password(self, user: Any, password: str) -> None:
        super().set_password(user, password)
        ApiToken.take_back(user)
