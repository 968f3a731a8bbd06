"""Entries and holidays of operating hours as the document has them: what is usual is left out."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from routing.configuration.rows.selection import Document


def opening_document(
    *,
    weekday: int,
    start: time,
    end: time,
    valid_from: date | None = None,
    valid_until: date | None = None,
    every_weeks: int = 1,
    except_on: Sequence[date] = (),
) -> Document:
    """One entry of the week."""
    document: Document = {"weekday": weekday, "start": _clock(start), "end": _clock(end)}
    if valid_from is not None:
        document["from"] = valid_from.isoformat()
    if valid_until is not None:
        document["until"] = valid_until.isoformat()
    if every_weeks != 1:
        document["every_weeks"] = every_weeks
    if except_on:
        document["except_on"] = sorted({day.isoformat() for day in except_on})
    return document


def holiday_document(
    *, day: date, reason: str, until: date | None, repeats_yearly: bool
) -> Document:
    """Days off."""
    document: Document = {"date": day.isoformat(), "reason": reason}
    if until is not None:
        document["until"] = until.isoformat()
    if repeats_yearly:
        document["repeats_yearly"] = True
    return document


def in_order_of_days(openings: Iterable[Document]) -> list[Document]:
    """Entries by weekday and time, and then by the days on which they hold."""
    return sorted(
        openings,
        key=lambda one: (
            one["weekday"],
            one["start"],
            one["end"],
            one.get("from", ""),
            one.get("until", ""),
            one.get("every_weeks", 1),
            one.get("except_on", []),
        ),
    )


def _clock(at: time) -> str:
    return at.isoformat("seconds" if at.second else "minutes")
