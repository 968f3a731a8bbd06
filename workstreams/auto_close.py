"""After how long without activity conversations are closed, by channel and state (A 18)."""

import re
from collections.abc import Mapping
from typing import Final

from workstreams.terms import LABELS, AutoCloseChannel, ItemState

# Waiting for the customer is not among them: that time is each workstream's own.
STATES: Final = (ItemState.OPEN, ItemState.ACTIVE, ItemState.WRAP_UP)
MAXIMUM_MINUTES: Final = 525_600
HOUR: Final = 60
DAY: Final = 24 * HOUR
UNITS: Final = (("day", DAY), ("hour", HOUR), ("minute", 1))
NEVER: Final = "never"
# As people write it: 20 min, 2 h, 30 days, or minutes without a word.
WRITTEN: Final = re.compile(r"(\d{1,6})\s*(m|min|minutes?|h|hours?|d|days?|)", re.ASCII)

# Minutes by channel and state; nothing means never.
Times = Mapping[str, Mapping[str, int | None]]


def _times(*, open: int | None, active: int | None, wrap_up: int | None) -> dict[str, int | None]:
    return dict(zip(map(str, STATES), (open, active, wrap_up), strict=True))


def _default(channel: AutoCloseChannel) -> dict[str, int | None]:
    if channel == AutoCloseChannel.LIVE_CHAT:
        return _times(open=20, active=None, wrap_up=15)
    if channel == AutoCloseChannel.VOICE:
        return _times(open=30 * DAY, active=2 * HOUR, wrap_up=DAY)
    return _times(open=30 * DAY, active=30 * DAY, wrap_up=DAY)


DEFAULTS: Final[Times] = {channel.value: _default(channel) for channel in AutoCloseChannel}


def whole_table(changed: Times) -> dict[str, dict[str, int | None]]:
    """Every time there is: what was changed, and the original's otherwise."""
    return {
        channel: {
            state: changed.get(channel, {}).get(state, minutes) for state, minutes in row.items()
        }
        for channel, row in DEFAULTS.items()
    }


def channel_of(channel: str, *, persistent_chat: bool) -> AutoCloseChannel | None:
    """Which row of the table holds; none for records, which no time closes."""
    if persistent_chat:
        return AutoCloseChannel.PERSISTENT_CHAT
    known = channel in list(AutoCloseChannel)
    return AutoCloseChannel(channel) if known else None


def minutes_of(text: str) -> int | None:
    """What `20 min`, `2 hours` or `30 d` say; nothing for no text or `never`. Refuses all
    other texts with a ValueError."""
    text = text.strip().lower()
    if text in ("", NEVER):
        return None
    if (found := WRITTEN.fullmatch(text)) is None:
        raise ValueError(text)
    sizes = {unit[0]: size for unit, size in UNITS}
    return int(found[1]) * sizes.get(found[2][:1], 1)


def minutes_in_words(minutes: int) -> str:
    """`28 days`, `8 hours` or `90 minutes`: the largest unit without a rest."""
    unit, size = next(each for each in UNITS if minutes % each[1] == 0)
    return counted(minutes // size, unit)


def counted(amount: int, unit: str) -> str:
    """One of it, or several."""
    return f"{amount} {unit}" if amount == 1 else f"{amount} {unit}s"


def times_in_words(row: Mapping[str, int | None], instead: Mapping[str, str] | None = None) -> str:
    """What holds in each state: `open 20 minutes, active never, wrap-up 15 minutes`, or what is
    said ``instead``."""
    said = {state: _after(minutes) for state, minutes in row.items()} | dict(instead or {})
    return ", ".join(f"{LABELS[ItemState(state)].lower()} {time}" for state, time in said.items())


def _after(minutes: int | None) -> str:
    return NEVER if minutes is None else minutes_in_words(minutes)
