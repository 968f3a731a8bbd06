"""What every test has: a database, a fixed instant, and no way off this machine."""

import datetime
import gc
import os
from collections.abc import Generator, Iterator

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as examples
from pytest_django.plugin import DjangoDbBlocker

from config.database import ensure_database
from tests import databases
from tests.rows import KnownRows

pytest_plugins = ["tests.people"]

# How quickly examples are made, and how many are passed over, says nothing of the product: on a
# slow machine, or by chance, it would fail a test. What fixtures are for is still looked at.
UNASKED = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)
# How many run beside each other, as the program says that distributes tests.
WORKERS = "PYTEST_XDIST_WORKER_COUNT"
# Every process keeps hundreds of thousands of objects to its end, the tests themselves among them:
# to look at them as often as Python does takes a fifth of what it takes to find the tests.
OBJECTS_BETWEEN_COLLECTIONS = 10_000
DATABASE = frozenset({"db", "transactional_db", "django_db_setup"})
# The same examples each time, so that a change is judged by what it changed; `make search` looks
# for new ones.
examples.register_profile("search", deadline=None, suppress_health_check=UNASKED)
examples.register_profile("product", examples.get_profile("search"), derandomize=True)
examples.load_profile("product")


def pytest_configure() -> None:
    """Where tests differ from production: cheap passwords, static files as they lie, and a
    collector of cycles that seldom looks."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    # WhiteNoise warns of a missing folder, and warnings are errors here.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, object, object]:
    """Marks tests by the folder they lie in, so that no single file can be forgotten; and puts
    those that are left, once others are deselected, in the order in which they begin."""
    for item in items:
        for folder, mark in (("browser", pytest.mark.browser), ("promises", pytest.mark.promise)):
            if folder in item.path.parts:
                item.add_marker(mark)
    result = yield
    items[:] = in_order_of_start(items, workers=int(os.environ.get(WORKERS, "1")))
    return result


def in_order_of_start(items: list[pytest.Item], *, workers: int) -> list[pytest.Item]:
    """Each worker is sent an equal share at first. The first one makes the database that all
    others copy, which takes half a minute; so the shares of these begin with what asks for none."""
    others = [item for item in items if needs_database(item)]
    pure = [item for item in items if not needs_database(item)]
    found: list[pytest.Item] = []
    for worker in range(workers):
        share = len(items) * (worker + 1) // workers - len(found)
        begins_with = min(share, len(pure) // max(workers - 1, 1) + 1) if worker else 0
        first, pure = pure[:begins_with], pure[begins_with:]
        rest, others = others[: share - len(first)], others[share - len(first) :]
        found += [*first, *rest]
    return [*found, *pure, *others]


def needs_database(item: pytest.Item) -> bool:
    """Whether it asks for rows."""
    names = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not DATABASE.isdisjoint(names)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Starts the database for the first test that needs it; engine tests never do."""
    ensure_database()
    connections["default"].settings_dict["TEST"]["TEMPLATE"] = databases.migrated()
    # A test database is thrown away: no commit in it has to wait for the disk.
    options = connections["default"].settings_dict.setdefault("OPTIONS", {})
    options["options"] = "-c synchronous_commit=off"
    # To find the tests of the web's entry was to import it, which limits what connections of this
    # process wait for; tests wait longer, for each other and for a busy machine.
    connection_created.disconnect(dispatch_uid="web-waits")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Tests that commit leave the rows of the migrations, instead of none."""
    with django_db_blocker.unblock():
        rows = KnownRows()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: rows.put_back())
        yield


@pytest.fixture
def now() -> datetime.datetime:
    """A Monday morning."""
    return datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
