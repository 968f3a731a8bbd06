#!/usr/bin/env python3
"""Switchyard's command line; starts the embedded database for commands that need one."""

import os
import sys

WITHOUT_DATABASE = frozenset(
    {"check", "collectstatic", "compilemessages", "help", "makemessages", "makemigrations"}
)


def needs_database(arguments: list[str]) -> bool:
    """Whether a command is asked for, and one that reads or writes rows."""
    is_help = not arguments or arguments[0].startswith("-") or "--help" in arguments
    return not is_help and arguments[0] not in WITHOUT_DATABASE


def main() -> None:
    """Runs the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config.database import ensure_database
    from config.supervisor import end_with_parent

    end_with_parent()
    if needs_database(sys.argv[1:]):
        ensure_database()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
