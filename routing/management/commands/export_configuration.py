"""Writes the configuration document."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from routing import configuration
from routing.models import ConfigurationVersion
from workstreams.models import Workstream


class Command(BaseCommand):
    help = "Writes the configuration in force, or that of a version, as one document."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="where to; without it, standard output")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--version-number", type=int, help="an earlier version")
        which.add_argument(
            "--workstream", metavar="NAME", help="only this one, with everything that it names"
        )

        parser.add_argument(
            "--people",
            action="store_true",
            help="the agents too, with skills, limits, hours and queues; no passwords",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["people"] and options["workstream"]:
            raise CommandError("People go with the whole configuration, not with one workstream.")
        text = _text(options["version_number"], options["workstream"], options["people"])
        if options["file"]:
            Path(options["file"]).write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text, ending="")


def _text(version: int | None, workstream: str | None, has_people: bool) -> str:
    try:
        if workstream is None:
            return configuration.export(version, has_people=has_people)
        return configuration.export_workstream(Workstream.objects.get(name__iexact=workstream).pk)
    except ConfigurationVersion.DoesNotExist as error:
        raise CommandError(f"There is no {error}.") from error
    except Workstream.DoesNotExist as error:
        raise CommandError(f"There is no workstream {workstream}.") from error
