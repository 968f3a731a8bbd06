"""Pages go on without the live stream, and say so."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.moves import open_item
from tests.browser.stage import Scene, cast

STREAM = "**/live/?*"
BANNER = "Live updates paused"
A_POLL_MILLISECONDS = 11_000
THE_LONGEST_WAIT_MILLISECONDS = 31_000
HALF_A_MINUTE_MILLISECONDS = 30_000
AN_HOUR_SECONDS = 3_600
STREAM_OF_THE_TEST = """
window.streams = [];
window.EventSource = class extends EventTarget {
  constructor() { super(); window.streams.push(this); }
  close() { this.isClosed = true; }
};
"""


def test_a_desk_without_its_stream_polls_until_the_stream_is_back(scene):
    desk = desk_without_stream(scene)

    cast.asks_to_be_called("Dora", "Call me at noon")
    desk.clock.fast_forward(A_POLL_MILLISECONDS)
    expect(open_item(desk, "Call me at noon")).to_be_visible()
    expect(desk.get_by_text(BANNER)).to_be_visible()

    desk.context.unroute(STREAM, cut)
    come_back(desk)
    cast.asks_to_be_called("Erik", "Call me at one")
    expect(open_item(desk, "Call me at one")).to_be_visible()


def test_a_desk_whose_agent_left_a_queue_meanwhile_hears_of_the_others_again(scene):
    desk = desk_without_stream(scene)

    cast.serves("bob", "Support")
    desk.context.unroute(STREAM, cut)
    come_back(desk)

    cast.asks_to_be_called("Erik", "Call me at one")
    expect(open_item(desk, "Call me at one")).to_be_visible()


@pytest.mark.parametrize(
    ("said", "is_closed"),
    [("changed", False), ("heartbeat", False), ("", True)],
    ids=["changes", "heartbeats", "silence"],
)
def test_a_stream_is_cut_for_its_silence_alone(bare, said, is_closed):
    bare.page.add_init_script(STREAM_OF_THE_TEST)
    bare.page.clock.install(time=0)
    page = bare.show('<main data-live-topics="floor"></main>')
    bare.answer('{"ticket": "1"}', to="/live/ticket?topics=floor")
    page.wait_for_function("streams.length")
    page.clock.pause_at(AN_HOUR_SECONDS)
    tell(page, "heartbeat")

    for _ in range(2):
        page.clock.fast_forward(HALF_A_MINUTE_MILLISECONDS)
        tell(page, said)

    assert page.evaluate("!!streams[0].isClosed") == is_closed


def desk_without_stream(scene: Scene) -> Page:
    """Bob's, who knows of it; with a clock of its own."""
    scene.expects("ERR_FAILED")
    context = scene.context(storage_state=scene.session("bob"))
    context.route(STREAM, cut)
    desk: Page = context.new_page()
    desk.clock.install()
    desk.goto("/desk/")
    expect(desk.get_by_text(BANNER)).to_be_visible()
    return desk


def cut(route: Route) -> None:
    """As a proxy that does not let the stream through."""
    route.abort()


def come_back(desk: Page) -> None:
    """The page tries again by itself, later each time."""
    desk.clock.fast_forward(THE_LONGEST_WAIT_MILLISECONDS)
    expect(desk.get_by_text(BANNER)).to_be_hidden()


def tell(page: Page, kind: str) -> None:
    """What the stream says of the topic that the page listens to; no kind is nothing."""
    message = [kind, '{"topics": ["floor"]}']
    page.evaluate(
        "([kind, data]) => kind && streams[0].dispatchEvent(new MessageEvent(kind, { data }))",
        message,
    )
