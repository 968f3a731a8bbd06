"""Stories share one database, and no story finds what another one left."""

from typing import Any

from tests.browser.stage import Theatre, cast
from tests.rows import content, numbers


def test_a_story_finds_everything_as_the_one_before_did(theatre: Theatre) -> None:
    found: list[Any] = []

    def look() -> None:
        found.append((content(), numbers()))

    with theatre.scene(look):
        cast.becomes_available("bob")
        cast.asks_to_be_called("Dora", "Call me at noon")
        look()
    with theatre.scene(look):
        pass

    first, changed, second = found
    assert changed != first
    assert second == first
