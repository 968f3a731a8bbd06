"""What every test has: a database, a fixed instant, and no way off this machine."""

import datetime
import importlib.util

import pytest
from django.conf import settings
from django.db import connections

from config.database import ensure_database

PEOPLE_AND_ROWS = ("tests.people", "tests.factories")

pytest_plugins = [name for name in PEOPLE_AND_ROWS if importlib.util.find_spec(name)]


def pytest_configure() -> None:
    """Where tests differ from production: cheap passwords, and static files as they lie."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Starts the database for the first test that needs it; engine tests never do."""
    ensure_database()
    # A test database is thrown away: no commit in it has to wait for the disk.
    options = connections["default"].settings_dict.setdefault("OPTIONS", {})
    options["options"] = "-c synchronous_commit=off"


@pytest.fixture
def now() -> datetime.datetime:
    """A Monday morning."""
    return datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
