"""How the cycle grows with waiting work and with agents: a table and a plot."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from config.clock import database_now
from config.env import var_directory
from routing.bench.cycles import rates
from routing.bench.plot import Line, plot
from routing.bench.row import Row, row_of

ITEMS: Final = (1_000, 10_000, 100_000, 1_000_000)
AGENTS: Final = (100, 1_000, 10_000, 100_000)
# So many are left out where the largest sizes take too long.
LARGEST: Final = 1
BATCH: Final = 150
OF_ITEMS: Final = "waiting items"
OF_AGENTS: Final = "agents"
HEAD: Final = (
    "| of | number | assignments/s | min | max | measured |",
    "|---|---|---|---|---|---|",
)
RUNS: Final = 4
# From the smallest size on a cycle may become slower by a fifth.
KEPT: Final = 0.8

Build = Callable[[int], None]


@dataclass(frozen=True, kw_only=True)
class Point:
    """Assignments a second at one size, and the day it was measured."""

    value: float
    min: float
    max: float
    on: str


Points = dict[tuple[str, int], Point]


def growth(*, with_items: Build, with_agents: Build, is_full: bool) -> Iterator[Row]:
    """Assignments a second of cycles of one size, for each size of the organisation."""
    items = yield from _sizes("growth-items", ITEMS, with_items, is_full=is_full)
    agents = yield from _sizes("growth-agents", AGENTS, with_agents, is_full=is_full)
    day = database_now().date().isoformat()
    measured = {
        (name, size): Point(value=row.value, min=row.min, max=row.max, on=day)
        for name, rows in ((OF_ITEMS, items), (OF_AGENTS, agents))
        for size, row in rows
    }
    write(var_directory() / "bench", measured, day)


def write(folder: Path, measured: Points, day: str) -> None:
    """The table and the plot. Sizes that were not measured keep what they had, with its day."""
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / "growth.md"
    points = sorted((_read(table) | measured).items(), key=_place)
    table.write_text("\n".join([*HEAD, *(_row(*each) for each in points)]) + "\n")
    lines = [_line(name, points, day) for name in (OF_ITEMS, OF_AGENTS)]
    title = f"Assignments a second, cycles of {BATCH}"
    (folder / "growth.svg").write_text(plot(title, [line for line in lines if line.points]))


def _sizes(
    name: str, sizes: tuple[int, ...], build: Build, *, is_full: bool
) -> Generator[Row, None, list[tuple[int, Row]]]:
    first: Row | None = None
    found: list[tuple[int, Row]] = []
    for size in sizes if is_full else sizes[:-LARGEST]:
        build(size)
        target = None if first is None else KEPT * first.value
        row = row_of(
            f"{name}-{size}",
            rates(BATCH, RUNS),
            "assignments/s",
            yardstick=first,
            target=target,
        )
        first = first or row
        found.append((size, row))
        yield row
    return found


def _read(table: Path) -> Points:
    lines = table.read_text().splitlines() if table.exists() else []
    if lines[: len(HEAD)] != list(HEAD):
        return {}
    return dict(_parsed(line) for line in lines[len(HEAD) :])


def _parsed(line: str) -> tuple[tuple[str, int], Point]:
    name, size, *figures, on = line.strip("| ").replace(",", "").split(" | ")
    value, least, most = map(float, figures)
    return (name, int(size)), Point(value=value, min=least, max=most, on=on)


def _place(point: tuple[tuple[str, int], Point]) -> tuple[bool, int]:
    (name, size), _ = point
    return name == OF_AGENTS, size


def _row(of: tuple[str, int], point: Point) -> str:
    name, size = of
    figures = " | ".join(f"{each:,.0f}" for each in (point.value, point.min, point.max))
    return f"| {name} | {size:,} | {figures} | {point.on} |"


def _line(name: str, points: list[tuple[tuple[str, int], Point]], day: str) -> Line:
    own = [(size, point) for (of, size), point in points if of == name]
    return Line(
        name=name,
        points=[(size, point.value) for size, point in own],
        notes={size: point.on for size, point in own if point.on != day},
    )
