"""Who may get an account: nobody by himself, administrators create people."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest

from config.models import ApiToken


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closes self-service sign-up; a password in place of another ends tokens, as one that an
    administrator sets does."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @transaction.atomic
    def set_password(self, user: Any, password: str) -> None:
        had_one = user.has_usable_password()
        super().set_password(user, password)
        if had_one:
            ApiToken.take_back(user)
