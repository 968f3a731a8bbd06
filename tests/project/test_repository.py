"""Facts about the repository's files that no other check sees."""

import re
import subprocess
from pathlib import Path

import pytest

from config.env import BASE_DIRECTORY

LOCKS = ["requirements.txt", "requirements-dev.txt"]
# Spelt in parts, so that this file is not what it looks for.
MACHINE_PATHS = re.compile(
    "|".join(["/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "/op" + "t/", "/wo" + "rk/"])
)


def tracked_files() -> list[Path]:
    """Every file under version control that is text and ours."""
    names = subprocess.run(
        ["git", "ls-files"], cwd=BASE_DIRECTORY, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    files = [BASE_DIRECTORY / name for name in names if "/vendor/" not in name]
    return [path for path in files if path.is_file() and b"\0" not in path.read_bytes()[:1024]]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_dependency_carries_a_hash(lock):
    text = (BASE_DIRECTORY / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", text.strip())

    assert len(entries) > 20
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_place_to_download_from(lock):
    text = (BASE_DIRECTORY / lock).read_text(encoding="utf-8")

    assert not re.search(r"index-url|find-links|trusted-host|https?://|file:", text)


def test_both_locks_agree():
    product, development = (
        set(re.findall(r"^\S+==\S+", (BASE_DIRECTORY / lock).read_text(encoding="utf-8"), re.M))
        for lock in LOCKS
    )

    assert product <= development


def test_no_tracked_file_names_a_folder_of_someones_machine():
    if not (BASE_DIRECTORY / ".git").exists():
        pytest.skip("not a working copy")

    found = [
        f"{path.relative_to(BASE_DIRECTORY)}:{number}"
        for path in tracked_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_PATHS.search(line)
    ]

    assert found == []
