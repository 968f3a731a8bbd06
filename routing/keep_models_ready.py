"""Published models are read before work asks for them: when a process starts, and soon after a
version is published.

Reading one takes longer than all the rest of an arrival, so no customer's message should wait
for it. Who asks earlier than this thread has looked reads it himself, as ever.
"""

import logging
import threading
from typing import Final

from django.db import Error, connection

from routing.queries.predictions import read_published_models

LOOK_EVERY_SECONDS: Final = 2.0
PATIENCE_SECONDS: Final = 2.0

log = logging.getLogger(__name__)


class KeepModelsReady:
    """A thread that looks for newly published versions until it is stopped."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begins to look; does nothing where it has begun already."""
        if self._thread is None:
            self._stopped.clear()
            self._thread = threading.Thread(target=self._look, name="models", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Ends after the present look."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(PATIENCE_SECONDS)
        self._thread = None

    def _look(self) -> None:
        while True:
            try:
                read_published_models()
            except Error:
                # The database is away: looked for again, with another connection.
                connection.close()
            if self._stopped.wait(LOOK_EVERY_SECONDS):
                break
        connection.close()


keeper: Final = KeepModelsReady()
