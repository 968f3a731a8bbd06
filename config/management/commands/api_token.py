"""``manage.py api_token USERNAME``: a new bearer token, shown once; or takes all of them back."""

import argparse
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from config.models import ApiToken


class Command(BaseCommand):
    help = "Prints a new API token of a user. Only a digest is stored, so keep what is printed."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument(
            "--revoke", action="store_true", help="Take back all tokens of the user; prints none."
        )

    @transaction.atomic
    def handle(self, *args: Any, username: str, revoke: bool, **options: Any) -> None:
        # Whoever disables the user meanwhile takes this token back too.
        users = get_user_model()._default_manager.select_for_update(no_key=True)
        user = users.filter(username=username).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {username}.")
        if revoke:
            count = ApiToken.take_back(user)
            self.stdout.write(
                f"{count} API token{'' if count == 1 else 's'} of {username} revoked."
            )
            return
        if not user.is_active:
            raise CommandError(f"{username} is disabled, so a token would let nobody in.")
        self.stdout.write(ApiToken.issue(user))
