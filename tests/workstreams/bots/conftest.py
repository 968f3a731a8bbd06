"""A browser that registers bots."""

import pytest
from django.test import Client
from django.urls import reverse

from agents.models import User


@pytest.fixture
def admin(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def url(name: str, *args: int) -> str:
    return reverse(f"workstreams:{name}", args=args)
