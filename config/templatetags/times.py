"""Times as people read them: relative with the exact moment at hand, durations, countdowns."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from config.clock import shown_now

register = template.Library()

SECONDS_PER_MINUTE = 60
SECONDS_PER_HOUR = 3600
SECONDS_PER_DAY = 86400
NOTHING = SafeString("&ndash;")


@register.simple_tag
def time_ago(moment: datetime | None) -> SafeString:
    """`5 min ago`, kept true by the page; the exact moment in the title."""
    if moment is None:
        return NOTHING
    return _time_element(moment, "data-ago", f"{brief(shown_now() - moment)} ago")


@register.simple_tag
def since(moment: datetime | None) -> SafeString:
    """A duration that ticks every second: `4:07`."""
    if moment is None:
        return NOTHING
    return _time_element(moment, "data-since", duration(shown_now() - moment))


@register.simple_tag
def until(deadline: datetime | None) -> SafeString:
    """A countdown to a deadline of the server; the server decides when it is over."""
    if deadline is None:
        return NOTHING
    return _time_element(deadline, "data-deadline", duration(deadline - shown_now()))


@register.filter
def by_its_clock(moment: datetime) -> str:
    """`2 Mar 2026, 09:00 (Europe/Berlin)`, by the clock that the moment is told in."""
    return f"{moment:%-d %b %Y, %H:%M} ({moment.tzinfo})"


@register.filter
def duration(value: timedelta | float | None) -> str:
    """`4:07`, or `1:04:07` from one hour on."""
    if value is None:
        return NOTHING
    seconds = max(0, int(_seconds(value)))
    hours, rest = divmod(seconds, SECONDS_PER_HOUR)
    minutes, seconds = divmod(rest, SECONDS_PER_MINUTE)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@register.filter
def brief(value: timedelta | float | None) -> str:
    """The largest fitting unit: `45 s`, `12 min`, `3 h`, `5 d`."""
    if value is None:
        return NOTHING
    seconds = max(0, int(_seconds(value)))
    if seconds < SECONDS_PER_MINUTE:
        return f"{seconds} s"
    if seconds < SECONDS_PER_HOUR:
        return f"{seconds // SECONDS_PER_MINUTE} min"
    if seconds < SECONDS_PER_DAY:
        return f"{seconds // SECONDS_PER_HOUR} h"
    return f"{seconds // SECONDS_PER_DAY} d"


def _seconds(value: timedelta | float) -> float:
    return value.total_seconds() if isinstance(value, timedelta) else float(value)


def _time_element(moment: datetime, hook: str, text: str) -> SafeString:
    """Nothing in it needs to be escaped; a list has hundreds."""
    exact = f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S %Z}"
    at = moment.isoformat()
    return SafeString(f'<time datetime="{at}" {hook}="{at}" title="{exact}">{text}</time>')
