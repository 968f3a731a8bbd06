"""Messages stay where they are read, whatever comes."""

import pytest

from tests.browser.bare import part

SCRIPT = '<script src="/static/js/conversation.js" type="module"></script>'
FROM_END = "log => Math.round(log.scrollHeight - log.clientHeight - log.scrollTop)"


def log(number: int) -> str:
    lines = "".join(f"<p>Message {each}</p>" for each in range(number))
    box = "height: 10rem; overflow-y: auto"
    return f'<div id="log" data-log style="{box}">{lines}</div>'


def test_who_reads_at_the_end_of_a_part_stays_there_when_it_fetches_itself(bare):
    page = bare.show(part(log(30)) + SCRIPT)
    shown = page.locator("#log")
    page.wait_for_function("document.getElementById('log').scrollTop > 0")

    bare.tell("part-changed")
    bare.answer(part(log(40)))

    assert shown.evaluate(FROM_END) == 0


@pytest.mark.parametrize("top", [0, 200])
def test_who_reads_further_up_stays_there_when_the_part_fetches_itself(bare, top):
    page = bare.show(part(log(30)) + SCRIPT)
    shown = page.locator("#log")
    page.wait_for_function("document.getElementById('log').scrollTop > 0")
    shown.evaluate("(log, top) => { log.scrollTop = top; }", top)

    for number in (40, 50):
        bare.tell("part-changed")
        bare.answer(part(log(number)))

    assert shown.evaluate("log => log.scrollTop") == top


def test_who_scrolls_up_in_the_moment_in_which_the_part_comes_anew_stays_there(bare):
    page = bare.show(part(log(30)) + SCRIPT)
    shown = page.locator("#log")
    page.wait_for_function("document.getElementById('log').scrollTop > 0")
    # Its event would come with the next frame, which is drawn too late.
    page.evaluate("addEventListener('scroll', event => event.stopImmediatePropagation(), true)")

    shown.evaluate("log => { log.scrollTop = 200; }")
    bare.tell("part-changed")
    bare.answer(part(log(40)))

    assert shown.evaluate("log => log.scrollTop") == 200
