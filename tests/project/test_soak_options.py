"""What the soak is asked for makes sense."""

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
