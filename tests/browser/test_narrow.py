"""On a phone nothing pushes a page sideways or over its edge, and nothing breaks into a tower."""

import pytest
from django.template.loader import render_to_string

NAME = "Recordtype" * 10
NAVIGATION = f'<nav class="btn-list"><a class="btn btn-sm" href="/x/">{NAME}</a></nav>'
CARD = (
    '<div class="card"><div class="card-header">'
    f'<h2 class="card-title"><a href="/x/"><span>Rules: {NAME}</span></a></h2></div></div>'
)
BAR = (
    '<header class="top-bar"><div></div><div class="top-bar__tools">'
    '<div class="presence-control dropdown"><button class="btn presence-control__button">'
    '<span class="presence-control__now d-inline-flex"><span class="tag">Inactive</span>'
    "<span>{}</span></span></button></div>"
    '<div class="dropdown"><button class="btn">Alice</button></div></div></header>'
)


@pytest.mark.parametrize("body", [NAVIGATION, CARD], ids=["navigation", "card"])
def test_a_name_of_a_hundred_letters_stays_on_a_narrow_page(bare, body):
    bare.page.set_viewport_size({"width": 390, "height": 844})

    page = bare.show(body)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_work_of_an_agent_takes_a_line_each_on_the_floor_of_a_phone(bare):
    item = {"id": 7, "state": "active", "badge_text": "Active", "title": "Coffee is cold " * 3}
    agent = {"id": 3, "name": "Amira Haddad", "base": "busy", "presence": "Busy"}
    agent |= {"since": None, "items": [item, item]}
    row = render_to_string("routing/floor/_agent.html", {"agent": agent})
    bare.page.set_viewport_size({"width": 390, "height": 844})

    page = bare.show(
        f'<link rel="stylesheet" href="/static/css/floor.css"><div class="table-responsive">'
        f'<table class="table floor-table"><tbody>{row}</tbody></table></div>'
    )

    assert page.locator("tr").bounding_box()["height"] < 80


def test_the_heading_of_the_queues_stays_whole_beside_the_search_of_a_phone(bare):
    search = render_to_string("routing/floor/_queues_filter.html")
    bare.page.set_viewport_size({"width": 390, "height": 844})

    page = bare.show(
        '<link rel="stylesheet" href="/static/css/floor.css"><div class="card"><div'
        f' class="card-header"><h2 class="card-title">Queues</h2>{search}</div></div>'
    )

    assert page.locator(".card-title").bounding_box()["height"] < 30


@pytest.mark.parametrize("width", [320, 1280])
def test_what_the_presence_bar_says_is_read_whole_on_every_screen(bare, width):
    words = "An offer was missed: no new work until you choose a presence. " * 4
    bare.page.set_viewport_size({"width": width, "height": 900})
    page = bare.show(BAR.format(words))

    for text in ("Inactive", words, "Alice"):
        box = page.get_by_text(text).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("profile", ["Calls of warranty", NAME], ids=["words", "one word"])
def test_what_a_choice_of_agent_passes_is_read_whole_on_a_phone(bare, profile):
    excess = f"{profile}: 8 of 6 before, 9 of 6 with it, 3 over"
    choice = {"id": 3, "name": "Amira Haddad", "base": "busy", "presence": "Busy"}
    choice |= {"load": {"limit": 6, "used": 8, "over": 2}, "excess": [excess]}
    candidates = render_to_string("routing/work_items/_candidates.html", {"choices": [choice]})
    bare.page.set_viewport_size({"width": 320, "height": 844})

    page = bare.show(f'<link rel="stylesheet" href="/static/css/floor.css">{candidates}')

    wider = page.locator(".candidates").evaluate("each => each.scrollWidth - each.clientWidth")
    assert wider == 0


def test_the_numbers_of_an_agent_are_no_tower_on_a_phone(bare):
    numbers = {"presence": "offline", "allowed": ["available", "busy"]}
    agent = {"agent": "amira", "eligible": False, "failed_test": "presence", "numbers": numbers}
    context = {"agents": [agent], "label": "Agents considered", "names": {}}
    table = render_to_string("routing/explanation/_agents_table.html", context)
    bare.page.set_viewport_size({"width": 390, "height": 844})

    page = bare.show(f'<link rel="stylesheet" href="/static/css/explanation.css">{table}')

    assert page.locator("tbody tr").bounding_box()["height"] < 70


def test_a_work_item_of_the_list_takes_three_lines_on_a_phone(bare):
    item = {"id": 109, "title": "Grinder of the office machine is loud and stops " * 2}
    item |= {"customer": "Lena Hartmann, Fabrikam Offices", "state": "active", "agent": "Amira"}
    item |= {"reason_text": "Waiting for an agent to accept", "queue": "Cases", "since": None}
    row = render_to_string("routing/work_items/_row.html", {"item": item})
    bare.page.set_viewport_size({"width": 390, "height": 844})

    page = bare.show(
        f'<link rel="stylesheet" href="/static/css/floor.css"><div class="table-responsive">'
        f'<table class="table floor-table"><tbody>{row}</tbody></table></div>'
    )

    assert page.locator("tr").bounding_box()["height"] < 85


def test_why_work_waits_is_read_without_scrolling_on_a_phone(bare):
    reason = {"sentence": "5 of 5 members have a presence that the workstream does not allow."}
    reason |= {"count": "5", "would_help": "An agent becomes available or busy, or others may."}
    shown = {"explained": {"waiting_because": [reason]}, "names": {}}
    table = render_to_string("routing/explanation/_waiting.html", shown)
    bare.page.set_viewport_size({"width": 390, "height": 844})

    page = bare.show(f'<link rel="stylesheet" href="/static/css/explanation.css">{table}')

    scroller = page.get_by_role("region", name="Why it is still waiting")
    assert scroller.evaluate("part => part.scrollWidth <= part.clientWidth")
    assert page.locator("tbody tr").bounding_box()["height"] < 150


def test_that_no_router_runs_is_seen_where_there_are_no_other_alarms(bare):
    block = render_to_string("routing/floor/_processes.html", {"block": {"has_router": False}})
    styles = '<link rel="stylesheet" href="/static/css/floor.css">'

    page = bare.show(f'{styles}<div class="stack">{block}</div>')

    assert page.get_by_text("No router is running.").is_visible()
