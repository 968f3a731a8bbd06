"""What every test has: a database, a fixed instant, and no way off this machine."""

import datetime
import json
from collections.abc import Generator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models import Model
from hypothesis import HealthCheck
from hypothesis import settings as examples
from pytest_django.plugin import blocking_manager_key

from config.database import ensure_database

pytest_plugins = ["tests.people"]

# How quickly examples are made, and how many are passed over, says nothing of the product: on a
# slow machine, or by chance, it would fail a test. What fixtures are for is still looked at.
UNASKED = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)
# The same examples each time, so that a change is judged by what it changed; `make search` looks
# for new ones.
examples.register_profile("search", deadline=None, suppress_health_check=UNASKED)
examples.register_profile("product", examples.get_profile("search"), derandomize=True)
examples.load_profile("product")


def pytest_configure() -> None:
    """Where tests differ from production: cheap passwords, and static files as they lie."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    # WhiteNoise warns of a missing folder, and warnings are errors here.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks tests by the folder they lie in, so that no single file can be forgotten, and
    those that empty the tables, so that the rows of the migrations are kept for them."""
    for item in items:
        for folder, mark in (("browser", pytest.mark.browser), ("promises", pytest.mark.promise)):
            if folder in item.path.parts:
                item.add_marker(mark)
        if kwargs := _emptying(item):
            mark = pytest.mark.django_db(**{**kwargs, "serialized_rollback": True})
            item.add_marker(mark, append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Puts the rows of the migrations back after a test that emptied the tables.

    After the last test the test database is gone, and the connection names the real one; unless it
    is kept, and then whoever uses it next counts on them.
    """
    result = yield
    database = connections["default"]
    is_there = database.settings_dict["NAME"] == database.settings_dict["TEST"]["NAME"]
    is_used_again = nextitem is not None or item.config.getoption("reuse_db")
    if is_used_again and is_there and _emptying(item):
        with item.config.stash[blocking_manager_key].unblock():
            _forget_jobs()
            rows: str = getattr(database, "_test_serialized_contents")  # noqa: B009  # untyped
            database.creation.deserialize_db_from_string(rows)
    return result


def _forget_jobs() -> None:
    """Jobs lie in tables that are not Django's, so emptying the database leaves them."""
    with connections["default"].cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


def _emptying(item: pytest.Item) -> dict[str, Any]:
    mark = item.get_closest_marker("django_db")
    return dict(mark.kwargs) if mark is not None and mark.kwargs.get("transaction") else {}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Starts the database for the first test that needs it; engine tests never do."""
    ensure_database()
    # A test database is thrown away: no commit in it has to wait for the disk.
    options = connections["default"].settings_dict.setdefault("OPTIONS", {})
    options["options"] = "-c synchronous_commit=off"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Puts rows of the migrations back without their audit trail, which its triggers write anew:
    in a database that is used again it is there, and cannot be written over."""
    database = connections["default"]
    contents: str | None = getattr(database, "_test_serialized_contents", None)
    if contents is None:
        # None of the chosen tests empties the tables.
        return
    rows: list[dict[str, Any]] = json.loads(contents)
    trail = {model._meta.label_lower for model in apps.get_models() if _is_of_trail(model)}
    kept = [row for row in rows if row["model"] not in trail]
    setattr(database, "_test_serialized_contents", json.dumps(kept))  # noqa: B010  # untyped


def _is_of_trail(model: type[Model]) -> bool:
    return hasattr(model, "pgh_tracked_model") or model._meta.label == "pghistory.Context"


@pytest.fixture
def now() -> datetime.datetime:
    """A Monday morning."""
    return datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
