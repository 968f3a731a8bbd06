"""One figure of the benchmark."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Row:
    """``value`` is the median of the runs; ``ratio`` compares it with the yardstick's;
    ``note`` says what else was counted."""

    name: str
    value: float
    unit: str
    min: float
    max: float
    yardstick: str = ""
    ratio: float | None = None
    target: float | None = None
    met: bool | None = None
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """The row in ``bench.json``, figures rounded to what they are worth."""
        return {
            key: round(value, 4) if isinstance(value, float) else value
            for key, value in asdict(self).items()
        }


def row_of(
    name: str,
    runs: Sequence[float | Decimal],
    unit: str,
    *,
    yardstick: Row | None = None,
    target: float | None = None,
    at_least: bool = True,
    note: str = "",
) -> Row:
    """A row out of several runs; the target is a floor for rates, a ceiling for times."""
    # What the database counts is no float, and cannot be written as JSON.
    figures = [float(run) for run in runs]
    value = statistics.median(figures)
    met = None if target is None else (value >= target if at_least else value <= target)
    return Row(
        name=name,
        value=value,
        unit=unit,
        min=min(figures),
        max=max(figures),
        yardstick=yardstick.name if yardstick else "",
        ratio=value / yardstick.value if yardstick and yardstick.value else None,
        target=target,
        met=met,
        note=note,
    )
