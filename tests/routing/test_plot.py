"""The plot of growth shows all of its labels."""

import re

from routing.bench.plot import WIDTH, Line, plot

# More than a digit of 12 px takes, in whatever font.
DIGIT = 7.5


def test_the_label_of_the_largest_size_is_not_cut():
    svg = plot("Growth", [Line(name="assignments", points=[(1_000, 10.0), (1_000_000, 9.0)])])

    [x] = re.findall(r'<text x="([\d.]+)"[^>]*text-anchor="middle">1,000,000<', svg)
    assert float(x) + len("1,000,000") * DIGIT / 2 <= WIDTH
