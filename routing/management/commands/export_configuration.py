"""Writes the configuration document."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from routing import configuration
from routing.models import ConfigurationVersion


class Command(BaseCommand):
    help = "Writes the configuration in force, or that of a version, as one document."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="where to; without it, standard output")
        parser.add_argument("--version-number", type=int, help="an earlier version")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = configuration.export(options["version_number"])
        except ConfigurationVersion.DoesNotExist as error:
            raise CommandError(f"There is no {error}.") from error
        if options["file"]:
            Path(options["file"]).write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text, ending="")
