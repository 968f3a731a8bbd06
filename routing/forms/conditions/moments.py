"""A moment in two boxes: its day, and the time of day in UTC where it is not the whole day."""

import re
from datetime import UTC, datetime
from typing import Any, Final

from routing.engine.conditions.values import WrongTypeError, as_moment

PARTS: Final = re.compile(r"(\d{4}-\d\d-\d\d)?(?:T(\d\d:\d\d):00Z)?", re.ASCII)
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def joined(day: str, time: str) -> str:
    """What was typed into both as one text; without a time it is the whole day."""
    return f"{day.strip()}T{time.strip()}:00Z" if time.strip() else day


def parted(text: str) -> tuple[str, str] | None:
    """Day and time as the boxes hold them; None for what they cannot show."""
    found = PARTS.fullmatch(text)
    if found is None or (text and not _is_moment(_with_day(found))):
        return None
    return found[1] or "", found[2] or ""


def as_boxes_show(text: str) -> str:
    """The same moment as it comes back from the boxes, where they can show it."""
    if DAY.fullmatch(text) or not _is_moment(text):
        return text
    moment: datetime = as_moment(text)
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        return text
    if moment.second or moment.microsecond:
        return text
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _with_day(found: "re.Match[str]") -> str:
    """A time without its day is shown, for the day is what is missing."""
    return found[0] if found[1] else f"2000-01-01{found[0]}"


def _is_moment(value: Any) -> bool:
    try:
        as_moment(value)
    except WrongTypeError:
        return False
    return True
