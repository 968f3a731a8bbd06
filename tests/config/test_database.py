"""DATABASE_URL, and the life of the embedded server."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.database import (
    database_settings,
    embedded_database_runs,
    ensure_database,
    parse_database_url,
    stop_embedded_database,
)
from config.postgresql.place import SOCKET_NAME, SOCKET_PATH_LIMIT, Place, find_place
from config.postgresql.server import process_id

START_CODE = "from config.database import ensure_database as start; print(start())"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param(
            "postgres://ann:p%40ss@db.example:6432/desk?sslmode=require",
            {
                "NAME": "desk",
                "USER": "ann",
                "PASSWORD": "p@ss",
                "HOST": "db.example",
                "PORT": "6432",
                "OPTIONS": {"sslmode": "require"},
            },
            id="options",
        ),
        pytest.param(
            "postgresql:///desk?host=/run/postgresql",
            {"NAME": "desk", "HOST": "/run/postgresql", "OPTIONS": {}},
            id="socket",
        ),
        pytest.param(
            "postgresql://one:5432,two:5433/desk?target_session_attrs=read-write",
            {
                "NAME": "desk",
                "HOST": "one,two",
                "PORT": "5432,5433",
                "OPTIONS": {"target_session_attrs": "read-write"},
            },
            id="two hosts",
        ),
    ],
)
def test_a_database_url_is_read_as_libpq_reads_it(url, expected):
    assert parse_database_url(url) == expected


@pytest.mark.parametrize(
    "url",
    ["mysql://ann:hush@db/desk", "postgres://ann:hush@db", "postgres://ann:hush@db:x y/desk?a"],
)
def test_a_wrong_database_url_is_refused_without_its_password(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refusal:
        parse_database_url(url)

    assert "hush" not in str(refusal.value)


def test_a_named_server_is_left_alone(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody@nowhere.invalid/desk")

    assert database_settings()["HOST"] == "nowhere.invalid"
    assert database_settings()["OPTIONS"]["tcp_user_timeout"] == "10000"
    assert ensure_database() is False
    assert embedded_database_runs()


def test_a_long_path_gets_a_short_socket(monkeypatch, tmp_path):
    monkeypatch.setenv("VAR", f"/var/{'long/' * 40}")

    place = find_place()

    assert len(str(place.sockets / SOCKET_NAME)) <= SOCKET_PATH_LIMIT
    assert place.sockets != place.data


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's folders are closed to the server")
def test_roots_private_folder_is_not_opened_but_avoided(monkeypatch, tmp_path):
    tmp_path.chmod(0o700)
    monkeypatch.setenv("VAR", str(tmp_path))

    first, second = find_place(), find_place()

    assert first == second
    assert tmp_path not in first.data.parents
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A server of the test's own; pytest's folders are too deep and closed to its account."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        os.chmod(folder, 0o755)
        monkeypatch.setenv("VAR", folder)
        monkeypatch.delenv("DATABASE_URL", raising=False)
        yield find_place()
        stop_embedded_database()


@pytest.mark.slow
def test_four_starts_at_once_start_one_server(place):
    starts = [
        subprocess.Popen([sys.executable, "-c", START_CODE], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    answers = sorted(start.communicate()[0].strip() for start in starts)

    assert answers == ["False", "False", "False", "True"]
    assert stat.S_IMODE(place.data.stat().st_mode) == 0o700


@pytest.mark.slow
def test_a_killed_server_is_started_again_and_a_stopped_one_stays_away(place):
    ensure_database()
    killed = process_id(place)
    assert killed is not None
    os.kill(killed, signal.SIGKILL)

    assert ensure_database() is True
    assert process_id(place) not in {None, killed}
    assert ensure_database() is False

    stop_embedded_database()
    assert not embedded_database_runs()


@pytest.mark.slow
def test_a_mark_whose_process_id_now_belongs_to_a_stranger_does_not_hinder(place):
    ensure_database()
    stop_embedded_database()
    mark = place.data / "postmaster.pid"
    mark.write_text(f"{os.getpid()}\n{place.data}\n1\n5432\n\n\n\n", encoding="utf-8")

    assert ensure_database() is True


@pytest.mark.slow
def test_the_server_listens_on_no_port(place):
    ensure_database()

    lines = Path(place.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()

    assert lines[5].strip() == ""
