"""What every test has: a database, a fixed instant, and no way off this machine."""

import datetime

import pytest
from django.conf import settings
from django.db import connections

from config.database import ensure_database

pytest_plugins = ["tests.people"]


def pytest_configure() -> None:
    """Where tests differ from production: cheap passwords, and static files as they lie."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    # WhiteNoise warns of a missing folder, and warnings are errors here.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks tests by the folder they lie in: no single file can be forgotten."""
    for item in items:
        for folder, mark in (("browser", pytest.mark.browser), ("promises", pytest.mark.promise)):
            if folder in item.path.parts:
                item.add_marker(mark)


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
