"""A way to the database that can be cut, or swallow everything without a word."""

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

CHUNK: Final = 65536
LOOK_SECONDS: Final = 0.05


class Proxy:
    """Listens on the loopback and passes bytes on to PostgreSQL's socket, while it is told to."""

    def __init__(self, server: Path) -> None:
        self.server = server
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        self.url = (
            f"postgresql://switchyard@127.0.0.1:{self.port}/switchyard?sslmode=disable"
            "&gssencmode=disable"
        )
        self.flowing = threading.Event()
        self.flowing.set()
        self.pairs: list[tuple[socket.socket, socket.socket]] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @contextmanager
    def black_hole(self, *, delivers: bool) -> Iterator[None]:
        """Nothing comes through and nobody is told. Afterwards all is cut, or what was sent
        arrives late."""
        self.flowing.clear()
        try:
            yield
        finally:
            if not delivers:
                self.cut()
            self.flowing.set()

    def cut(self) -> None:
        """End every connection, both ways."""
        for pair in self.pairs:
            for end in pair:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        self.pairs.clear()

    def close(self) -> None:
        """No new ones either."""
        self.listener.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        self.flowing.wait()
        with client, socket.socket(socket.AF_UNIX) as server, suppress(OSError):
            server.connect(str(self.server))
            self.pairs.append((client, server))
            with selectors.DefaultSelector() as ends:
                ends.register(client, selectors.EVENT_READ, server)
                ends.register(server, selectors.EVENT_READ, client)
                while self._pass_on(ends):
                    self.flowing.wait()

    def _pass_on(self, ends: selectors.BaseSelector) -> bool:
        for key, _ in ends.select(LOOK_SECONDS):
            if not self.flowing.is_set():
                return True
            came: socket.socket = key.fileobj  # type: ignore[assignment]  # registered above
            data = came.recv(CHUNK)
            if not data:
                return False
            key.data.sendall(data)
        return True
