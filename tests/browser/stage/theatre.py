"""What all stories of a run share: the browser, the filled database, who has signed in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, StorageState

from tests import databases
from tests.browser.nursery import open_nursery
from tests.browser.stage import cast
from tests.browser.stage.scene import Scene
from tests.browser.stage.servers import Servers, collect_static
from tests.rows import KnownNumbers, KnownRows

FILLED: Final = "cast"
NEW: Final = "new"  # until it is whole
STORY: Final = "story"


class Theatre:
    """Opens a scene for each story."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self._folder = folder
        self._sessions: dict[str, StorageState] = {}
        self._number = 0

    @classmethod
    @contextmanager
    def built(cls, browser: Browser, folder: Path, *, keeps: bool) -> "Iterator[Theatre]":
        """Static files, a migrated database with its people, and all of them signed in.

        A database that is kept is there for the next run.
        """
        theatre = cls(browser, folder)
        filled = databases.name_of(FILLED)
        static = folder / "static"
        collect_static(static)
        open_nursery(
            DJANGO_SETTINGS_MODULE="config.settings",
            DATABASE_URL=databases.address_of(filled),
            STATIC_ROOT=str(static),
            LOG_LEVEL="WARNING",
        )
        try:
            if keeps and databases.exists(filled):
                databases.migrate(filled)
            else:
                theatre._fill(filled)
            theatre._sign_in(filled)
            theatre._copy(filled)
            yield theatre
        finally:
            databases.drop(databases.name_of(STORY))
            if not keeps:
                databases.drop(filled)

    @contextmanager
    def scene(self, prepare: Callable[[], None] | None = None) -> Iterator[Scene]:
        """A database as it was filled, and processes that serve it; faults fail the story.

        What is prepared is there before the processes are, so no router has a hand in it.
        """
        self._number += 1
        story = databases.name_of(STORY)
        databases.end_sessions(story)
        with databases.used_here(story):
            self._rows.put_back()
            self._numbers.put_back()
            if prepare:
                prepare()
        with self._played_on(story) as scene:
            yield scene

    @contextmanager
    def _played_on(self, database: str) -> Iterator[Scene]:
        logs = self._folder / f"{database}-{self._number}"
        logs.mkdir()
        servers = Servers(database=database, logs=logs)
        scene = Scene(self.browser, servers.url, self._sessions)
        try:
            with databases.used_here(database):
                yield scene
            scene.end()
        finally:
            scene.close()
            # Before they end: a request that is cut off then is logged as a fault.
            troubles = servers.troubles()
            servers.stop()
        assert not troubles, "\n".join(troubles)

    def _fill(self, database: str) -> None:
        new = databases.name_of(NEW)
        databases.create(new, template=databases.migrated())
        with databases.used_here(new):
            cast.arrive()
        databases.rename(new, database)

    def _sign_in(self, database: str) -> None:
        with self._played_on(database) as scene:
            for name in cast.PEOPLE:
                self._sessions[name] = scene.sign_in(name)
        # Only now: a page that is still open would say again that its agent is there.
        with databases.used_here(database):
            cast.leave()

    def _copy(self, database: str) -> None:
        """One for all stories: a copy makes more than a thousand files, which takes longer than
        most stories, and to put back what one of them changed next to nothing."""
        story = databases.name_of(STORY)
        databases.end_sessions(database)
        databases.create(story, template=database)
        with databases.used_here(story):
            self._rows, self._numbers = KnownRows(), KnownNumbers()
