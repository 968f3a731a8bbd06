"""Visits to addresses, by people who have signed in or not."""

from collections.abc import Iterator
from typing import Any, Final

from django.db import transaction
from django.test import Client

from agents.models import Agent, User
from tests.project.addresses import AGENTS, EVERYBODY, SUPERVISORS
from tests.project.rows import Values
from tests.project.walk import Address, every_address

PAGES: Final = [each for each in every_address() if not each.is_api and not each.is_account]


def ask(
    client: Client,
    addresses: list[Address],
    values: Values,
    method: str = "GET",
    *,
    form: str = "",
    **environment: Any,
) -> Iterator[tuple[Address, Any]]:
    """What each address answers; whatever it changed is undone."""
    client.raise_request_exception = False
    for where in addresses:
        kind = "application/json" if where.is_api else "application/x-www-form-urlencoded"
        body = "{}" if where.is_api and method != "GET" else form
        with transaction.atomic():
            answer = client.generic(
                method, where.path(values), body, content_type=kind, **environment
            )
            transaction.set_rollback(True)
        yield where, answer


def is_for(where: Address, person: str) -> bool:
    """Whether the role may use the page."""
    if where.name in EVERYBODY:
        return True
    if where.name in AGENTS:
        return person == "agent"
    return person == "administrator" or (person == "supervisor" and where.name in SUPERVISORS)


def sign_in(client: Client, person: User | Agent) -> None:
    """Without a password."""
    client.force_login(person.user if isinstance(person, Agent) else person)
