"""What a form was opened for, found again by its name: numbers change as others save the list."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from config.refusal import Refusal
from workstreams.exceptions import SavedMeanwhile

Entry = Mapping[str, Any]


class OpenedIsGone(Refusal):
    """Somebody else deleted or renamed the {noun} “{name}” while you were editing. Nothing was
    saved. Your entries are kept here to be copied: open the {noun} under its new name, or add
    another one."""


def opened_name(entries: Sequence[Entry], entry: Entry) -> str:
    """By what the entry is found again; empty where others have the same name."""
    name: str = entry.get("name", "")
    return name if len(_numbers(entries, name)) == 1 else ""


def number_now(
    entries: Sequence[Entry],
    number: int,
    sent: QueryDict,
    *,
    revision: int,
    noun: str,
    by: str = "opened",
    rows: Sequence[int] = (),
) -> int:
    """Where the entry stands that was opened at ``number``; the form sends its name ``by`` a hidden
    field, and its row where entries have ``rows``: another one of its name is not the same.
    Refuses what is not found any more (OpenedIsGone) or not told from others (SavedMeanwhile)."""
    name, row = sent.get(by, ""), sent.get(f"{by}_row", "")
    numbers = _numbers(entries, name)
    if row and rows:
        numbers = [each for each in numbers if str(rows[each - 1]) == row]
    is_as_told = sent.get("revision", "") in ("", str(revision))
    if is_as_told and (not name or number in numbers):
        return number
    if name and not numbers:
        raise OpenedIsGone(noun=noun, name=name)
    if len(numbers) != 1:
        raise SavedMeanwhile
    return numbers[0]


def is_late(
    head: forms.Form, sent: QueryDict, revision: int, *, meanwhile: str, gone: Refusal | None
) -> bool:
    """Whether somebody else saved since; the form says so and keeps what was typed. Sent again it
    goes on top of what is there now, unless what was opened is ``gone``."""
    head.is_valid()
    if gone is not None:
        head.errors.clear()
        head.add_error(None, str(gone))
        return True
    if head.cleaned_data.get("revision") in (None, revision):
        return False
    head.add_error(None, meanwhile)
    entries = sent.copy()
    entries["revision"] = str(revision)
    head.data = entries
    return True


def _numbers(entries: Sequence[Entry], name: str) -> list[int]:
    said = _said(name)
    return [number for number, entry in enumerate(entries, start=1) if _said(entry["name"]) == said]


def _said(name: str) -> str:
    """Browsers send other line ends than they got."""
    return " ".join(name.split()).casefold()
