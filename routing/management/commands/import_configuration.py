"""Imports a configuration document."""

import sys
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterable
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
        parser.add_argument(
            "--map",
            nargs="+",
            action="extend",
            default=[],
            metavar="KIND:FROM=TO",
            help="what stands for a name of the document here, such as queue:Support=Care; a name"
            " that exists here is used as it is, another is created",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        mapping = _mapping(options["map"])
        text = _read(options["file"])
        try:
            report = configuration.import_document(
                configuration.read_text(text),
                by=None,
                now=database_now(),
                check=options["check"],
                mapping=mapping,
            )
        except configuration.NotJson as refusal:
            raise CommandError(f"Cannot read {options['file']}: {refusal}") from refusal
        except configuration.InvalidDocument as refusal:
            raise CommandError(_in_lines(refusal, text)) from refusal
        except configuration.ChangedMeanwhile as refusal:
            raise CommandError(str(refusal)) from refusal
        self._tell(report, is_check=options["check"])

    def _tell(self, report: configuration.ImportReport, *, is_check: bool) -> None:
        for fate in ("created", "changed", "missing"):
            for name in getattr(report, fate):
                self.stdout.write(f"{fate}: {name}")
        for sentence in (*report.changes, *report.notes):
            self.stdout.write(f"  {sentence}")
        self.stdout.write(f"unchanged: {len(report.unchanged)}")
        if is_check:
            self.stdout.write("Only checked, nothing was changed.")
        elif report.version:
            self.stdout.write(f"Published as version {report.version}.")
        elif report.created or report.changed:
            self.stdout.write("It waits in the draft until somebody publishes it.")
        else:
            self.stdout.write("Nothing to publish.")


def _read(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise CommandError(f"Cannot read {file}: {error}") from error


def _mapping(pairs: Iterable[str]) -> dict[str, dict[str, str]]:
    """``queue:Support=Care`` as the document's mapping has it."""
    mapping: dict[str, dict[str, str]] = defaultdict(dict)
    for pair in pairs:
        kind, colon, names = pair.partition(":")
        name, equals, target = names.partition("=")
        if not colon or not equals or not name or not target:
            raise CommandError(f"Write {pair} as KIND:FROM=TO, such as queue:Support=Care.")
        mapping[kind][name] = target
    return dict(mapping)


def _in_lines(refusal: configuration.InvalidDocument, text: str) -> str:
    lines = configuration.lines_of(text, {each["path"] for each in refusal.findings})
    return "\n".join([str(refusal), *(_finding(each, lines) for each in refusal.findings)])


def _finding(finding: dict[str, str], lines: dict[str, int]) -> str:
    line = lines.get(finding["path"])
    where = f"line {line}, {finding['path']}" if line else finding["path"]
    return f"{where}: {finding['message']}" if where else finding["message"]
