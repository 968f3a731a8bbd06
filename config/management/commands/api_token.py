"""``manage.py api_token USERNAME``: a new bearer token, shown once."""

import argparse
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from config.models import ApiToken


class Command(BaseCommand):
    help = "Prints a new API token of a user. Only a digest is stored, so keep what is printed."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = get_user_model()._default_manager.filter(username=username).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {username}.")
        if not user.is_active:
            raise CommandError(f"{username} is disabled, so a token would let nobody in.")
        self.stdout.write(ApiToken.issue(user))
