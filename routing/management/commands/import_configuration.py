"""Imports a configuration document."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.clock import database_now
from routing import configuration


class Command(BaseCommand):
    help = "Imports a configuration document, all or nothing, and publishes it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the document; - reads standard input")
        parser.add_argument(
            "--check", action="store_true", help="say what would change, and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = configuration.import_document(
                _read(options["file"]), by=None, now=database_now(), check=options["check"]
            )
        except configuration.InvalidDocument as refusal:
            raise CommandError(_in_lines(refusal)) from refusal
        self._tell(report, is_check=options["check"])

    def _tell(self, report: configuration.ImportReport, *, is_check: bool) -> None:
        for fate in ("created", "changed", "missing"):
            for name in getattr(report, fate):
                self.stdout.write(f"{fate}: {name}")
        self.stdout.write(f"unchanged: {len(report.unchanged)}")
        if is_check:
            self.stdout.write("Only checked, nothing was changed.")
        elif report.version:
            self.stdout.write(f"Published as version {report.version}.")
        else:
            self.stdout.write("Nothing to publish.")


def _read(file: str) -> Any:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        return json.loads(text)
    except (OSError, ValueError) as error:
        raise CommandError(f"Cannot read {file}: {error}") from error


def _in_lines(refusal: configuration.InvalidDocument) -> str:
    found = [f"{finding['path']}: {finding['message']}" for finding in refusal.findings]
    return "\n".join([str(refusal), *found])
