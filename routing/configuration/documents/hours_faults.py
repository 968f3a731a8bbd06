"""What stands against operating hours in a document."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from functools import partial
from typing import Any, Final

from agents.actions.check_openings import (
    MIDNIGHT,
    DayOff,
    Period,
    check_holiday,
    check_overlaps,
    check_recurrence,
)
from agents.exceptions import AgentError
from routing.configuration.documents.landscape import Landscape

Entry = Mapping[str, Any]
Fault = tuple[str, str]
OVER_MIDNIGHT: Final = (
    "A day ends at 00:00. Split hours over midnight: {start:%H:%M} to 00:00 on this day, "
    "00:00 to {end:%H:%M} on the next."
)


def faults_of_hours(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    """Entries over midnight, entries that never come or overlap, holidays that end before they
    begin; all of each list in one sentence after the other."""
    by_key: dict[str, dict[str, None]] = {}
    for key, sentence in _faults(entry):
        by_key.setdefault(key, {})[sentence] = None
    yield from ((key, " ".join(sentences)) for key, sentences in by_key.items())


def _faults(entry: Entry) -> Iterator[Fault]:
    fitting = []
    for opening in entry["periods"]:
        period = Period(
            opening["weekday"],
            time.fromisoformat(opening["start"]),
            time.fromisoformat(opening["end"]),
            _day(opening.get("from")),
            _day(opening.get("until")),
            opening.get("every_weeks", 1),
        )
        if period.end != MIDNIGHT and period.end <= period.start:
            yield "periods", OVER_MIDNIGHT.format(start=period.start, end=period.end)
        else:
            fitting.append(period)
        yield from _refused("periods", partial(check_recurrence, period))
    yield from _refused("periods", partial(check_overlaps, fitting))
    for holiday in entry["holidays"]:
        days = DayOff(
            date.fromisoformat(holiday["date"]),
            until=_day(holiday.get("until")),
            repeats_yearly=holiday.get("repeats_yearly", False),
        )
        yield from _refused("holidays", partial(check_holiday, days))


def _refused(key: str, check: Callable[[], None]) -> Iterator[Fault]:
    try:
        check()
    except AgentError as refusal:
        yield key, str(refusal)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
