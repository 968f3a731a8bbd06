"""The web process: uvicorn over a socket that the supervisor opened, so none is refused."""

import socket
import sys

import uvicorn

from config.env import env_str
from config.open_files import allow_many
from config.supervisor import end_with_parent

GRACE_SECONDS = 3


def run(descriptor: int) -> None:
    """Serves pages and streams from an open listening socket until told to stop."""
    allow_many()
    configuration = uvicorn.Config(
        "config.asgi:application",
        lifespan="on",
        access_log=False,
        server_header=False,
        # The proxy in front says who the client is; nobody else is believed.
        proxy_headers=True,
        forwarded_allow_ips=env_str("FORWARDED_ALLOW_IPS", "127.0.0.1"),
        # Streams never end by themselves.
        timeout_graceful_shutdown=GRACE_SECONDS,
        log_level="warning",
    )
    uvicorn.Server(configuration).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    end_with_parent()
    run(int(sys.argv[1]))
