"""Secrets at rest: encrypted with keys of their own, never shown again (S 1.4)."""

import base64
import hashlib
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def conceal(secret: str) -> str:
    """The text to store; empty stays empty."""
    return _keys().encrypt(secret.encode()).decode() if secret else ""


def reveal(stored: str) -> str:
    """The secret again; empty where the key that concealed it is gone."""
    if not stored:
        return ""
    try:
        return _keys().decrypt(stored.encode()).decode()
    except InvalidToken:
        return ""


@cache
def _keys() -> MultiFernet:
    """Every key opens, the first one conceals; without keys one is derived from SECRET_KEY."""
    derived = base64.urlsafe_b64encode(hashlib.sha256(settings.SECRET_KEY.encode()).digest())
    own = [Fernet(str(key)) for key in settings.SECRET_STORE_KEYS]
    return MultiFernet([*own, Fernet(derived)])
