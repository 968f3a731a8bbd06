"""Two agents see the same open work items."""

from playwright.sync_api import expect

from tests.browser.moves import open_item
from tests.browser.stage import cast

OPEN_ITEMS = "**/desk/open-items/**"


def test_what_one_agent_picks_goes_from_the_other_desk(agent, second_agent):
    cast.asks_to_be_called("Dora", "Call me at noon")
    for desk in (agent, second_agent):
        expect(open_item(desk, "Call me at noon")).to_be_visible()

    open_item(agent, "Call me at noon").get_by_role("button", name="Pick").click()

    expect(agent.get_by_label("Reply to Dora")).to_be_focused()
    expect(open_item(second_agent, "Call me at noon")).to_have_count(0)


def test_who_picks_second_reads_that_somebody_was_faster(scene, agent, second_agent):
    cast.asks_to_be_called("Dora", "Call me at noon")
    for desk in (agent, second_agent):
        expect(open_item(desk, "Call me at noon")).to_be_visible()
    scene.expects("ERR_FAILED", "htmx:afterRequest", "htmx:sendError")
    second_agent.route(OPEN_ITEMS, lambda route: route.abort())

    open_item(agent, "Call me at noon").get_by_role("button", name="Pick").click()
    expect(agent.get_by_label("Reply to Dora")).to_be_visible()
    open_item(second_agent, "Call me at noon").get_by_role("button", name="Pick").click()

    expect(second_agent.get_by_text("Somebody else was faster")).to_be_visible()
    second_agent.unroute(OPEN_ITEMS)
    # However often it asked in vain by then: what changes is asked for.
    cast.asks_to_be_called("Erik", "Call me at one")
    expect(open_item(second_agent, "Call me at one")).to_be_visible()
    expect(open_item(second_agent, "Call me at noon")).to_have_count(0)
