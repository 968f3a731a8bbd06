"""The table and the plot of growth keep the sizes that a run leaves out."""

from routing.bench.growth import OF_AGENTS, OF_ITEMS, Point, write


def of(value: float, on: str) -> Point:
    return Point(value=value, min=value - 1, max=value + 1, on=on)


def test_a_size_that_was_not_measured_keeps_its_figures_with_their_day(tmp_path):
    write(tmp_path, {(OF_ITEMS, 1_000_000): of(2_500, "2026-11-01")}, "2026-11-01")

    write(tmp_path, {(OF_ITEMS, 1_000): of(3_000, "2026-11-02")}, "2026-11-02")

    assert (tmp_path / "growth.md").read_text().splitlines()[2:] == [
        "| waiting items | 1,000 | 3,000 | 2,999 | 3,001 | 2026-11-02 |",
        "| waiting items | 1,000,000 | 2,500 | 2,499 | 2,501 | 2026-11-01 |",
    ]
    plot = (tmp_path / "growth.svg").read_text()
    assert ">2026-11-01<" in plot
    assert ">2026-11-02<" not in plot


def test_a_size_that_was_measured_again_stands_there_once(tmp_path):
    for day in ("2026-11-01", "2026-11-02"):
        write(tmp_path, {(OF_AGENTS, 100): of(3_000, day)}, day)

    [row] = (tmp_path / "growth.md").read_text().splitlines()[2:]
    assert row.endswith("| 2026-11-02 |")


def test_a_table_without_days_is_made_anew(tmp_path):
    (tmp_path / "growth.md").write_text(
        "| of | number | assignments/s | min | max |\n|---|---|---|---|---|\n"
        "| agents | 10,000 | 2,000 | 1,900 | 2,100 |\n"
    )

    write(tmp_path, {(OF_AGENTS, 100): of(3_000, "2026-11-02")}, "2026-11-02")

    assert "10,000" not in (tmp_path / "growth.md").read_text()
