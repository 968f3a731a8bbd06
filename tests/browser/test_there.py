"""An agent's page tells that it is there, also where one telling fails."""

import pytest

from tests.browser.bare import Bare

WINDOW = (
    '<span data-window="/window/" hidden><input value="token"></span>'
    '<script src="/static/js/window.js" type="module"></script>'
)


# Playwright is not told that a request finished which may outlive its page.
COUNT_ANSWERS = """
window.answers = 0;
const send = fetch;
window.fetch = (...all) => send(...all).finally(() => { window.answers += 1; });
"""


def answer(there: Bare, status: int) -> None:
    """Let the page have its answer, and work it in."""
    there.waiting.pop(0).fulfill(status=status)
    there.page.wait_for_function("answers === 1")


@pytest.fixture
def there(bare: Bare) -> Bare:
    """A page that is about to tell for the first time."""
    # Only `fast_forward` moves it.
    bare.page.clock.install(time=0)
    bare.page.clock.pause_at(3600)
    bare.page.add_init_script(COUNT_ANSWERS)
    bare.show(WINDOW)
    bare.next("/window/")
    return bare


@pytest.mark.parametrize("status", [502, 503])
def test_a_page_that_could_not_tell_tells_again_soon(there: Bare, status: int) -> None:
    answer(there, status)

    there.page.clock.fast_forward(11_000)

    there.next("/window/")
    assert there.asked.count("POST /window/") == 2


def test_one_that_told_does_not(there: Bare) -> None:
    answer(there, 204)

    there.page.clock.fast_forward(11_000)
    there.page.evaluate("() => void fetch('/asked/')")

    there.next("/asked/")
    assert there.asked.count("POST /window/") == 1


@pytest.mark.parametrize(("hidden", "count"), [(True, 2), (False, 1)])
def test_only_a_hidden_page_tells_at_each_look(there: Bare, hidden: bool, count: int) -> None:
    answer(there, 204)
    hide = "is => Object.defineProperty(document, 'hidden', { get: () => is })"
    there.page.evaluate(hide, hidden)

    there.page.clock.fast_forward(21_000)
    there.page.evaluate("() => void fetch('/asked/')")

    there.next("/asked/")
    if hidden:
        there.next("/window/")
    assert there.asked.count("POST /window/") == count


HIDE = """() => {
    Object.defineProperty(document, "hidden", { get: () => true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_a_page_tells_a_moment_after_it_is_hidden(there: Bare) -> None:
    answer(there, 204)

    there.page.evaluate(HIDE)
    at_once = there.asked.count("POST /window/")
    there.page.clock.fast_forward(1_000)

    assert there.next("/window/").request.method == "POST"
    assert at_once == 1


def test_one_that_closes_does_not_tell_after_that(there: Bare) -> None:
    answer(there, 204)

    there.page.goto("about:blank")
    there.page.evaluate("1")

    assert there.asked.count("POST /window/") == 1
