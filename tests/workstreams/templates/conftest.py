"""Signed-in browsers."""

import pytest
from django.test import Client

from agents.models import User


@pytest.fixture
def as_administrator(administrator: User) -> Client:
    """A browser with the administrator signed in."""
    browser = Client()
    browser.force_login(administrator)
    return browser


@pytest.fixture
def as_supervisor(supervisor: User) -> Client:
    """A browser with a supervisor signed in."""
    browser = Client()
    browser.force_login(supervisor)
    return browser
