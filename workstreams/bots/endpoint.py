"""Which addresses a bot may have."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

LENGTH: Final = 500
NOT_SAFE: Final = "A bot's address begins with https:// (or http:// on this machine itself)."


def endpoint_fault(endpoint: str) -> str:
    """What is wrong with the address, as a sentence; empty when nothing is."""
    if not endpoint:
        return "A webhook bot needs the address where it is asked."
    if len(endpoint) > LENGTH:
        return f"An address has at most {LENGTH} characters."
    if any(each.isspace() or not each.isprintable() for each in endpoint):
        return "An address has no spaces."
    try:
        parts = urlsplit(endpoint)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "This is no address."
    if not host:
        return "This is no address."
    if parts.username is not None or parts.password is not None:
        return "An address carries no user name and no password: the secret signs what is sent."
    if parts.fragment:
        return "Leave out what stands behind #: it is never sent."
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    return "" if is_safe else NOT_SAFE


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its very name: no other name is looked up."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
