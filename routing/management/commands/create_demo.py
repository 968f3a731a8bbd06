"""``manage.py create_demo``: the demo organisation into an empty database."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.clock import database_now
from config.refusal import Refusal
from routing.demo.organisation import create_organisation, is_empty
from routing.demo.people import ADMINISTRATOR, AGENTS, PASSWORD, SUPERVISOR

AGENTS_NAMED = 4


class Command(BaseCommand):
    help = "Creates a made-up organisation to look around in; refuses a database in use."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there is data already"
        )

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        if if_empty and not is_empty():
            self.stdout.write("The database has data already; no demo organisation is created.")
            return
        self.stdout.write("Creating the demo organisation ...")
        try:
            create_organisation(now=database_now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self._print_sign_ins()

    def _print_sign_ins(self) -> None:
        usernames = [person.username for person in AGENTS]
        some = ", ".join(usernames[1:AGENTS_NAMED])
        self.stdout.write(f"""
Sign in, everybody with the password {PASSWORD}:
  {ADMINISTRATOR:<12} configures workstreams, queues, rules and people
  {SUPERVISOR:<12} watches the floor and steers
  {usernames[0]:<12} has a desk, as do {some} and {len(usernames) - AGENTS_NAMED} others
Customers write at /chat/support/ (offered to agents) and /chat/sales/ (picked by agents).
""")
