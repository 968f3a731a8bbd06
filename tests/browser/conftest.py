"""The stage, and the people of a story: each a window that is signed in already."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from config.database import ensure_database
from tests.browser.bare import Bare
from tests.browser.chromium import open_browser
from tests.browser.stage import Scene, Theatre
from tests.browser.stage.cast import CHAT

# Not a measure of the product: on a busy machine everything takes ten times as long.
PATIENCE_MILLISECONDS = 60_000


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all stories; each has windows of its own."""
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with pytest.MonkeyPatch.context() as patch:
        # Playwright runs an event loop in this thread, which Django would take for a mistake.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with open_browser() as browser:
            yield browser


@pytest.fixture
def bare(browser: Browser) -> Iterator[Bare]:
    """An empty page, with nothing behind it."""
    context = browser.new_context()
    yield Bare(context.new_page())
    context.close()


@pytest.fixture(scope="session")
def theatre(
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
    pytestconfig: pytest.Config,
) -> Iterator[Theatre]:
    """Built for the first story, taken down after the last; ``--reuse-db`` keeps its database."""
    folder: Path = tmp_path_factory.mktemp("theatre")
    keeps: bool = pytestconfig.getoption("reuse_db")
    ensure_database()
    with django_db_blocker.unblock(), Theatre.built(browser, folder, keeps=keeps) as theatre:
        yield theatre


@pytest.fixture
def scene(theatre: Theatre) -> Iterator[Scene]:
    """A database and processes of the story's own."""
    with theatre.scene() as scene:
        yield scene


@pytest.fixture
def administrator(scene: Scene) -> Page:
    """Ada at the list of workstreams."""
    return scene.window("ada", "/workstreams/")


@pytest.fixture
def supervisor(scene: Scene) -> Page:
    """Sven at the floor."""
    return scene.window("sven", "/floor/")


@pytest.fixture
def agent(scene: Scene) -> Page:
    """Alice at her desk."""
    return scene.window("alice", "/desk/")


@pytest.fixture
def second_agent(scene: Scene) -> Page:
    """Bob at his desk."""
    return scene.window("bob", "/desk/")


@pytest.fixture
def customer(scene: Scene) -> Page:
    """Carla before the shop's chat."""
    return scene.window(path=CHAT)


@pytest.fixture
def another_customer(scene: Scene) -> Callable[[], Page]:
    """Somebody else before the shop's chat."""
    return lambda: scene.window(path=CHAT)
