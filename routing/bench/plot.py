"""A small plot as SVG: sizes by powers of ten, values from nothing upwards."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from math import log10
from typing import Final

WIDTH: Final = 640
HEIGHT: Final = 360
LEFT: Final = 70
BOTTOM: Final = 40
TOP: Final = 40
# Half of the longest label of a size stands beyond the last point.
RIGHT: Final = 40
COLOURS: Final = ("#206bc4", "#d63939", "#2fb344", "#f76707")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One series: size and value of each point; ``notes`` stand at the points of these sizes."""

    name: str
    points: Sequence[tuple[int, float]]
    notes: Mapping[int, str] = field(default_factory=dict)


def plot(title: str, lines: Sequence[Line]) -> str:
    """The lines with their axes, as a file that any browser shows."""
    sizes = [size for line in lines for size, _ in line.points]
    most = max(value for line in lines for _, value in line.points) * 1.1
    scale = _Scale(first=log10(min(sizes)), last=log10(max(sizes)), most=most)
    parts = [*_axes(scale, title)]
    for number, line in enumerate(lines):
        parts += _drawn(line, scale, COLOURS[number % len(COLOURS)], number)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" font-size="12">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


@dataclass(frozen=True, kw_only=True)
class _Scale:
    first: float
    last: float
    most: float

    def x(self, size: int) -> float:
        share = (log10(size) - self.first) / ((self.last - self.first) or 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        return round(HEIGHT - BOTTOM - value / self.most * (HEIGHT - TOP - BOTTOM), 1)


def _axes(scale: _Scale, title: str) -> Iterator[str]:
    yield f'<text x="{LEFT}" y="20" font-size="14">{escape(title)}</text>'
    for step in range(6):
        value = scale.most * step / 5
        y = scale.y(value)
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{value:,.0f}</text>'
    for power in range(round(scale.first), round(scale.last) + 1):
        x = scale.x(10**power)
        yield f'<text x="{x}" y="{HEIGHT - 18}" text-anchor="middle">{10**power:,}</text>'


def _drawn(line: Line, scale: _Scale, colour: str, number: int) -> Iterator[str]:
    points = " ".join(f"{scale.x(size)},{scale.y(value)}" for size, value in line.points)
    yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for size, value in line.points:
        yield f'<circle cx="{scale.x(size)}" cy="{scale.y(value)}" r="3" fill="{colour}"/>'
        if size in line.notes:
            x, y, note = scale.x(size), round(scale.y(value) - 8, 1), escape(line.notes[size])
            yield f'<text x="{x}" y="{y}" text-anchor="middle" fill="{colour}">{note}</text>'
    y = TOP + 14 * number
    yield f'<text x="{WIDTH - RIGHT}" y="{y}" text-anchor="end" fill="{colour}">{line.name}</text>'
