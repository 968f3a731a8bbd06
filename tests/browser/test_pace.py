"""Parts that many people change ask seldom; what concerns the one who looks is there at once."""

import pytest
from playwright.sync_api import expect

from tests.browser.bare import Bare

PACE_MILLISECONDS = 61_000
TOLD_OF_OTHERS = "queue-3-changed"
OWN = ["desk-changed", "agent-7-changed"]
LOOK = """is => {
    Object.defineProperty(document, "hidden", { get: () => !is, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def part(inside: str, more: str = "") -> str:
    """It hears of others and of oneself, and asks once a minute."""
    triggers = ", ".join(f"{event} from:body" for event in [TOLD_OF_OTHERS, *OWN])
    return (
        f'<section id="part" hx-get="/part/" hx-target="this" hx-trigger="{triggers}"'
        f' hx-swap="outerHTML" data-pace="60" {more}>{inside}</section>'
    )


@pytest.fixture
def paced(bare: Bare) -> Bare:
    """A page with such a part, and a clock of its own."""
    bare.page.clock.install()
    bare.show(part("Old"))
    return bare


def say(paced: Bare, event: str, times: int = 1) -> None:
    """What the stream or an answer says, so many times."""
    paced.page.evaluate(
        "([name, times]) => { while (times--) document.body.dispatchEvent(new Event(name)); }",
        [event, times],
    )


def asked(paced: Bare) -> int:
    """How often the part asked until now."""
    paced.page.evaluate("() => void fetch('/until-now/')")
    paced.waiting.remove(paced.next("/until-now/"))
    return paced.asked.count("GET /part/")


def test_many_changes_are_fetched_at_once_and_once_more_after_the_pace(paced):
    say(paced, TOLD_OF_OTHERS, 20)
    paced.answer(part("The first"))
    say(paced, TOLD_OF_OTHERS, 20)
    at_once = asked(paced)

    paced.page.clock.fast_forward(PACE_MILLISECONDS)
    paced.answer(part("The last"))

    expect(paced.page.get_by_text("The last")).to_be_visible()
    assert (at_once, asked(paced)) == (1, 2)


def test_a_change_while_a_slow_answer_is_on_its_way_is_fetched_too(paced):
    paced.tell(TOLD_OF_OTHERS)
    say(paced, TOLD_OF_OTHERS)
    paced.page.clock.fast_forward(PACE_MILLISECONDS)
    paced.answer(part("Before"))
    at_once = asked(paced)

    paced.page.clock.fast_forward(PACE_MILLISECONDS)
    paced.answer(part("After"))

    expect(paced.page.get_by_text("After")).to_be_visible()
    assert at_once == 1


@pytest.mark.parametrize("event", OWN)
def test_what_is_ones_own_is_fetched_at_once(paced, event):
    paced.tell(TOLD_OF_OTHERS)
    say(paced, event)
    paced.answer(part("Before"))
    paced.answer(part("Mine"))
    say(paced, TOLD_OF_OTHERS)

    paced.tell(event)
    paced.answer(part("Mine again"))

    expect(paced.page.get_by_text("Mine again")).to_be_visible()
    assert asked(paced) == 3


def test_a_page_that_nobody_looks_at_asks_when_it_is_shown_again(paced):
    paced.page.evaluate(LOOK, False)
    say(paced, TOLD_OF_OTHERS, 20)
    unseen = asked(paced)

    paced.page.evaluate(LOOK, True)
    paced.answer(part("New"))

    expect(paced.page.get_by_text("New")).to_be_visible()
    assert (unseen, asked(paced)) == (0, 1)


def test_what_calls_a_person_asks_while_nobody_looks_too(bare):
    bare.show(part("Old", 'data-title-count="0"'))
    bare.page.evaluate(LOOK, False)

    bare.tell(TOLD_OF_OTHERS)
    bare.answer(part("Ask me", 'data-title-count="1"'))

    expect(bare.page.get_by_text("Ask me")).to_be_visible()
