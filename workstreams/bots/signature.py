"""How bots and Switchyard prove to each other who is talking."""

import hashlib
import hmac
from typing import Final

TIMESTAMP: Final = "Switchyard-Timestamp"
SIGNATURE: Final = "Switchyard-Signature"
VERSION: Final = "v1="
# How far the clocks of both sides may be apart.
TOLERANCE_SECONDS: Final = 300


def sign(*, secret: str, timestamp: int, body: bytes) -> str:
    """``v1=`` and the HMAC-SHA256 of timestamp, dot and body, in hexadecimal."""
    signed = str(timestamp).encode() + b"." + body
    return VERSION + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def is_signed(*, secret: str, timestamp: str, signature: str, body: bytes, at: int) -> bool:
    """Whether the body was signed with the secret, and lately. Without a secret nothing is."""
    if not secret or not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 12):
        return False
    expected = sign(secret=secret, timestamp=int(timestamp), body=body)
    is_same = hmac.compare_digest(expected.encode(), signature.encode(errors="replace"))
    return is_same and abs(at - int(timestamp)) <= TOLERANCE_SECONDS
