"""What the soak is asked for makes sense."""

import sys

import pytest

from tests.promises import soak


@pytest.mark.parametrize("number", ["0", "-1"])
def test_somebody_goes_through_the_web_that_faults_hit(
    number: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["soak", f"--by-web={number}", "--stories=0"])

    with pytest.raises(SystemExit):
        soak.main()

    assert "serves nobody" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("operations", "minutes", "expected"),
    [
        (None, None, (10_000, 24 * 3600)),
        (None, 60.0, (sys.maxsize, 3600)),
        (500, None, (500, 24 * 3600)),
        (500, 2.0, (500, 120)),
    ],
    ids=["nothing", "a time", "a number", "both"],
)
def test_it_goes_on_for_as_long_as_asked(
    operations: int | None, minutes: float | None, expected: tuple[int, float]
) -> None:
    found = soak.bounds(operations, minutes)

    assert (found["operations"], found["seconds"]) == expected
