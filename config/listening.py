"""The socket that visitors connect to."""

import errno
import socket
import time
from typing import Final

BACKLOG: Final = 2048
WAIT_SECONDS: Final = 5


def open_socket(host: str, port: int) -> socket.socket:
    """A listening socket; waits a little for a server that is just stopping to leave the port."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return _bind(host, port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                raise
        time.sleep(0.2)


def _bind(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener
