"""Fan-out: one poller a process, and for each stream the topics it has not been told of yet.

What a stream has still to be told is a set of its own topics, so a client that
reads slowly costs a few words of memory however much happens, and needs no queue.
"""

import asyncio
import time
from collections import deque
from typing import Final

from config.live import poller
from config.live.reader import Cursor

# How many batches of changes are kept for pages whose stream starts after they were rendered.
KEPT_BATCHES: Final = 600


class Stream:
    """One open page: what it listens to, and what it has still to be told."""

    def __init__(self, topics: frozenset[str]) -> None:
        self.topics = topics
        self.is_in_doubt = False
        self._untold: set[str] = set()
        self._news = asyncio.Event()

    def tell(self, topics: set[str]) -> None:
        """Changes to pass on; those of several polls come together."""
        self._untold |= topics & self.topics
        if self._untold:
            self._news.set()

    def doubt(self) -> None:
        """Something may have been missed: the page is to fetch everything again."""
        self.is_in_doubt = True
        self._news.set()

    async def next(self, *, within: float) -> tuple[bool, list[str]]:
        """Whether there is doubt, and the topics that changed; neither when time has passed."""
        try:
            async with asyncio.timeout(within):
                await self._news.wait()
        except TimeoutError:
            return False, []
        told = self.is_in_doubt, sorted(self._untold)
        self._news.clear()
        self._untold.clear()
        self.is_in_doubt = False
        return told


class Hub:
    """All streams of this process, by topic."""

    def __init__(self) -> None:
        self._streams: set[Stream] = set()
        self._listeners: dict[str, set[Stream]] = {}
        self._batches: deque[tuple[Cursor, frozenset[str]]] = deque()
        self._kept_from: Cursor | None = None
        self._poller: asyncio.Task[None] | None = None
        self.polled_at = 0.0

    def __len__(self) -> int:
        return len(self._streams)

    def start(self) -> None:
        """Start the poller, unless it runs."""
        if self._poller is None or self._poller.done():
            self._poller = asyncio.create_task(
                poller.poll(restarted=self.restarted, changed=self.changed)
            )

    async def stop(self) -> None:
        """Stop the poller and close its connection."""
        if self._poller is not None:
            await poller.stop(self._poller)
            self._poller = None

    def join(self, stream: Stream, *, after: Cursor | None) -> None:
        """Take a stream in and tell it what happened since its page was rendered."""
        self._streams.add(stream)
        for topic in stream.topics:
            self._listeners.setdefault(topic, set()).add(stream)
        if after is None or self._kept_from is None or after < self._kept_from:
            stream.doubt()
            return
        for cursor, topics in self._batches:
            if cursor > after:
                stream.tell(set(topics))

    def leave(self, stream: Stream) -> None:
        """Forget a stream."""
        self._streams.discard(stream)
        for topic in stream.topics:
            listeners = self._listeners.get(topic, set())
            listeners.discard(stream)
            if not listeners:
                self._listeners.pop(topic, None)

    def restarted(self, cursor: Cursor) -> None:
        """The poller has a new connection: nobody can say what was missed before."""
        self._batches.clear()
        self._kept_from = cursor
        self.polled_at = time.monotonic()
        for stream in self._streams:
            stream.doubt()

    def changed(self, cursor: Cursor, topics: set[str]) -> None:
        """Pass a batch of changes on to those who listen."""
        self._batches.append((cursor, frozenset(topics)))
        if len(self._batches) > KEPT_BATCHES:
            self._kept_from, _ = self._batches.popleft()
        self.polled_at = time.monotonic()
        touched = {stream for topic in topics for stream in self._listeners.get(topic, ())}
        for stream in touched:
            stream.tell(topics)
