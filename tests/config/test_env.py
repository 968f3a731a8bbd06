"""Readers for environment variables."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import (
    env_bool,
    env_int,
    env_list,
    env_secret,
    env_str,
    env_zone,
    environment_with,
)


def test_a_missing_variable_is_refused_by_name_and_with_its_hint(monkeypatch):
    monkeypatch.delenv("COLOUR", raising=False)

    with pytest.raises(ImproperlyConfigured, match=r"COLOUR is not set\. Any word\."):
        env_str("COLOUR", hint="Any word.")


@pytest.mark.parametrize(
    ("word", "meaning"), [("1", True), ("Yes", True), ("off", False), ("", False)]
)
def test_a_yes_or_no_is_read_from_the_usual_words(monkeypatch, word, meaning):
    monkeypatch.setenv("LOUD", word)

    assert env_bool("LOUD") is meaning


def test_a_yes_or_no_that_is_neither_is_refused(monkeypatch):
    monkeypatch.setenv("LOUD", "perhaps")

    with pytest.raises(ImproperlyConfigured, match="LOUD is 'perhaps'"):
        env_bool("LOUD", default=False)


def test_a_number_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("PORT", "eight")

    with pytest.raises(ImproperlyConfigured, match="PORT is 'eight'"):
        env_int("PORT", 8000)


@pytest.mark.parametrize("name", ["Europe/Berln", "CEST", "Europe", ""])
def test_a_time_zone_that_is_none_is_refused(monkeypatch, name):
    monkeypatch.setenv("PLACE", name)

    with pytest.raises(ImproperlyConfigured, match=f"PLACE is '{name}'; it takes the name"):
        env_zone("PLACE", "UTC")


def test_a_time_zone_is_read_by_its_name(monkeypatch):
    monkeypatch.setenv("PLACE", "Europe/Berlin")

    assert env_zone("PLACE", "UTC") == "Europe/Berlin"


def test_a_list_drops_its_empty_parts(monkeypatch):
    monkeypatch.setenv("HOSTS", "a.example, ,b.example,")

    assert env_list("HOSTS", default=["c.example"]) == ["a.example", "b.example"]


def test_a_secret_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("sesame\n", encoding="utf-8")
    monkeypatch.setenv("KEY_FILE", str(tmp_path / "key"))

    assert env_secret("KEY") == "sesame"


def test_any_setting_may_lie_in_a_file(monkeypatch, tmp_path):
    for name, content in {"LOUD": "true\n", "HOSTS": "a.example,b.example\n"}.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / name))

    assert env_bool("LOUD", default=False) is True
    assert env_list("HOSTS") == ["a.example", "b.example"]


def test_an_empty_name_of_a_file_names_none(monkeypatch):
    monkeypatch.setenv("HOSTS_FILE", "")
    monkeypatch.setenv("HOSTS", "a.example")

    assert env_list("HOSTS") == ["a.example"]


def test_a_file_that_holds_no_text_is_refused_by_name(monkeypatch, tmp_path):
    (tmp_path / "key").write_bytes(b"\xff\xfe")
    monkeypatch.setenv("KEY_FILE", str(tmp_path / "key"))

    with pytest.raises(ImproperlyConfigured, match="KEY_FILE"):
        env_secret("KEY")


def test_what_another_process_is_given_is_not_overruled_by_a_file(monkeypatch):
    monkeypatch.setenv("PORT_FILE", "/run/secrets/port")
    monkeypatch.setenv("HOSTS_FILE", "/run/secrets/hosts")

    given = environment_with(PORT="8001")

    assert (given["PORT"], "PORT_FILE" in given, "HOSTS_FILE" in given) == ("8001", False, True)


def test_a_secret_file_that_is_missing_is_refused_by_name(monkeypatch, tmp_path):
    monkeypatch.setenv("KEY_FILE", str(tmp_path / "key"))

    with pytest.raises(ImproperlyConfigured, match="KEY_FILE"):
        env_secret("KEY")


def test_a_development_secret_is_refused_in_a_deployment(monkeypatch):
    monkeypatch.setenv("HTTPS_ONLY", "true")
    monkeypatch.delenv("KEY", raising=False)

    with pytest.raises(ImproperlyConfigured, match="KEY is not set"):
        env_secret("KEY", development="known to all")
