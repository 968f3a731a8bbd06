"""Axe finds nothing on any page of the product: taken from the resolver, so that none is forgotten.

What pages show in a state of their own is looked at in ``test_accessibility``.
"""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Error, Page

from agents.models import Agent, User
from config.clock import database_now
from tests.browser.barriers import find_barriers
from tests.browser.stage import Scene, Theatre, furniture
from tests.factories import make_workstream
from tests.project.addresses import AGENTS, POST_ONLY, PUBLIC
from tests.project.rows import Values, one_of_every_kind
from tests.project.walk import Address, every_address

MACHINES: Final = {"livez", "readyz", "metrics"}
PAGES: Final = {
    each.name: each
    for each in every_address()
    if not each.is_api and not each.is_account and each.name not in POST_ONLY | MACHINES
}
# What addresses answer that are no page: parts of one, files, and the way to another.
NO_PAGE: Final = ("Download is starting", "net::ERR_ABORTED")
# Some ask for what a row in another state would have.
REFUSED: Final = "with a status of 4"


class Building:
    """The shop with a row of every kind, and one window for each person who looks."""

    def __init__(self) -> None:
        self.values: Values = {}
        self.scene: Scene | None = None
        self._windows: dict[str, Page] = {}

    def move_in(self) -> None:
        """The busy day, and whatever else there can be."""
        furniture.move_in()
        ada, alice = User.objects.get(username="ada"), Agent.objects.get(user__username="alice")
        everything = make_workstream("Everything")
        self.values = one_of_every_kind(everything, alice, ada, database_now(), slug="everything")

    def window(self, person: str) -> Page:
        """The one that the person has open already."""
        assert self.scene
        if person not in self._windows:
            self._windows[person] = self.scene.window(person, "/livez")
        return self._windows[person]


@pytest.fixture(scope="module")
def building(theatre: Theatre) -> Iterator[Building]:
    """Its pages are only looked at."""
    building = Building()
    with theatre.scene(building.move_in) as building.scene:
        building.scene.expects(REFUSED)
        yield building


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_barrier(building, name):
    where = PAGES[name]
    page = building.window(person_for(where))

    if is_page(page, where.path(building.values)):
        assert not find_barriers(page)


def person_for(where: Address) -> str:
    """Who has most to look at there."""
    if where.name in PUBLIC:
        return ""
    return "bob" if where.name in AGENTS else "ada"


def is_page(page: Page, path: str) -> bool:
    """Go there; whether it is a whole page of its own, and no part, file or refusal."""
    try:
        answer = page.goto(path)
    except Error as error:
        if not any(words in error.message for words in NO_PAGE):
            raise
        return False
    if answer is None or not answer.ok or answer.request.redirected_from:
        return False
    return "<html" in answer.text()
