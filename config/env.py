"""Readers for environment variables: typed, with a default or a refusal that names the variable."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured

BASE_DIRECTORY: Final = Path(__file__).resolve().parent.parent
TRUE_WORDS: Final = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS: Final = frozenset({"0", "false", "no", "off", ""})


def env_str(name: str, default: str | None = None, *, hint: str = "") -> str:
    """The variable as text; without a default it has to be set."""
    value = _given(name)
    if value is None:
        value = default
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. {hint}".strip())
    return value


def env_bool(name: str, *, default: bool | None = None, hint: str = "") -> bool:
    """The variable as a yes or no: 1, true, yes, on, or 0, false, no, off."""
    word = env_str(name, None if default is None else str(default), hint=hint).strip().lower()
    if word not in TRUE_WORDS | FALSE_WORDS:
        raise ImproperlyConfigured(f"{name} is {word!r}; it takes true or false. {hint}".strip())
    return word in TRUE_WORDS


def env_int(name: str, default: int | None = None, *, hint: str = "") -> int:
    """The variable as a whole number."""
    text = env_str(name, None if default is None else str(default), hint=hint)
    try:
        return int(text)
    except ValueError as error:
        message = f"{name} is {text!r}; it takes a whole number. {hint}".strip()
        raise ImproperlyConfigured(message) from error


def env_list(name: str, default: Sequence[str] = ()) -> list[str]:
    """The variable as a list: parts between commas, without the empty ones."""
    value = _given(name)
    parts = default if value is None else value.split(",")
    return [part.strip() for part in parts if part.strip()]


def env_zone(name: str, default: str) -> str:
    """The variable as the name of a time zone."""
    zone = env_str(name, default)
    if zone not in available_timezones():
        raise ImproperlyConfigured(
            f"{name} is {zone!r}; it takes the name of a time zone, such as Europe/Berlin."
        )
    return zone


def env_secret(name: str, *, development: str | None = None) -> str:
    """The variable as text. A development default is refused where HTTPS_ONLY says that this is a
    real deployment."""
    default = None if env_bool("HTTPS_ONLY", default=False) else development
    return env_str(name, default, hint=f"Set it, or {name}_FILE to a file with it.")


def _given(name: str) -> str | None:
    """The content of the file that NAME_FILE points to, as containers pass it, or the variable."""
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return os.environ.get(name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE: {path} cannot be read ({error}).") from error


def environment_with(**values: str) -> dict[str, str]:
    """That of this process for another one, with these values, which no file overrules."""
    files = {f"{name}_FILE" for name in values}
    kept = {name: value for name, value in os.environ.items() if name not in files}
    return kept | values


def var_directory() -> Path:
    """Where changing data lives: VAR, or ``var`` beside manage.py; root's is /var/lib/switchyard.

    Root's differs because PostgreSQL refuses to run as root: its own account has to reach the
    data, and a working copy of root's mostly lies in a folder closed to everyone else.
    """
    if given := os.environ.get("VAR"):
        return Path(given).expanduser().absolute()
    return Path("/var/lib/switchyard") if os.geteuid() == 0 else BASE_DIRECTORY / "var"
