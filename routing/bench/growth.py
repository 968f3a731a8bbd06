"""How the cycle grows with waiting work and with agents: a table and a plot."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Final

from config.env import var_directory
from routing.bench.cycles import rates
from routing.bench.plot import Line, plot
from routing.bench.row import Row, row_of

ITEMS: Final = (1_000, 10_000, 100_000, 1_000_000)
AGENTS: Final = (100, 1_000, 10_000, 100_000)
# So many are left out where the largest sizes take too long.
LARGEST: Final = 1
BATCH: Final = 150
RUNS: Final = 4
# From the smallest size on a cycle may become slower by a fifth.
KEPT: Final = 0.8

Build = Callable[[int], None]


def growth(*, with_items: Build, with_agents: Build, is_full: bool) -> Iterator[Row]:
    """Assignments a second of cycles of one size, for each size of the organisation."""
    items = yield from _sizes("growth-items", ITEMS, with_items, is_full=is_full)
    agents = yield from _sizes("growth-agents", AGENTS, with_agents, is_full=is_full)
    _write(items, agents)


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


def _write(items: list[tuple[int, Row]], agents: list[tuple[int, Row]]) -> None:
    folder: Path = var_directory() / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        Line(name="waiting items", points=[(size, row.value) for size, row in items]),
        Line(name="agents", points=[(size, row.value) for size, row in agents]),
    ]
    title = f"Assignments a second, cycles of {BATCH}"
    (folder / "growth.svg").write_text(plot(title, lines))
    table = ["| of | number | assignments/s | min | max |", "|---|---|---|---|---|"]
    table += [
        f"| {name} | {size:,} | {row.value:,.0f} | {row.min:,.0f} | {row.max:,.0f} |"
        for name, rows in (("waiting items", items), ("agents", agents))
        for size, row in rows
    ]
    (folder / "growth.md").write_text("\n".join(table) + "\n")
