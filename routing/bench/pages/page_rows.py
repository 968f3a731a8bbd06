"""How fast the pages of agents and supervisors show, and by how many queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from routing.bench.pages.visits import Visit, all_visits
from routing.bench.pages.work import Size, build
from routing.bench.row import Row, row_of
from routing.bench.web import like_the_web

NAMES: Final = ("desk-pages", "desk-parts", "floor-pages", "floor-parts", "page-queries")
LITTLE: Final = Size(items=2_000, agents=100, queues=5, waiting=500)
MUCH: Final = Size(items=1_000_000, agents=10_000, queues=500, waiting=50_000)
RUNS: Final = 3
TARGET_MS: Final = 200.0


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Of one row: the slow one in twenty of each run, that of each address, and its queries."""

    tails: list[float]
    by_kind: dict[str, float]
    queries: dict[str, int]


def page_rows() -> Iterator[Row]:
    """Milliseconds of the server, of which one page in twenty takes longer, beside the same pages
    of a small organisation; and the queries of each address once."""
    with like_the_web():
        few, many = _seen(LITTLE), _seen(MUCH)
    for name, seen in many.items():
        yardstick = row_of(f"{name}-little", few[name].tails, "ms")
        yield yardstick
        slow = ", ".join(f"{kind} {ms:,.0f}" for kind, ms in seen.by_kind.items())
        yield row_of(
            name,
            seen.tails,
            "ms",
            yardstick=yardstick,
            target=TARGET_MS,
            at_least=False,
            note=f"{MUCH}: {slow}",
        )
    yield from _queries(few, many)


def _queries(few: dict[str, Seen], many: dict[str, Seen]) -> Iterator[Row]:
    counts = [
        {(name, kind): count for name, each in seen.items() for kind, count in each.queries.items()}
        for seen in (few, many)
    ]
    yardstick = row_of("page-queries-little", [sum(counts[0].values())], "queries")
    yield yardstick
    more = [
        f"{kind} {counts[0][name, kind]} -> {count}"
        for (name, kind), count in counts[1].items()
        if count != counts[0][name, kind]
    ]
    yield row_of(
        "page-queries",
        [sum(counts[1].values())],
        "queries",
        yardstick=yardstick,
        target=yardstick.value,
        at_least=False,
        note=", ".join(more) or "the same number each, whatever the size",
    )


def _seen(size: Size) -> dict[str, Seen]:
    build(size)
    return {name: _of(visits) for name, visits in all_visits().items()}


def _of(visits: list[Visit]) -> Seen:
    for visit in visits:
        visit.open()
    queries = {visit.kind: visit.count_queries() for visit in reversed(visits)}
    tails, by_kind = [], dict[str, list[float]]()
    for _ in range(RUNS):
        times = [(visit.kind, visit.open()) for visit in visits]
        tails.append(_slow([ms for _, ms in times]))
        for kind, ms in times:
            by_kind.setdefault(kind, []).append(ms)
    return Seen(
        tails=tails,
        by_kind={kind: _slow(found) for kind, found in by_kind.items()},
        queries=queries,
    )


def _slow(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
