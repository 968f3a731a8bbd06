"""The figures of the benchmark are written down whatever counted them."""

import json
from decimal import Decimal

from routing.bench.row import row_of
from routing.management.commands import bench


def test_a_figure_that_the_database_counted_can_be_written_down(tmp_path, monkeypatch):
    monkeypatch.setenv("VAR", str(tmp_path))

    bench.write_report([row_of("week-size", [Decimal("102.58")], "%")])

    [row] = json.loads((tmp_path / "bench.json").read_text())["rows"]
    assert (row["name"], row["value"], row["max"]) == ("week-size", 102.58, 102.58)
